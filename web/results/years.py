"""The years as a bar chart: an outline for all reports of a year, filled as far as they are found.

There is a slot for each year that the filters leave, empty where there are no reports.

Across, measures are percent of the drawing's width, so that it fits any page; down, pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from search.model import SearchRequest, SearchResult
from web import language
from web.results.choosing import ChoosingYears
from web.show import number
from web.shown import Shown
from web.texts import in_language

MOST_SLOTS = 160
"""Where the years span more than this, years without reports have no slot."""
FEWEST_SLOTS = 8
"""Fewer years do not make wider bars."""
PLOT, TOP, LABELS = 56, 16, 20
"""Heights of the highest bar, of what is told above it and of the years below the bars, in px."""
LEAST = 2
"""Height of the bar of a single report among thousands, in px."""
EDGE = 8
"""A year below the bars stands this far from the sides at least, in percent."""
TOLD_EDGE = 38
"""So does what is told of a bar, which takes most of the width."""
GAP = 0.2
"""Space between two bars, as a part of a slot."""
APART = 20
"""Two years below the bars stand so far apart at least, in percent."""
STEPS = (1, 2, 5, 10, 20, 50, 100)

Across = tuple[float, float, float, float, float]
"""The fields of a bar from `left` on."""


class Bar(NamedTuple):
    """One year with reports or one that is chosen: `left` and `width` are those of its slot.

    `name` says the year, its reports and those found. The outline goes from `all_top` to the base, its
    filled part from `top`. results/rows.html unpacks the fields in their order.
    """

    year: int
    selected: bool
    href: str
    name: str
    all_top: int
    all_height: int
    top: int
    height: int
    left: float
    width: float
    bar_left: float
    bar_width: float
    told_at: float


class Label(NamedTuple):
    """A year written below the bars, in the middle of its slot unless that is at the side."""

    year: int
    middle: float


@dataclass(frozen=True, slots=True)
class YearChart:
    """The chart; `first` and `last` are the years at its ends."""

    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    first: int
    last: int
    base: int
    height: int

    @property
    def any_selected(self) -> bool:
        return any(bar.selected for bar in self.bars)


def year_chart(
    result: SearchResult, everything: SearchResult, asked: SearchRequest, shown: Shown
) -> YearChart | None:
    """The chart of a result's years among those of `everything` under the same filters, None where no
    year has reports."""
    found = {int(facet.value): facet for facet in result.facets.year}
    every = {int(facet.value): facet for facet in everything.facets.year}
    largest = max((facet.reports for facet in every.values()), default=0)
    if not largest:
        return None
    both = {**every, **found}
    slots = tuple(slots_of(sorted(both)))
    across = _across(slots)
    choosing = ChoosingYears.of(both.values(), asked, shown)
    told = in_language(language.current())

    def height(reports: int) -> int:
        return max(round(PLOT * reports / largest), LEAST) if reports else 0

    def bar(year: int) -> Bar:
        reports, held = (facets[year].reports if year in facets else 0 for facets in (found, every))
        full, high = height(reports), height(held)
        return Bar(
            year,
            year in choosing.chosen,
            choosing.href(year),
            told("year_bar", year=year, count=number(reports), all=number(held)),
            TOP + PLOT - high,
            high,
            TOP + PLOT - full,
            full,
            *across[year],
        )

    return YearChart(
        bars=tuple(bar(year) for year in sorted(both)),
        labels=_labels(slots),
        first=slots[0],
        last=slots[-1],
        base=TOP + PLOT,
        height=TOP + PLOT + LABELS,
    )


def slots_of(years: list[int]) -> list[int]:
    """The years from the first to the last of these, without those between where they are too many."""
    span = range(years[0], years[-1] + 1)
    return list(span) if len(span) <= MOST_SLOTS else years


def _slot(slots: Sequence[int]) -> float:
    """The width of a slot, in percent."""
    return 100 / max(len(slots), FEWEST_SLOTS)


@lru_cache(maxsize=64)
def _across(slots: tuple[int, ...]) -> dict[int, Across]:
    """For each year, the measures across of its bar: searches of one index share their slots."""
    slot = _slot(slots)

    def across(at: int) -> Across:
        left = at * slot
        bar_left, told_at = round(left + slot * GAP / 2, 2), _inside(left + slot / 2, TOLD_EDGE)
        return round(left, 2), round(slot, 2), bar_left, round(slot * (1 - GAP), 2), told_at

    return {year: across(at) for at, year in enumerate(slots)}


@lru_cache(maxsize=64)
def _labels(slots: tuple[int, ...]) -> tuple[Label, ...]:
    """The last year, the first and round ones between, so far as none meets another."""
    slot = _slot(slots)
    places = [_inside((at + 0.5) * slot, EDGE) for at in range(len(slots))]
    written: list[int] = []
    for at in (len(slots) - 1, 0, *_round(slots)):
        if all(abs(places[at] - places[other]) >= APART for other in written):
            written.append(at)
    return tuple(Label(slots[at], places[at]) for at in sorted(written))


def _inside(middle: float, edge: float) -> float:
    """A place at least `edge` percent from both sides."""
    return round(min(max(middle, edge), 100 - edge), 2)


def _round(years: Sequence[int]) -> list[int]:
    """Where the round years stand, so few that there is room for them."""
    for step in STEPS:
        written = [at for at, year in enumerate(years) if year % step == 0]
        if len(written) <= 100 / APART:
            break
    return written
