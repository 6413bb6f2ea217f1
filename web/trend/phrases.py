"""Several queries side by side: a row each, with its totals and its bars over the same years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.errors import GongkaiError, LimitError, QueryError
from search.engine import Engine
from search.model import SearchRequest
from search.spread import Below, Group, Spread
from web.shown import Measure, Shown
from web.texts import t
from web.trend import figures
from web.trend.columns import Columns
from web.urls import Pairs, pairs, search_url, shown_pairs

HEIGHT = 34
"""Height of a strip, in px."""
LEAST = 1.5
GAP = 0.24
SIGNS = "ABCDEFGHIJKLMNOPQRST"
"""A letter a query: colours come again after the eighth."""
COLOURS = 8


class Bar(NamedTuple):
    """A year of a strip; one without reports is hatched from top to bottom."""

    left: float
    width: float
    top: float
    height: float
    empty: bool


@dataclass(frozen=True, slots=True)
class Series:
    """A query, what it finds under the same filters, and where its links lead.

    `found` is None where there is an `error`; `colour` counts from 1. `first` makes it the main query,
    "" of the main query itself.
    """

    sign: str
    colour: int
    q: str
    found: Spread | None
    error: GongkaiError | None
    first: str
    remove: str


@dataclass(frozen=True, slots=True)
class Line:
    """A series as it is shown: totals written, bars drawn."""

    series: Series
    reports: int
    share: str
    hits: int
    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows, one scale for all, and the state that the form sends along."""

    lines: tuple[Line, ...]
    most: str
    height: int
    also: tuple[str, ...]
    hidden: Pairs


def all_series(
    engine: Engine, spread: Spread, asked: SearchRequest, shown: Shown, below: Below = "children"
) -> Iterator[Series]:
    """The main query, whose spread is known, and each of the others, with the rows of a level; what is
    wrong with one of these is told beside it. The same query is not asked twice."""
    also = tuple(q for q in shown.also if q != asked.q)
    queries = (asked.q, *also)
    for at, q in enumerate(queries):
        found, error = (spread, None) if at == 0 else _asked(engine, replace(asked, q=q), below)
        rest = tuple(other for other in queries if other != q)
        yield Series(
            SIGNS[at],
            at % COLOURS + 1,
            q,
            found,
            error,
            search_url(replace(asked, q=q, page=1), replace(shown, also=rest)) if at else "",
            search_url(replace(asked, q=rest[0], page=1), replace(shown, also=rest[1:]))
            if rest
            else "",
        )


def _asked(
    engine: Engine, asked: SearchRequest, below: Below
) -> tuple[Spread | None, GongkaiError | None]:
    try:
        return engine.spread(replace(asked, page=1, size=1, passages=0), below), None
    except (QueryError, LimitError) as error:
        return None, error


def comparison(
    engine: Engine,
    spread: Spread,
    columns: Columns,
    asked: SearchRequest,
    shown: Shown,
    measure: Measure,
) -> Comparison:
    """The queries as rows; no row where there is nothing to compare."""
    series = tuple(all_series(engine, spread, asked, shown)) if shown.also else ()
    most = scale_of(series, columns, measure)
    return Comparison(
        tuple(_line(one, columns, measure, most) for one in series),
        figures.told_value(measure, most),
        HEIGHT,
        shown.also,
        [*pairs(replace(asked, page=1)), *shown_pairs(replace(shown, also=()))],
    )


def scale_of(series: tuple[Series, ...], columns: Columns, measure: Measure) -> float:
    """The highest value of all years and queries; of shares all."""
    if measure == "share":
        return 1
    values = [
        figures.value(group, measure)
        for one in series
        if one.found
        for group in columns.pick(one.found.chart)
    ]
    return max(values, default=0) or 1


def _line(series: Series, columns: Columns, measure: Measure, most: float) -> Line:
    if series.found is None:
        return Line(series, 0, "", 0, "", ())
    groups, total = columns.pick(series.found.chart), series.found.total
    highest = max((figures.value(group, measure) for group in groups), default=0)
    name = t(
        "also_strip_name",
        query=series.q,
        first=columns.years[0] if columns.years else "–",
        last=columns.years[-1] if columns.years else "–",
        most=figures.told_value(measure, highest),
    )
    share = f"{figures.percent(total)}%" if total.reports else "–"
    bars = strip(groups, columns, measure, most)
    return Line(series, total.matching, share, total.hits, name, bars)


def strip(groups: list[Group], columns: Columns, measure: Measure, most: float) -> tuple[Bar, ...]:
    """The bars of one query; across in percent, down in px."""
    slot = columns.slot

    def bar(at: int, group: Group) -> Bar:
        exact = HEIGHT * figures.value(group, measure) / most
        height = round(max(exact, LEAST) if exact else 0, 1) if group.reports else HEIGHT
        left, width = round((at + GAP / 2) * slot, 3), round(slot * (1 - GAP), 3)
        return Bar(left, width, round(HEIGHT - height, 1), height, not group.reports)

    return tuple(bar(at, group) for at, group in enumerate(groups))
