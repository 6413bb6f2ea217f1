"""The report view: what was found, report by report; and the start page, where nothing is asked."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from search.model import SearchRequest
from web.http.tags import same_for_all
from web.pages import box, engine, page
from web.params import read, read_shown
from web.results import narrowing
from web.results.aside import aside
from web.results.everything import everything
from web.results.facets import Choice, facet_group
from web.results.frame import frame
from web.results.listed import report_rows
from web.results.regions import region_choices
from web.results.years import year_chart
from web.shown import NOTHING_SHOWN
from web.texts.frame import EXAMPLES
from web.urls import search_url

blueprint = Blueprint("results", __name__)


@blueprint.get("/")
@same_for_all
def search() -> Response:
    """Results, or where nothing is asked, a start page with what there is."""
    asked = read(request.args)
    if asked == SearchRequest():
        return _start()
    shown = read_shown(request.args)
    result = engine().search(asked)
    under_filters = everything(engine(), asked, result)
    return page(
        "results/list.html",
        200,
        **frame(engine(), asked, result, shown, under_filters),
        aside=aside(result, under_filters, asked, shown),
        reports=report_rows(result.reports, asked, shown),
        sorts=narrowing.sorts(asked, shown),
        sizes=narrowing.sizes(result, asked, shown),
        fullness=[(full, search_url(asked, replace(shown, full=full))) for full in (False, True)],
        pager=narrowing.pager(result, asked, shown),
    )


def _start() -> Response:
    nothing = SearchRequest()
    result = engine().search(replace(nothing, size=1, passages=0))
    regions = region_choices(result, nothing, NOTHING_SHOWN)
    return page(
        "results/start.html",
        asked=nothing,
        shown=NOTHING_SHOWN,
        box=box(nothing),
        result=result,
        genre=facet_group("genre", result, nothing, NOTHING_SHOWN),
        regions=[Choice(r.label, r.reports, r.selected, r.href) for r in regions],
        years=year_chart(result, result, nothing, NOTHING_SHOWN),
        range_hidden=[],
        everything=search_url(SearchRequest(sort="-year")),
        examples=[(q, about, search_url(SearchRequest(q=q))) for q, about in EXAMPLES],
    )
