"""The search page: a start page, or what was found."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from search.model import SearchRequest
from web.pages import box, engine, page
from web.params import read
from web.results import narrowing
from web.results.facets import facet_groups
from web.texts.frame import EXAMPLES
from web.urls import pairs, search_url

blueprint = Blueprint("results", __name__)


@blueprint.get("/")
def search() -> Response:
    """Results, or where nothing is asked, a start page with what there is."""
    asked = read(request.args)
    if asked == SearchRequest():
        return _start()
    result = engine().search(asked)
    return page(
        "results/page.html",
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


def _start() -> Response:
    asked = SearchRequest(size=1, passages=0)
    result = engine().search(asked)
    groups = {group.name: group for group in facet_groups(result, SearchRequest())}
    return page(
        "results/start.html",
        box=box(SearchRequest()),
        result=result,
        groups=groups,
        everything=search_url(SearchRequest(sort="-year")),
        examples=[(q, about, search_url(SearchRequest(q=q))) for q, about in EXAMPLES],
    )


def _range_hidden(asked: SearchRequest) -> list[tuple[str, str]]:
    """The state that the form of the year range sends along."""
    return pairs(replace(asked, year_from=None, year_to=None, page=1))
