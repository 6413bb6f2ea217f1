"""The trend view: what a query finds over years and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from search.model import SearchRequest, SearchResult
from search.spread import Below, Spread
from web.http.tags import same_for_all
from web.pages import engine, page
from web.params import MAX_ALSO, read, read_shown
from web.results.frame import frame
from web.results.namesakes import names_of
from web.shown import Measure, Shown
from web.trend.asking import MEASURES, Asking, asking, measured
from web.trend.chart import table_rows, year_chart
from web.trend.columns import Columns
from web.trend.firsts import firsts
from web.trend.matrix import matrix
from web.trend.phrases import comparison
from web.trend.silence import SHOWN, silence
from web.urls import search_url

blueprint = Blueprint("trend", __name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request of the trend is answered: `result` has its totals and facets, not its reports;
    `names` are what the regions of its rows are called, by code."""

    asked: SearchRequest
    shown: Shown
    spread: Spread
    names: Mapping[str, str]
    result: SearchResult
    columns: Columns
    kind: Asking
    measure: Measure


def answered(passages: int) -> Answer:
    """The answer to the request at hand, with so many passages of each first report."""
    asked, shown = read(request.args), read_shown(request.args, "trend")
    spread = engine().spread(replace(asked, passages=min(passages, asked.passages)), shown.below)
    result = engine().search(replace(asked, page=1, size=1, passages=0))
    kind = asking(asked, spread)
    measure = measured(kind, shown.measure)
    names = names_of(spread)
    return Answer(asked, shown, spread, names, result, Columns.of(spread), kind, measure)


@blueprint.get("/trend")
@same_for_all
def trend() -> Response:
    """Chart, matrix, first appearances, silence, and queries to compare with."""
    got = answered(passages=1)
    asked, shown, spread, columns = got.asked, got.shown, got.spread, got.columns
    names = got.names
    return page(
        "trend/page.html",
        200,
        **frame(engine(), asked, got.result, shown, years=False),
        kind=got.kind,
        spread=spread,
        columns=columns,
        measures=_measures(got),
        chart=year_chart(spread, columns, got.result, asked, shown, got.kind, got.measure),
        table=table_rows(spread, columns, asked),
        levels=_levels(asked, shown),
        matrix=matrix(spread, names, columns, asked, shown),
        firsts=None if got.kind == "all" else firsts(spread, names, asked, shown),
        silence=silence(spread, names, asked, shown),
        in_sight=SHOWN,
        comparison=comparison(engine(), spread, asked, shown, got.measure),
        most_also=MAX_ALSO,
        drawings=_drawings(asked, shown),
    )


def _measures(got: Answer) -> list[tuple[Measure, bool, str]]:
    """What can be drawn, what is drawn, and where the others are."""
    return [
        (
            measure,
            measure == got.measure,
            search_url(got.asked, replace(got.shown, measure=measure)),
        )
        for measure in MEASURES[got.kind]
    ]


def _levels(asked: SearchRequest, shown: Shown) -> list[tuple[Below, str]]:
    """The rows to choose from: of a whole country, provinces are the next level and towns too many."""
    below: list[Below] = ["children", "city", "county"]
    if asked.region:
        below.append("town")
    if shown.below not in below:
        below.insert(1, shown.below)
    first = replace(asked, page=1)
    return [(level, search_url(first, replace(shown, below=level))) for level in below]


def _drawings(asked: SearchRequest, shown: Shown) -> list[tuple[str, str]]:
    """The drawings to take away: what of, and where."""
    query = search_url(replace(asked, page=1), shown).removeprefix(shown.path)
    return [
        (what, f"/{name}.svg{query}")
        for what, name in (("take_chart", "trend"), ("take_matrix", "matrix"))
    ]
