"""The search page: a start page, or what was found."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from search.model import CHOICES, SearchRequest, SearchResult
from web.http.tags import same_for_all
from web.pages import box, engine, page
from web.params import read, read_shown
from web.results import narrowing
from web.results.facets import LONG, Choice, facet_group, facet_groups
from web.results.listed import report_rows
from web.results.regions import region_choices
from web.results.years import year_chart
from web.texts.frame import EXAMPLES
from web.urls import NOTHING_SHOWN, Pairs, Shown, pairs, search_url

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
    in_force = narrowing.filters(result, asked, shown)
    found = result.total.reports > 0
    return page(
        "results/page.html",
        asked=asked,
        shown=shown,
        box=box(asked),
        result=result,
        reports=report_rows(result.reports, asked),
        short_facets=facet_groups(CHOICES, result, asked, shown),
        long_facets=facet_groups(LONG, result, asked, shown),
        regions=region_choices(result, asked, shown),
        years=year_chart(result, asked, shown),
        filters=in_force,
        ways_out=None if found else narrowing.ways_out(engine(), asked, in_force),
        clear=search_url(narrowing.without_filters(asked), shown),
        sorts=narrowing.sorts(asked, shown),
        sizes=narrowing.sizes(result, asked, shown),
        range_hidden=_range_hidden(asked, shown),
        issuers_hidden=_issuers_hidden(asked, shown),
        issuers_all=search_url(replace(asked, page=1), replace(shown, issuer_like="")),
        pager=narrowing.pager(result, asked, shown),
        understood=_understood(result),
        by_words=search_url(replace(asked, words=True, page=1), shown) if result.by_words else None,
        mended=[(q, search_url(replace(asked, q=q, page=1))) for q in result.did_you_mean],
    )


def _understood(result: SearchResult) -> str:
    """The query as it was understood, where that says more than what was typed; "" else."""
    typed = result.text.strip()
    return "" if result.canonical in ("", typed, f'"{typed}"') else result.canonical


def _start() -> Response:
    nothing = SearchRequest()
    result = engine().search(replace(nothing, size=1, passages=0))
    regions = region_choices(result, nothing, NOTHING_SHOWN)
    return page(
        "results/start.html",
        asked=nothing,
        box=box(nothing),
        result=result,
        genre=facet_group("genre", result, nothing, NOTHING_SHOWN),
        regions=[Choice(r.label, r.reports, r.selected, r.href) for r in regions],
        years=year_chart(result, nothing, NOTHING_SHOWN),
        range_hidden=[],
        everything=search_url(SearchRequest(sort="-year")),
        examples=[(q, about, search_url(SearchRequest(q=q))) for q, about in EXAMPLES],
    )


def _range_hidden(asked: SearchRequest, shown: Shown) -> Pairs:
    """The state that the form of the year range sends along: a range takes the place of years."""
    return [*pairs(replace(asked, year=(), year_from=None, year_to=None, page=1)), *shown.pairs()]


def _issuers_hidden(asked: SearchRequest, shown: Shown) -> Pairs:
    """The state that the form to look issuers up sends along."""
    return [*pairs(replace(asked, page=1)), *replace(shown, issuer_like="").pairs()]
