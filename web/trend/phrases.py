"""Several queries side by side: a row each, with its totals and its bars over the same years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.errors import GongkaiError, LimitError, QueryError
from search.engine import Engine
from search.model import SearchRequest
from search.spread import Below, Group, Spread
from web.shown import Measure, Shown
from web.texts import t
from web.trend import figures
from web.trend.asking import Asking, asking
from web.trend.columns import Columns
from web.urls import Pairs, pairs, search_url, shown_pairs

TOLD, PLOT = 14, 44
"""Heights of the values above the highest bar, and of that bar, in px."""
HEIGHT = TOLD + PLOT
"""Height of a strip."""
NAME, AXIS = 26, 20
"""On the page, heights of the line above a strip that names its query, and of the years below all."""
LEAST = 1.5
GAP = 0.24
SIGNS = "ABCDEFGHIJKLMNOPQRST"
"""A letter a query: colours come again after the eighth."""
COLOURS = 8


class Bar(NamedTuple):
    """A year of a strip; one without reports is hatched from top to bottom. `said` stands above it,
    `name` tells all of its numbers. trend/phrases.html unpacks the fields in their order."""

    left: float
    width: float
    middle: float
    top: float
    height: float
    empty: bool
    said: str
    name: str


class Mark(NamedTuple):
    """A year as it is written below the strips, in the middle of its slot."""

    year: int
    label: str
    round: bool
    on_phones: bool
    middle: float


class YearRow(NamedTuple):
    """A year, or all: its reports, and the value of each query that has no error, as written."""

    name: str
    reports: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A query, what it finds under the same filters, and where its links lead.

    `at` counts from 0. `found` is None where there is an `error`; `colour` counts from 1. `first` makes it the main query,
    "" of the main query itself.
    """

    at: int
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
    """The rows, one scale for all, the same as a table, and the state that the form sends along.

    `height` is that of a strip, `drawn` of all strips with the names above them and the years below.
    """

    lines: tuple[Line, ...]
    most: str
    marks: tuple[Mark, ...]
    table: tuple[YearRow, ...]
    height: int
    row: int
    drawn: int
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
            at,
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
    lines = tuple(_line(one, columns, asked, measure, most) for one in series)
    return Comparison(
        lines,
        figures.told_value(measure, most),
        _marks(columns),
        tuple(_table(series, columns, measure)) if series else (),
        HEIGHT,
        NAME + HEIGHT,
        len(lines) * (NAME + HEIGHT) + AXIS,
        [*pairs(replace(asked, page=1)), *shown_pairs(shown)],
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


def _marks(columns: Columns) -> tuple[Mark, ...]:
    phones, slot = columns.on_phones(), columns.slot
    return tuple(
        Mark(year, columns.label(year), year % 5 == 0, year in phones, round((at + 0.5) * slot, 3))
        for at, year in enumerate(columns.years)
    )


def _table(series: tuple[Series, ...], columns: Columns, measure: Measure) -> Iterator[YearRow]:
    """The years, the reports that name none, and all."""
    found = [one.found for one in series if one.found]
    years = zip(*(columns.pick(one.chart) for one in found), strict=True)
    for year, groups in zip(columns.years, years, strict=True):
        yield _row(str(year), groups, measure)
    if found[0].undated.reports:
        yield _row(t("trend_undated"), [one.undated for one in found], measure)
    yield _row(t("trend_total"), [one.total for one in found], measure)


def _row(name: str, groups: Sequence[Group], measure: Measure) -> YearRow:
    values = (figures.full_value(group, measure) for group in groups)
    return YearRow(name, f"{groups[0].reports:,}", tuple(values))


def _line(
    series: Series, columns: Columns, asked: SearchRequest, measure: Measure, most: float
) -> Line:
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
    kind = asking(replace(asked, q=series.q), series.found)
    bars = _strip(groups, columns, kind, measure, most)
    return Line(series, total.matching, share, total.hits, name, bars)


def _strip(
    groups: list[Group], columns: Columns, kind: Asking, measure: Measure, most: float
) -> tuple[Bar, ...]:
    """The bars of one query; across in percent, down in px."""
    slot = columns.slot

    def bar(at: int, group: Group) -> Bar:
        exact = PLOT * figures.value(group, measure) / most
        height = round(max(exact, LEAST) if exact else 0, 1) if group.reports else PLOT
        return Bar(
            round((at + GAP / 2) * slot, 3),
            round(slot * (1 - GAP), 3),
            round((at + 0.5) * slot, 3),
            round(HEIGHT - height, 1),
            height,
            not group.reports,
            figures.shown_value(group, measure) if group.matching else "",
            figures.slot_name(columns.years[at], group, kind),
        )

    return tuple(bar(at, group) for at, group in enumerate(groups))
