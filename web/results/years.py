"""The years as a bar chart: an outline for all reports of a year, filled as far as they are found.

There is a slot for each year that the filters leave, empty where there are no reports.

Across, measures are percent of the drawing's width, so that it fits any page; down, pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from search.model import LookedIn, SearchRequest, SearchResult
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
WIDE = 1_000
"""Width of the drawing of the outlines, in its own units."""
LEAST = 2
"""Height of the bar of a single report among thousands, in px."""
EDGE = 8
"""A year whose middle would be nearer to a side, in percent, is written from that side on."""
TOLD_EDGE = 38
"""What is told of a bar stands this far from the sides: it takes most of the width."""
GAP = 0.2
"""Space between two bars, as a part of a slot."""
DENSE = 40
"""More slots than this are so narrow that their bars stand without space between, in one outline."""
APART = 20
"""Two years below the bars stand so far apart at least, in percent."""
STEPS = (1, 2, 5, 10, 20, 50, 100)

Across = tuple[float, float, float, float, float]
"""The fields of a bar from `left` on."""


class Bar(NamedTuple):
    """A year in which reports are found, or one that is chosen: the filled part of its outline.

    `name` says the year, those found and all; `left` and `width` are those of its slot. results/rows.html
    unpacks the fields in their order.
    """

    year: int
    selected: bool
    href: str
    name: str
    top: int
    height: int
    left: float
    width: float
    bar_left: float
    bar_width: float
    told_at: float


class Label(NamedTuple):
    """A year written below the bars, in the middle of its slot unless that is at a side; `anchor` says
    which part of the text stands `at` percent of the width."""

    year: int
    at: float
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class YearChart:
    """The chart; `first` and `last` are the years at its ends.

    `outline` is the path around all reports of each year, in a drawing of `wide` by `plot`, in units of
    its own and in px.
    """

    bars: tuple[Bar, ...]
    outline: str
    labels: tuple[Label, ...]
    first: int
    last: int
    base: int
    height: int
    wide: int = WIDE
    plot: int = PLOT

    @property
    def any_selected(self) -> bool:
        return any(bar.selected for bar in self.bars)


def year_chart(
    result: SearchResult, everything: LookedIn, asked: SearchRequest, shown: Shown
) -> YearChart | None:
    """The chart of a result's years among those of `everything` under the same filters, None where no
    year has reports."""
    found = {int(facet.value): facet for facet in result.facets.year}
    every = {int(facet.value): facet for facet in everything.facets.year}
    largest = max((facet.reports for facet in every.values()), default=0)
    if not largest:
        return None
    slots = tuple(slots_of(sorted({*every, *found})))
    across = _across(slots)
    choosing = ChoosingYears.of(found.values(), asked, shown)
    told = in_language(language.current())

    def bar(year: int, reports: int, selected: bool) -> Bar:
        held = every[year].reports if year in every else 0
        height = _height(reports, largest)
        return Bar(
            year,
            selected,
            choosing.href(year),
            told("year_bar", year=year, count=number(reports), all=number(held)),
            TOP + PLOT - height,
            height,
            *across[year],
        )

    return YearChart(
        bars=tuple(
            bar(year, facet.reports, facet.selected) for year, facet in sorted(found.items())
        ),
        outline=_outline(slots, tuple(every[y].reports if y in every else 0 for y in slots)),
        labels=_labels(slots),
        first=slots[0],
        last=slots[-1],
        base=TOP + PLOT,
        height=TOP + PLOT + LABELS,
    )


def _height(reports: int, largest: int) -> int:
    return max(round(PLOT * reports / largest), LEAST) if reports else 0


def slots_of(years: list[int]) -> list[int]:
    """The years from the first to the last of these, without those between where they are too many."""
    span = range(years[0], years[-1] + 1)
    return list(span) if len(span) <= MOST_SLOTS else years


def _slot(slots: Sequence[int]) -> float:
    """The width of a slot, in percent."""
    return 100 / max(len(slots), FEWEST_SLOTS)


def _gap(slots: Sequence[int]) -> float:
    """The space between two bars, as a part of a slot."""
    return 0 if len(slots) > DENSE else GAP


@lru_cache(maxsize=64)
def _across(slots: tuple[int, ...]) -> dict[int, Across]:
    """For each year, the measures across of its bar: searches of one index share their slots."""
    slot, gap = _slot(slots), _gap(slots)

    def across(at: int) -> Across:
        left = at * slot
        bar_left, told_at = round(left + slot * gap / 2, 2), _inside(left + slot / 2, TOLD_EDGE)
        return round(left, 2), round(slot, 2), bar_left, round(slot * (1 - gap), 2), told_at

    return {year: across(at) for at, year in enumerate(slots)}


@lru_cache(maxsize=64)
def _outline(slots: tuple[int, ...], reports: tuple[int, ...]) -> str:
    """A path around the bar of each year, or around all; as above, searches of one index share it."""
    slot, gap, largest = WIDE * _slot(slots) / 100, _gap(slots), max(reports)
    heights = [_height(held, largest) for held in reports]
    if not gap:
        steps = (f"V{PLOT - high}H{(at + 1) * slot:.1f}" for at, high in enumerate(heights))
        return f"M0 {PLOT}{''.join(steps)}V{PLOT}"
    bars = ((at * slot + slot * gap / 2, high) for at, high in enumerate(heights) if high)
    width = slot * (1 - gap)
    return "".join(f"M{x:.1f} {PLOT}v-{high}h{width:.1f}v{high}" for x, high in bars)


@lru_cache(maxsize=64)
def _labels(slots: tuple[int, ...]) -> tuple[Label, ...]:
    """The last year, the first and round ones between, so far as none meets another."""
    slot = _slot(slots)
    middles = [_inside((at + 0.5) * slot, EDGE) for at in range(len(slots))]
    written: list[int] = []
    for at in (len(slots) - 1, 0, *_round(slots)):
        if all(abs(middles[at] - middles[other]) >= APART for other in written):
            written.append(at)
    return tuple(_label(slots[at], middles[at]) for at in sorted(written))


def _label(year: int, middle: float) -> Label:
    if middle == EDGE:
        return Label(year, 0, "start")
    return Label(year, 100, "end") if middle == 100 - EDGE else Label(year, middle, "middle")


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
