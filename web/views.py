"""The pages: search, a report, a passage of a report."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urljoin

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from indexer.errors import LimitError, QueryError, RequestError
from indexer.model import Report
from search import links
from search.model import Hit, SearchRequest
from web import narrowing, report_page
from web.facets import facet_groups
from web.pages import box, engine, page
from web.params import read
from web.texts import EXAMPLES
from web.urls import pairs, passage_url, search_url

blueprint = Blueprint("views", __name__)

_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_CHECK = re.compile(r"[0-9a-f]{8}")


@blueprint.get("/")
def search() -> Response:
    """Results, or where nothing is asked, a start page with what there is."""
    asked = read(request.args)
    if asked == SearchRequest():
        return _start()
    result = engine().search(asked)
    return page(
        "results.html",
        asked=asked,
        box=box(asked),
        result=result,
        groups=facet_groups(result, asked),
        chips=narrowing.chips(result, asked),
        clear=search_url(narrowing.without_filters(asked)),
        sorts=[(sort, search_url(replace(asked, sort=sort, page=1))) for sort in narrowing.SORTS],
        range_hidden=_range_hidden(asked),
        pager=narrowing.pager(result, asked),
        mended=[(q, search_url(replace(asked, q=q, page=1))) for q in result.did_you_mean],
    )


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


def _start() -> Response:
    asked = SearchRequest(size=1, passages=0)
    result = engine().search(asked)
    groups = {group.name: group for group in facet_groups(result, SearchRequest())}
    return page(
        "start.html",
        box=box(SearchRequest()),
        result=result,
        groups=groups,
        everything=search_url(SearchRequest(sort="-year")),
        examples=[(q, about, search_url(SearchRequest(q=q))) for q, about in EXAMPLES],
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
        "report.html",
        box=box(SearchRequest(q=asked.q, literal=asked.literal, scope=asked.scope)),
        asked=asked,
        report=found,
        view=report_page.report_view(found, hits, quote),
        hits=hits,
        problem=problem,
        quote=quote,
        link=link,
        address=urljoin(request.host_url, link) if link else None,
        cited_at=cited_at,
        cited_line=report_page.line_at(found, quote.start) if quote else None,
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


def _range_hidden(asked: SearchRequest) -> list[tuple[str, str]]:
    """The state that the form of the year range sends along."""
    return pairs(replace(asked, year_from=None, year_to=None, page=1))
