"""The file that a report was read from, to take away as it is.

It may be any page or document of the web: a browser is told to save it, never to show it as one of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple, cast

from flask import Blueprint, current_app, request, send_file
from werkzeug.wrappers import Response

from indexer.errors import GongkaiError, UnreadableError
from indexer.messages import Message
from indexer.pipeline.guarded import BusyError, Guarded
from indexer.pipeline.original import State, find_original
from indexer.pipeline.taken import Wanted
from indexer.reading.formats import HEAD, ending, format_of
from web.export.download import attachment
from web.former import moved_to
from web.http.headers import POLICY
from web.pages import engine, error_page

blueprint = Blueprint("original", __name__)

FindCorpus = Callable[[], Path | None]
"""Tells the folder of the corpus; None where it is not known."""
EXTENSION = "gongkai.corpus"
"""Where the application keeps it."""
TAKER = "gongkai.taker"
"""Where it keeps what takes files out of others."""

_POLICY = "sandbox; default-src 'none'"
_NOTES: Mapping[State, Message | None] = {
    "unchanged": None,
    "changed": Message("original_changed"),
    "missing": Message("original_missing"),
    "outside": Message("original_outside"),
}
_UNKNOWN_TYPE = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    **dict.fromkeys((".txt", ".text"), "text/plain"),
    **dict.fromkeys((".md", ".markdown"), "text/markdown"),
    **dict.fromkeys((".html", ".htm", ".shtml", ".shtm", ".xhtml"), "text/html"),
    **dict.fromkeys((".mht", ".mhtml"), "multipart/related"),
    **dict.fromkeys((".jpg", ".jpeg"), "image/jpeg"),
    **dict.fromkeys((".tif", ".tiff"), "image/tiff"),
    ".csv": "text/csv",
    ".rtf": "application/rtf",
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".wps": "application/vnd.ms-works",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".eml": "message/rfc822",
    ".zip": "application/zip",
    ".png": "image/png",
}
"""By how names end; not from the system's own table, which differs from one to another."""


class OriginalView(NamedTuple):
    """The original of a report. `path` is None where it cannot be given out, and `note` says why; of one
    that can, `note` says that it has changed. `within`: the path in a container, "" where the file is the
    report; `container` is the name of that."""

    path: Path | None
    name: str
    note: Message | None
    within: str = ""

    @property
    def container(self) -> str:
        return self.path.name if self.path and self.within else ""

    @property
    def is_pdf(self) -> bool:
        """Whether pages of it can be shown as they were read: it is a PDF and has not changed."""
        if self.path is None or self.note is not None:
            return False
        if self.within:
            return ending(self.name) == ".pdf"
        with self.path.open("rb") as opened:
            return format_of(self.name, opened.read(HEAD)) == "pdf"


@blueprint.get("/reports/<report_id>/original")
def original(report_id: str) -> Response:
    """The file as it is now."""
    found = engine().report(report_id)
    elsewhere = moved_to(found, report_id)
    if elsewhere:
        return elsewhere
    view = original_of(found.id)
    if view.path is None:
        return no_original(view.note or Message("original_missing"))
    return _member(view.path, view) if view.within else _file(view.path, view.name)


def original_of(report_id: str) -> OriginalView:
    """What there is of the original of a report."""
    file = engine().file(report_id)
    name = PurePosixPath(file.source).name
    find = cast("FindCorpus | None", current_app.extensions.get(EXTENSION))
    root = find() if find else None
    if root is None or not root.is_dir():
        note = Message("original_unknown") if root is None else Message("original_closed")
        return OriginalView(None, name, note)
    found = find_original(root, file)
    return OriginalView(found.path, name, _NOTES[found.state], found.within)


def no_original(why: Message) -> Response:
    """The page where it cannot be given out."""
    return error_page(GongkaiError(why, hint=Message("no_original_hint")), 404)


def take(wanted: Wanted) -> bytes:
    """What is wanted of a file. Raises UnreadableError."""
    taken = cast("Guarded[Wanted]", current_app.extensions[TAKER])
    return taken(wanted)


def original_state() -> str:
    """What of it the report's page depends on."""
    view = original_of(str((request.view_args or {})["report_id"]))
    return view.note.key if view.note else ""


def _member(path: Path, view: OriginalView) -> Response:
    """A file that lies in another; where it cannot be taken out, the whole of that."""
    try:
        data = take(Wanted(path, view.within))
    except BusyError:
        raise
    except UnreadableError:
        return _file(path, path.name)
    return _given_out(Response(data), view.name)


def _file(path: Path, name: str) -> Response:
    return _given_out(send_file(path, mimetype=_UNKNOWN_TYPE, conditional=True), name)


def _given_out(response: Response, name: str) -> Response:
    """To be saved under its name. Of a text the encoding is not said: it may be any."""
    stem, _, last = name.rpartition(".")
    plain = (
        last if last.isascii() and last.isalnum() else "bin"
    )  # it stands in a header in ASCII, too
    response.headers["Content-Type"] = _TYPES.get(ending(name), _UNKNOWN_TYPE)
    response.headers["Content-Disposition"] = attachment(stem or "gongkai", plain)
    response.headers[POLICY] = _POLICY
    return response
