"""The chart by year: what is counted as the filled part of an outline that is all reports.

Across, measures are percent of the drawing's width, so that it fits any page; down, pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from search.model import SearchRequest, SearchResult
from search.spread import Group, Spread
from web import language
from web.results.choosing import ChoosingYears
from web.show import number
from web.shown import Measure, Shown
from web.texts import in_language, t
from web.trend import figures
from web.trend.asking import Asking, is_chosen, narrows_years
from web.trend.columns import Columns

TOP, PLOT, LABELS = 20, 190, 42
"""Heights of the values above the highest bar, of that bar, and of the two rows below, in px."""
LEAST = 2
"""Height of the smallest bar that is not nothing, in px."""
GAP = 0.24
"""Space between two bars, as a part of a slot."""

Across = tuple[float, float, float, float, float]
"""Left and width of a slot, of its bar, and their middle."""


class Slot(NamedTuple):
    """A year: `href` chooses it or takes it back, "" where it has no report.

    `said` stands above its bar, `of` below its label. trend/rows.html unpacks the fields in their order.
    """

    year: int
    label: str
    round: bool
    on_phones: bool
    href: str
    chosen: bool
    name: str
    said: str
    of: str
    left: float
    width: float
    bar_left: float
    bar_width: float
    middle: float
    all_top: float
    all_height: float
    top: float
    height: float


class TableRow(NamedTuple):
    """The numbers of a year, or of all, as they are written in the table."""

    name: str
    reports: str
    matching: str
    share: str
    hits: str
    characters: str
    rate: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`most` is the value at the top of the scale, `half` the one half way."""

    slots: tuple[Slot, ...]
    measure: Measure
    narrowed: bool
    outlined: bool
    most: str
    half: str
    first: int
    last: int
    top: int
    base: int
    middle: float
    height: int


def year_chart(
    spread: Spread,
    columns: Columns,
    result: SearchResult,
    asked: SearchRequest,
    shown: Shown,
    kind: Asking,
    measure: Measure,
) -> Chart | None:
    """The chart; None where no year has a report."""
    if not columns.years:
        return None
    groups = columns.pick(spread.chart)
    most = top_of_scale(groups, measure)
    scale, across = _Scale(most, measure), _across(len(columns.years))
    told = in_language(language.current())
    choosing = ChoosingYears.of(result.facets.year, asked, shown)
    phones, narrowed = columns.on_phones(), narrows_years(asked)

    def slot(at: int, year: int, group: Group) -> Slot:
        chosen = narrowed and is_chosen(year, asked)
        name = figures.slot_name(told, year, group, kind)
        return Slot(
            year,
            columns.label(year),
            year % 5 == 0,
            year in phones,
            choosing.href(year) if group.reports or chosen else "",
            chosen,
            told("trend_slot_chosen", name=name) if chosen else name,
            figures.shown_value(group, measure) if group.reports and value_told(group) else "",
            _of(group, measure),
            *across[at],
            *scale.down(group),
        )

    return Chart(
        slots=tuple(
            slot(i, y, g) for i, (y, g) in enumerate(zip(columns.years, groups, strict=True))
        ),
        measure=measure,
        narrowed=narrowed,
        outlined=measure in ("share", "reports"),
        most=figures.told_value(measure, most),
        half=figures.told_value(measure, most / 2) if measure in ("share", "rate") else "",
        first=columns.years[0],
        last=columns.years[-1],
        top=TOP,
        base=TOP + PLOT,
        middle=TOP + PLOT / 2,
        height=TOP + PLOT + LABELS,
    )


def top_of_scale(groups: list[Group], measure: Measure) -> float:
    """The highest value that is drawn; of shares all, of reports all reports of a year."""
    if measure == "share":
        return 1
    if measure == "reports":
        return max((group.reports for group in groups), default=0) or 1
    return max((figures.value(group, measure) for group in groups), default=0) or 1


def value_told(group: Group) -> bool:
    """Whether a number stands above the bar: a row of zeros would hide the others."""
    return group.matching > 0


def _of(group: Group, measure: Measure) -> str:
    """What the value is of."""
    if not group.reports:
        return "–"
    return figures.brief(group.characters if measure == "rate" else group.reports)


@lru_cache(maxsize=64)
def _across(years: int) -> tuple[Across, ...]:
    """The measures across of so many slots: searches of one index share them."""
    slot = 100 / years

    def across(left: float) -> Across:
        numbers = (left, slot, left + slot * GAP / 2, slot * (1 - GAP), left + slot / 2)
        return tuple(round(number, 3) for number in numbers)  # type: ignore[return-value]

    return tuple(across(at * slot) for at in range(years))


class _Scale(NamedTuple):
    most: float
    measure: Measure

    def down(self, group: Group) -> tuple[float, float, float, float]:
        """Top and height of the outline, of the filled part; of a year without reports, the first two
        are those of the whole plot."""
        outline: float = PLOT
        if group.reports and self.measure == "reports":
            outline = max(PLOT * group.reports / self.most, LEAST)
        exact = PLOT * figures.value(group, self.measure) / self.most
        filled = max(exact, LEAST) if exact else 0
        tops = (TOP + PLOT - outline, outline, TOP + PLOT - filled, filled)
        return tuple(round(number, 1) for number in tops)  # type: ignore[return-value]


def table_rows(spread: Spread, columns: Columns, asked: SearchRequest) -> list[TableRow]:
    """The same numbers as a table: the years, the reports that name none, and all that are chosen."""
    rows = [
        _row(row_name(year, asked), group)
        for year, group in zip(columns.years, columns.pick(spread.chart), strict=True)
    ]
    if spread.undated.reports:
        rows.append(_row(t("trend_undated"), spread.undated))
    return [*rows, _row(total_name(asked), spread.total)]


def row_name(year: int, asked: SearchRequest) -> str:
    """A year in a table, which says so where it is not chosen: the total leaves it out."""
    return str(year) if is_chosen(year, asked) else t("trend_row_out", year=year)


def total_name(asked: SearchRequest) -> str:
    """What the total of a table is of."""
    return t("trend_total_chosen" if narrows_years(asked) else "trend_total")


def _row(name: str, group: Group) -> TableRow:
    share, rate = figures.full_value(group, "share"), figures.full_value(group, "rate")
    reports, matching, hits, characters = map(number, group)
    return TableRow(name, reports, matching, share, hits, characters, rate)
