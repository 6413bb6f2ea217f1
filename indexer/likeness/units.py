"""A report's text in units: what must be found in another report for its characters to be common.

A unit is a run of RUN code points of one line, or all of a shorter line. Units are told apart by 64-bit
hashes: one wrong match in 10^19 tries, by chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.segment import U2, U4, U8, Ints
from indexer.likeness.measure import RUN
from indexer.text.fold_array import LINE_END, text_of

_ODD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
                 0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53], np.uint64)  # fmt: skip
"""Odd numbers without a pattern: of SplitMix64, xxHash64 and MurmurHash3."""
_SHORT = np.cumprod(np.full(RUN, _ODD[3], np.uint64))
"""What the code points of a short line are weighted by; the last one is for its length."""


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The units of a report in reading order: for each, `at`, its first code point (line ends are not
    counted), its `width` in code points and its `hashes`. `characters`: code points of all lines."""

    characters: int
    at: Ints
    width: Ints
    hashes: U8


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """The same, to be held against others: `distinct` hashes, ascending, and `which` of them each has."""

    units: Units
    distinct: U8
    which: Ints

    def covered(self, common: NDArray[np.bool_]) -> int:
        """Code points that stand in a unit whose hash is among the common ones, a mask over `distinct`.

        The next unit begins after the one before it, and after its end where that is its line's.
        """
        found = common[self.which]
        starts, widths = self.units.at[found], self.units.width[found]
        if not len(starts):
            return 0
        return int(np.minimum(widths[:-1], np.diff(starts)).sum() + widths[-1])


def units(folded: U2) -> Units:
    """The units of folded lines, each ended by "\n", in UTF-16 code units."""
    points = _code_points(folded)
    ends = np.flatnonzero(points == LINE_END)
    lengths = np.diff(ends, prepend=-1) - 1
    starts = np.cumsum(lengths) - lengths
    text = np.compress(points != LINE_END, points).astype(np.uint64)
    short = (lengths > 0) & (lengths < RUN)
    hashes, width = np.zeros(len(text), np.uint64), np.zeros(len(text), np.int64)
    if len(text) >= RUN:
        hashes[: len(text) - RUN + 1] = _runs(text)
        width[_within(starts, lengths - RUN + 1)] = RUN
    hashes[starts[short]] = _lines(text, starts[short], lengths[short])
    width[starts[short]] = lengths[short]
    at = np.flatnonzero(width)
    return Units(len(text), at, width[at], hashes[at])


def ordered(units: Units) -> Ordered:
    """Units with their hashes in order."""
    order = np.argsort(units.hashes)
    ascending = units.hashes[order]
    firsts = np.ones(len(order), bool)
    firsts[1:] = ascending[1:] != ascending[:-1]
    which = np.empty(len(order), np.int64)
    which[order] = np.cumsum(firsts) - 1
    return Ordered(units, ascending[firsts], which)


def common(a: Ordered, b: Ordered) -> tuple[int, int]:
    """The common characters of a, and of b."""
    return a.covered(_among(a.distinct, b.distinct)), b.covered(_among(b.distinct, a.distinct))


def _among(wanted: U8, others: U8) -> NDArray[np.bool_]:
    """Which of the wanted hashes are among the others; both ascend."""
    if not len(others):
        return np.zeros(len(wanted), bool)
    at = np.searchsorted(others, wanted)
    found: NDArray[np.bool_] = others[np.minimum(at, len(others) - 1)] == wanted
    return found


def _code_points(folded: U2) -> U4:
    """Code points of UTF-16 code units."""
    if not ((folded & 0xF800) == 0xD800).any():
        return folded.astype(np.uint32)
    return np.frombuffer(text_of(folded).encode("utf-32-le", "surrogatepass"), "<u4")


def _within(firsts: Ints, counts: Ints) -> Ints:
    """The numbers from each first one on, so many of each; none where that is less than 1."""
    counts = np.maximum(counts, 0)
    before = np.cumsum(counts) - counts
    return np.repeat(firsts - before, counts) + np.arange(int(counts.sum()))


def _runs(text: U8) -> U8:
    """A hash of the RUN code points from each place on, of no less than RUN."""
    two = text[:-1] * _ODD[0] + text[1:]
    four = two[:-2] * _ODD[1] + two[2:]
    eight = four[:-4] * _ODD[2] + four[4:]
    return _mixed(eight[:-4] * _ODD[3] + four[8:])


def _lines(text: U8, starts: Ints, lengths: Ints) -> U8:
    """A hash of each of the lines shorter than RUN."""
    if not len(starts):
        return np.zeros(0, np.uint64)
    inside = np.arange(RUN - 1) < lengths[:, None]
    places = np.minimum(starts[:, None] + np.arange(RUN - 1), len(text) - 1)
    summed = (np.where(inside, text[places], 0) * _SHORT[:-1]).sum(axis=1, dtype=np.uint64)
    return _mixed(summed + lengths.astype(np.uint64) * _SHORT[-1])


def _mixed(sums: U8) -> U8:
    """Every bit depends on every one (the last steps of MurmurHash3)."""
    sums = (sums ^ (sums >> np.uint64(33))) * _ODD[4]
    sums = (sums ^ (sums >> np.uint64(33))) * _ODD[5]
    mixed: U8 = sums ^ (sums >> np.uint64(33))
    return mixed


assert RUN == 12, "_runs joins 8 and 4"
