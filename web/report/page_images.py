"""Pages of a PDF as pictures, with a passage boxed: what an editor compares a quote with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from flask import Blueprint, abort, current_app, request
from werkzeug.wrappers import Response

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.model import Place, Report
from indexer.pipeline.guarded import BusyError
from indexer.pipeline.taken import Wanted
from indexer.reading.pdf.image import Marked
from search.cache import Cache
from web.former import moved_to
from web.pages import engine
from web.report.original import no_original, original_of, take

blueprint = Blueprint("page_images", __name__)

MOST_KEPT = 16 << 20
"""Bytes of pictures that are kept: of a page of text, some 150 kB."""
MOST_OF_LINE = 3
"""Pages of one line that are shown."""
_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_EXTENSION = "gongkai.page_images"


@dataclass(frozen=True, slots=True)
class PageImages:
    """The addresses of the pictures of a report's pages."""

    report_id: str

    def of(self, place: Place, start: int = 0, end: int = 0) -> list[tuple[int, str]]:
        """The pages of a place, each with its address; [start, end) of the text is boxed, if any."""
        at = f"?at={start}-{end}" if start < end else ""
        last = min(place.last_page, place.page + MOST_OF_LINE - 1)
        pages = range(place.page, last + 1) if place.page else ()
        return [(page, f"/reports/{self.report_id}/pages/{page}.png{at}") for page in pages]


@blueprint.get("/reports/<report_id>/pages/<int:number>.png")
def page_image(report_id: str, number: int) -> Response:
    """A page as the file has it; `at` is a span of the text, start-end, to be boxed on it."""
    found = engine().report(report_id)
    elsewhere = moved_to(found, report_id)
    if elsewhere:
        return elsewhere
    view = original_of(found.id)
    if view.path is None or not view.is_pdf:
        return no_original(view.note or Message("original_no_pages"))
    if not any(line.place.page <= number <= line.place.last_page for line in found.lines()):
        abort(404)
    wanted = Wanted(view.path, view.within, number, _marked(found, request.args.get("at", "")))
    try:
        return _picture(wanted)
    except BusyError:
        raise
    except UnreadableError as error:
        return no_original(error.message)


def _picture(wanted: Wanted) -> Response:
    """It, made or kept."""
    now = wanted.path.stat()
    kept = cast(
        "Cache[bytes]", current_app.extensions.setdefault(_EXTENSION, Cache(MOST_KEPT, len))
    )
    data = kept.get((wanted, now.st_size, now.st_mtime_ns), lambda: take(wanted))
    response = Response(data, mimetype="image/png")
    response.add_etag()
    return response.make_conditional(request)


def _marked(report: Report, at: str) -> Marked | None:
    """A span of the text with what stands beside it in its line; of several lines, in the first."""
    span = _SPAN.fullmatch(at)
    if not span:
        return None
    start, end = int(span[1]), int(span[2])
    for line in report.lines():
        if line.start <= start < min(line.end, end):
            first, last = start - line.start, min(end, line.end) - line.start
            return Marked(line.text[first:last], line.text[:first], line.text[last:])
    return None
