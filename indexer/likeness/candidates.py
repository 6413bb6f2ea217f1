"""Pairs of reports that may be alike, by what their sketches have in common.

The values of all sketches lie in one array, sorted, with the report that each is of: reports that share a
value stand beside each other. So time grows with the number of reports, and not with its square, as long
as each is held against WINDOW others a value at most. Where a value stands in more reports than that (a
form that thousands fill in), each is held against those that follow it in one order of all reports, in
which those stand together whose sketches begin with the same values: they are found beside some of those
that are like them, and `crowded`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indexer.arrays.distinct import first_of_each
from indexer.arrays.segment import U4, U8, Bools, Ints

WINDOW = 32
"""A report is held against so many others a value."""
MOST = 32
"""So many of those that follow it are aligned with it."""
LIKELY = 0.25
"""Of two reports that are alike both have so much of the units of one, at least. (Where every tenth character
was changed, 28 % of the units are left, and 62 % of the characters are common; where whole sentences were,
far more.) A report of whose sketch so much stands in more than WINDOW others, too, may be like some that it
is not held against."""
SLACK = 2.6
"""So many standard deviations less may be in common of two sketches, which are samples: 1 pair in 200 that
has just LIKELY of its units in common is missed."""

_BEGINNING = 4
_TOGETHER = 1 << 16
"""Values of reports that are looked at together: times WINDOW, so many pairs of 8 bytes."""
_LOW, _HIGH = np.uint64((1 << 32) - 1), np.uint64(32)


@dataclass(frozen=True, slots=True, eq=False)
class Sketches:
    """The sketches of many reports: `values` of report r stand from start[r] to start[r + 1]."""

    values: U4
    start: Ints
    bound: U4

    @property
    def count(self) -> int:
        return len(self.bound)

    @property
    def sizes(self) -> Ints:
        return np.diff(self.start)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Pairs of reports, all of one `a` together and the likeliest first, each pair once; and which reports
    may have more likenesses than are looked for."""

    a: Ints
    b: Ints
    crowded: Bools


def candidates(sketches: Sketches) -> Candidates:
    """The pairs to align."""
    order = _together(sketches)
    place = np.empty(sketches.count, np.uint64)
    place[order] = np.arange(sketches.count, dtype=np.uint64)
    entries = sketches.values.astype(np.uint64) << _HIGH
    entries |= np.repeat(place, sketches.sizes)
    entries.sort()
    crowded = np.zeros(sketches.count, bool)
    pairs = [np.zeros((2, 0), np.int64)]
    for reports in _parts(sketches, order):
        keys, owner = _keys(sketches, place, reports)
        met, shared = _meetings(entries, keys, owner)
        likely, cut = _likeliest(sketches, reports[met >> _HIGH], order[met & _LOW], shared)
        crowded[reports] = _crowd(entries, keys, owner, sketches.sizes[reports])
        crowded[cut] = True
        pairs.append(likely)
    a, b = np.concatenate(pairs, axis=1)
    return Candidates(a, b, crowded)


def _together(sketches: Sketches) -> Ints:
    """All reports, in an order in which those stand together whose sketches begin with the same values."""
    beginning = np.zeros((_BEGINNING, sketches.count), np.uint32)
    for at in range(_BEGINNING):
        there = sketches.sizes > at
        beginning[at, there] = sketches.values[sketches.start[:-1][there] + at]
    return np.lexsort(beginning[::-1])


def _parts(sketches: Sketches, order: Ints) -> Iterator[Ints]:
    """The reports in order, so many at a time as have _TOGETHER values or begin with them."""
    ends = np.cumsum(sketches.sizes[order])
    part = (ends - 1) // _TOGETHER
    edges = np.flatnonzero(np.diff(part, prepend=-1))
    yield from np.split(order, edges[1:])


def _keys(sketches: Sketches, place: U8, reports: Ints) -> tuple[U8, Ints]:
    """The entries of some reports, and for each the report, as an index of `reports`."""
    sizes = sketches.sizes[reports]
    owner = np.repeat(np.arange(len(reports)), sizes)
    first = sketches.start[:-1][reports] - (np.cumsum(sizes) - sizes)
    values = sketches.values[np.arange(len(owner)) + first[owner]].astype(np.uint64)
    return values << _HIGH | place[reports][owner], owner


def _meetings(entries: U8, keys: U8, owner: Ints) -> tuple[U8, Ints]:
    """Who stands after whom under a value: owner << 32 | place of the other, ascending; and under how
    many values."""
    at = np.searchsorted(entries, keys)
    met = [np.zeros(0, np.uint64)]
    for _ in range(WINDOW):
        at += 1
        here = _same_value(entries, at, keys)
        at, keys, owner = at[here], keys[here], owner[here]
        met.append(owner.astype(np.uint64) << _HIGH | entries[at] & _LOW)
    every = np.sort(np.concatenate(met))
    firsts = first_of_each(every)
    return every[firsts], np.diff(firsts, append=len(every))


def _crowd(entries: U8, keys: U8, owner: Ints, sizes: Ints) -> Bools:
    """Which reports have LIKELY of their values in common with more than WINDOW others."""
    at = np.searchsorted(entries, keys)
    often = _same_value(entries, at + WINDOW + 1, keys) | _same_value(
        entries, at - WINDOW - 1, keys
    )
    crowd: Bools = np.bincount(owner[often], minlength=len(sizes)) > LIKELY * sizes
    return crowd


def _same_value(entries: U8, at: Ints, keys: U8) -> Bools:
    """Whether the entries at some places, which may be none, have the values of these."""
    found: Bools = entries[np.clip(at, 0, len(entries) - 1)] >> _HIGH == keys >> _HIGH
    return found & (at >= 0) & (at < len(entries))


def _likeliest(sketches: Sketches, a: Ints, b: Ints, shared: Ints) -> tuple[Ints, Ints]:
    """The pairs that may be alike, at most MOST of each a, the likeliest first; and the reports that have
    more.

    `shared`: how many values each pair has in common.
    """
    reach = np.minimum(sketches.bound[a], sketches.bound[b]).astype(np.float64)
    within = np.minimum(
        sketches.sizes[a] * (reach / sketches.bound[a]),
        sketches.sizes[b] * (reach / sketches.bound[b]),
    )
    share = shared / np.maximum(within, 1)
    enough = LIKELY * within - SLACK * np.sqrt(within * LIKELY * (1 - LIKELY))
    likely = np.flatnonzero(shared >= enough)
    best = likely[np.lexsort((-share[likely], a[likely]))]
    firsts = first_of_each(a[best])
    rank = np.arange(len(best)) - np.repeat(firsts, np.diff(firsts, append=len(best)))
    few = best[rank < MOST]
    return np.stack([a[few], b[few]]), a[best[rank == MOST]]
