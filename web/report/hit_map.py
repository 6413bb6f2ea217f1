"""The hit map: how far down the text each hit stands, as ticks of a strip along the scrollbar."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from indexer.model import Line
from search.model import Hit

TICKS = 200
"""Most ticks of one map; it is so many units high."""
ROW = 40
"""Code points in a row of text as wide as it gets on the page."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark at `y` of TICKS; `hit` is the first that it stands for, counted from 1."""

    y: int
    hit: int


def _rows(length: int) -> float:
    """About how high a line of text stands on the page, in rows, with the gap below it."""
    return max(1, -(-length // ROW)) + 0.4


def ticks(lines: Iterable[Line], numbered: Sequence[tuple[int, Hit]]) -> tuple[Tick, ...]:
    """The ticks of numbered hits, in order, in a report of these lines."""
    starts, lengths = zip(*((line.start, len(line.text)) for line in lines), strict=True)
    tops = list(accumulate(map(_rows, lengths), initial=0.0))
    first: dict[int, int] = {}
    for number, hit in numbered:
        line = bisect_right(starts, hit.start) - 1
        within = (hit.start - starts[line]) / max(lengths[line], 1)
        at = (tops[line] + within * (tops[line + 1] - tops[line])) / tops[-1]
        first.setdefault(min(int(at * TICKS), TICKS - 1), number)
    return tuple(Tick(y, number) for y, number in first.items())
