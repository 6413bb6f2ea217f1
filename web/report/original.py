"""The file that a report was read from, to take away as it is.

It may be any page or document of the web: a browser is told to save it, never to show it as one of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple, cast

from flask import Blueprint, current_app, request, send_file
from werkzeug.wrappers import Response

from indexer.errors import GongkaiError
from indexer.messages import Message
from indexer.pipeline.original import State, find_original
from web.export.csv import attachment
from web.former import moved_to
from web.http.headers import POLICY
from web.pages import engine, error_page

blueprint = Blueprint("original", __name__)

FindCorpus = Callable[[], Path | None]
"""Tells the folder of the corpus; None where it is not known."""
EXTENSION = "gongkai.corpus"
"""Where the application keeps it."""

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
    that can, `note` says that it has changed. `container` is the archive that it lies in, and that is
    given out in its place; "" for none."""

    state: State | None
    path: Path | None
    name: str
    container: str
    note: Message | None


@blueprint.get("/reports/<report_id>/original")
def original(report_id: str) -> Response:
    """The file as it is now."""
    found = engine().report(report_id)
    elsewhere = moved_to(found, report_id)
    if elsewhere:
        return elsewhere
    view = original_of(found.id)
    if view.path is None:
        assert view.note is not None
        return error_page(GongkaiError(view.note, hint=Message("no_original_hint")), 404)
    return _file(view.path, view.container or view.name)


def original_of(report_id: str) -> OriginalView:
    """What there is of the original of a report."""
    file = engine().file(report_id)
    name = PurePosixPath(file.source).name
    find = cast("FindCorpus | None", current_app.extensions.get(EXTENSION))
    root = find() if find else None
    if root is None or not root.is_dir():
        note = Message("original_unknown") if root is None else Message("original_closed")
        return OriginalView(None, None, name, "", note)
    found = find_original(root, file)
    container = found.path.name if found.path and found.within else ""
    return OriginalView(found.state, found.path, name, container, _NOTES[found.state])


def original_state() -> str:
    """What of it the report's page depends on."""
    view = original_of(str((request.view_args or {})["report_id"]))
    return view.note.key if view.note else "unchanged"


def _file(path: Path, name: str) -> Response:
    stem, _, ending = name.rpartition(".")
    kind = _TYPES.get(f".{ending.lower()}", _UNKNOWN_TYPE)
    response = send_file(path, mimetype=kind, conditional=True)
    response.headers["Content-Type"] = (
        kind  # Flask adds UTF-8 to texts, which may be in any encoding
    )
    response.headers["Content-Disposition"] = attachment(stem or "gongkai", _plain_ending(ending))
    response.headers[POLICY] = _POLICY
    return response


def _plain_ending(ending: str) -> str:
    """It stands in a header in ASCII, too."""
    return ending if ending.isascii() and ending.isalnum() else "bin"
