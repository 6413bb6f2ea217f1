"""Several queries side by side: a row each, with its totals and its bars over the same years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from search.engine import Engine
from search.model import SearchRequest
from search.spread import Group, Spread
from web import language
from web.shown import Measure, Shown
from web.texts import in_language, t
from web.trend import figures
from web.trend.asking import Asking, asking
from web.trend.chart import row_name, total_name
from web.trend.columns import Columns
from web.trend.series import Series, all_series
from web.urls import Pairs, pairs, shown_pairs

TOLD, PLOT = 14, 44
"""Heights of the values above the highest bar, and of that bar, in px."""
HEIGHT = TOLD + PLOT
"""Height of a strip."""
NAME, AXIS = 26, 20
"""On the page, heights of the line above a strip that names its query, and of the years below all."""
LEAST = 1.5
GAP = 0.24


class Bar(NamedTuple):
    """A year of a strip; one without reports is hatched from top to bottom. `said` stands above it,
    `name` tells all of its numbers. trend/rows.html unpacks the fields in their order."""

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
    """A year, or all: the value of each query that has no error, as written; before them the reports if
    they are the same for all."""

    name: str
    values: tuple[str, ...]


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

    `wide` is the least width of the years, in em; of `same_reports`, all queries look in the same reports.
    `height` is that of a strip, `drawn` of all strips with the names above them and the years below.
    """

    lines: tuple[Line, ...]
    most: str
    marks: tuple[Mark, ...]
    wide: float
    table: tuple[YearRow, ...]
    same_reports: bool
    height: int
    row: int
    drawn: int
    hidden: Pairs


def comparison(
    engine: Engine, spread: Spread, asked: SearchRequest, shown: Shown, measure: Measure
) -> Comparison:
    """The queries as rows; no row where there is nothing to compare."""
    series = tuple(all_series(engine, spread, asked, shown)) if shown.also else ()
    columns = Columns.across([one.found for one in series if one.found])
    most = scale_of(series, columns, measure)
    lines = tuple(_line(one, columns, asked, measure, most) for one in series)
    same = _look_in_the_same(series, columns)
    return Comparison(
        lines,
        figures.told_value(measure, most),
        _marks(columns),
        columns.wide,
        tuple(_table(series, columns, asked, measure, same=same)) if series else (),
        same,
        HEIGHT,
        NAME + HEIGHT,
        len(lines) * (NAME + HEIGHT) + AXIS,
        [*pairs(replace(asked, page=1)), *shown_pairs(shown)],
    )


def scale_of(series: tuple[Series, ...], columns: Columns, measure: Measure) -> float:
    """The highest value of all years and queries; of shares all."""
    if measure == "share":
        return 1
    values = [figures.value(group, measure) for one in series for group in one.groups(columns)]
    return max(values, default=0) or 1


def _look_in_the_same(series: Sequence[Series], columns: Columns) -> bool:
    """Whether no query has fields that narrow it otherwise than the others."""
    reports = {
        tuple(group.reports for group in (*one.groups(columns), one.found.total))
        for one in series
        if one.found
    }
    return len(reports) < 2


def _marks(columns: Columns) -> tuple[Mark, ...]:
    phones, slot = columns.on_phones(), columns.slot
    return tuple(
        Mark(year, columns.label(year), year % 5 == 0, year in phones, round((at + 0.5) * slot, 3))
        for at, year in enumerate(columns.years)
    )


def _table(
    series: Sequence[Series],
    columns: Columns,
    asked: SearchRequest,
    measure: Measure,
    *,
    same: bool,
) -> Iterator[YearRow]:
    """The years, the reports that name none, and all."""
    found = [one.found for one in series if one.found]
    years = zip(*(one.groups(columns) for one in series if one.found), strict=True)
    for year, groups in zip(columns.years, years, strict=True):
        yield _row(row_name(year, asked), groups, measure, same=same)
    if any(one.undated.reports for one in found):
        yield _row(t("trend_undated"), [one.undated for one in found], measure, same=same)
    yield _row(total_name(asked), [one.total for one in found], measure, same=same)


def _row(name: str, groups: Sequence[Group], measure: Measure, *, same: bool) -> YearRow:
    values = [figures.full_value(group, measure) for group in groups]
    reports = [f"{group.reports:,}" for group in groups]
    if same:
        return YearRow(name, (reports[0], *values))
    return YearRow(name, tuple(map(" / ".join, zip(values, reports, strict=True))))


def _line(
    series: Series, columns: Columns, asked: SearchRequest, measure: Measure, most: float
) -> Line:
    if series.found is None:
        return Line(series, 0, "", 0, "", ())
    groups, total = series.groups(columns), series.found.total
    highest = max((figures.value(group, measure) for group in groups), default=0)
    name = t(
        "also_strip_name",
        query=series.q,
        first=columns.years[0] if columns.years else "–",
        last=columns.years[-1] if columns.years else "–",
        most=figures.told_value(measure, highest),
    )
    share = figures.full_value(total, "share")
    kind = asking(replace(asked, q=series.q), series.found)
    bars = _strip(groups, columns, kind, measure, most)
    return Line(series, total.matching, share, total.hits, name, bars)


def _strip(
    groups: list[Group], columns: Columns, kind: Asking, measure: Measure, most: float
) -> tuple[Bar, ...]:
    """The bars of one query; across in percent, down in px."""
    slot, told = columns.slot, in_language(language.current())

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
            figures.slot_name(told, columns.years[at], group, kind),
        )

    return tuple(bar(at, group) for at, group in enumerate(groups))
