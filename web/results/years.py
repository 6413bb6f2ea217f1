"""The years as a bar chart: one slot a year, empty for years without reports.

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
"""Heights of the highest bar, of the counts above it and of the years below the bars, in px."""
LEAST = 2
"""Height of the bar of a single report among thousands, in px."""
EDGE = 12
"""What is told of a bar stands this far from the sides, in percent: it must not leave a phone's page."""
GAP = 0.2
"""Space between two bars, as a part of a slot."""
LABELS_WIDE, LABELS_NARROW = 22, 9
"""Most labels side by side on a wide page and on a phone."""
STEPS = (1, 2, 5, 10, 20, 50, 100)

Across = tuple[float, float, float, float, float, float]
"""The fields of a bar from `left` on."""


class Bar(NamedTuple):
    """One year with reports or one that is chosen: `left` and `width` are those of its slot.

    `name` says year and reports. results/rows.html unpacks the fields in their order.
    """

    year: int
    reports: int
    selected: bool
    href: str
    name: str
    top: float
    height: float
    left: float
    width: float
    bar_left: float
    bar_width: float
    middle: float
    told_at: float


@dataclass(frozen=True, slots=True)
class Label:
    """A year written below its slot; `page` is "wide" or "narrow" where it is for one of them."""

    year: int
    middle: float
    page: str


@dataclass(frozen=True, slots=True)
class YearChart:
    """The chart; `counts` says whether there is room for a number above each bar."""

    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    counts: bool
    counts_narrow: bool
    first: int
    last: int
    base: int
    height: int

    @property
    def any_selected(self) -> bool:
        return any(bar.selected for bar in self.bars)


def year_chart(result: SearchResult, asked: SearchRequest, shown: Shown) -> YearChart | None:
    """The chart of a result's years, None where no year has reports."""
    facets = sorted(result.facets.year, key=lambda facet: int(facet.value))
    largest = max((facet.reports for facet in facets), default=0)
    if not largest:
        return None
    slots = tuple(_slots([int(facet.value) for facet in facets]))
    across = _across(slots)
    choosing = ChoosingYears.of(facets, asked, shown)
    told = in_language(language.current())

    def bar(year: int, reports: int, selected: bool) -> Bar:
        height = max(round(PLOT * reports / largest, 1), LEAST) if reports else 0
        return Bar(
            year,
            reports,
            selected,
            choosing.href(year),
            told("year_bar", year=year, count=number(reports)),
            round(TOP + PLOT - height, 1),
            height,
            *across[year],
        )

    return YearChart(
        bars=tuple(bar(int(facet.value), facet.reports, facet.selected) for facet in facets),
        labels=_labels(slots),
        counts=len(slots) <= LABELS_WIDE,
        counts_narrow=len(slots) <= LABELS_NARROW,
        first=slots[0],
        last=slots[-1],
        base=TOP + PLOT,
        height=TOP + PLOT + LABELS,
    )


def _slots(years: list[int]) -> list[int]:
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
        bar_left, middle = round(left + slot * GAP / 2, 2), round(left + slot / 2, 2)
        told_at = min(max(middle, EDGE), 100 - EDGE)
        return round(left, 2), round(slot, 2), bar_left, round(slot * (1 - GAP), 2), middle, told_at

    return {year: across(at) for at, year in enumerate(slots)}


@lru_cache(maxsize=64)
def _labels(slots: tuple[int, ...]) -> tuple[Label, ...]:
    slot = _slot(slots)
    wide, narrow = _labelled(slots, LABELS_WIDE), _labelled(slots, LABELS_NARROW)
    return tuple(
        Label(year, round((at + 0.5) * slot, 2), _page_of(year in wide, year in narrow))
        for at, year in enumerate(slots)
        if year in wide or year in narrow
    )


def _page_of(wide: bool, narrow: bool) -> str:
    return "" if wide and narrow else "wide" if wide else "narrow"


def _labelled(years: Sequence[int], most: int) -> frozenset[int]:
    """The round years to write, so that no more than `most` stand side by side."""
    for step in STEPS:
        written = [year for year in years if year % step == 0]
        if len(written) <= most and (written or step == 1):
            return frozenset(written)
    return frozenset(years[:1])
