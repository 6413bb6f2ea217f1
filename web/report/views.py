"""The pages of a report: all of it, or a passage of it."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from indexer.errors import LimitError, QueryError, RequestError
from indexer.model import Report
from search import links
from search.model import Hit, SearchRequest
from web.pages import box, engine, page
from web.params import read
from web.report import text
from web.urls import passage_url, search_url

blueprint = Blueprint("report", __name__)

_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_CHECK = re.compile(r"[0-9a-f]{8}")


@blueprint.get("/reports/<report_id>")
def report(report_id: str) -> Response:
    """A report, the hits of ?q= marked."""
    found = engine().report(report_id)
    return _moved_to(found, report_id) or _report(found, None, None)


@blueprint.get("/reports/<report_id>/<span>/<check>")
def passage(report_id: str, span: str, check: str) -> Response:
    """A report with a cited passage marked and in view.

    The mark has the focus from the start, which every browser scrolls to without scripts. Links
    on our pages also end in #passage; a redirect there from the same address would never end.
    """
    offsets = _SPAN.fullmatch(span)
    if not offsets or not _CHECK.fullmatch(check) or int(offsets[1]) >= int(offsets[2]):
        abort(404)
    found = engine().report(report_id)
    start, end = int(offsets[1]), int(offsets[2])
    quote = links.resolve(found.text(), start, end, check)
    return _moved_to(found, report_id) or _report(
        found, quote, passage_url(found.id, quote.start, quote.end, check), cited_at=start
    )


def _moved_to(found: Report, asked_id: str) -> Response | None:
    """A permanent redirect where the report was asked for by a former id."""
    if found.id == asked_id:
        return None
    path = request.path.replace(asked_id, found.id, 1)
    query = request.query_string.decode("ascii", "replace")
    return redirect(f"{path}?{query}" if query else path, code=301)


def _report(
    found: Report, quote: links.Resolved | None, link: str | None, cited_at: int = 0
) -> Response:
    asked, hits, problem = _hits(found)
    return page(
        "report/page.html",
        box=box(SearchRequest(q=asked.q, literal=asked.literal, scope=asked.scope)),
        asked=asked,
        report=found,
        view=text.report_view(found, hits, quote),
        hits=hits,
        problem=problem,
        quote=quote,
        link=link,
        address=urljoin(request.host_url, link) if link else None,
        cited_at=cited_at,
        cited_line=text.line_at(found, quote.start) if quote else None,
        back=search_url(asked) if asked.q else None,
    )


def _hits(found: Report) -> tuple[SearchRequest, tuple[Hit, ...], str | None]:
    """The request in the URL, its hits, and why there are none where the query cannot be taken:
    a report is worth reading without its marks."""
    q = request.args.get("q", "")
    try:
        asked = read(request.args)
        return asked, engine().hits(found.id, asked) if asked.q else (), None
    except (QueryError, RequestError, LimitError) as error:
        return SearchRequest(q=q), (), error.message
