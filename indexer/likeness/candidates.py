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
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.distinct import first_of_each
from indexer.arrays.segment import U4, U8, Bools, Ints

WINDOW = 32
"""A report is held against so many others a value."""
MOST = 32
"""So many of those that follow it are aligned with it."""
LIKELY = 0.25
"""Of two reports that are alike both have so much of the units of one, at least. (Where every tenth character
was changed, 28 % of the units are left, and 62 % of the characters are common; where whole sentences were,
far more.)"""
CROWD = 0.4
"""A report of whose sketch so much stands in more than WINDOW others, too, may be like some that it is not
held against."""
SLACK = 2.6
"""So many standard deviations less may be in common of two sketches, which are samples: 1 pair in 200 that
has just LIKELY of its units in common is missed."""

_BEGINNING = 4
_TOGETHER = 1 << 14
"""Values of reports that are looked at together: times WINDOW, so many pairs of 8 bytes."""
_LOW, _HIGH, _ONE = np.uint64((1 << 32) - 1), np.uint64(32), np.uint64(1)


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


class Pairs(NamedTuple):
    """Pairs of reports, all of one `a` together and the likeliest first."""

    a: Ints
    b: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """All pairs, each once, some at a time: of a million reports they would not lie in memory together.
    `crowded` says which reports may have more likenesses than are looked for, once all pairs were taken."""

    parts: Iterator[Pairs]
    crowded: Bools


def candidates(sketches: Sketches) -> Candidates:
    """The pairs to align."""
    order = _together(sketches)
    entries = _entries(sketches, order)
    crowded = entries.often_of > CROWD * sketches.sizes
    return Candidates(_pairs(sketches, order, entries, crowded), crowded)


def _pairs(sketches: Sketches, order: Ints, entries: _Entries, crowded: Bools) -> Iterator[Pairs]:
    for reports in _parts(sketches, order):
        met = _meetings(sketches, entries, reports)
        met = met._replace(a=reports[met.a], b=order[met.b])
        likely, cut = _likeliest(sketches, entries.often_of, met)
        crowded[cut] = True
        yield likely


@dataclass(frozen=True, slots=True, eq=False)
class _Entries:
    """`entries`: value << 32 | place of its report in the order, ascending; `often`: for each, whether more
    than WINDOW other reports have its value; `often_of`: how many such values each report has."""

    entries: U8
    places: U8
    often: Bools
    often_of: Ints


def _entries(sketches: Sketches, order: Ints) -> _Entries:
    places = np.empty(sketches.count, np.uint64)
    places[order] = np.arange(sketches.count, dtype=np.uint64)
    entries = sketches.values.astype(np.uint64) << _HIGH
    entries |= np.repeat(places, sketches.sizes)
    entries.sort()
    firsts = first_of_each((entries >> _HIGH).astype(np.uint32))
    lengths = np.diff(firsts, append=len(entries))
    often = np.repeat(lengths > WINDOW + 1, lengths)
    counts = np.bincount((entries[often] & _LOW).astype(np.int64), minlength=sketches.count)
    often_of = np.empty(sketches.count, np.int64)
    often_of[order] = counts
    return _Entries(entries, places, often, often_of)


class _Met(NamedTuple):
    """Pairs that meet under some values; how many values these are, and how many of them are not often."""

    a: Ints
    b: Ints
    shared: Ints
    rare: Ints


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


def _keys(sketches: Sketches, places: U8, reports: Ints) -> tuple[U8, Ints]:
    """The entries of some reports, and for each the report, as an index of `reports`."""
    sizes = sketches.sizes[reports]
    owner = np.repeat(np.arange(len(reports)), sizes)
    first = sketches.start[:-1][reports] - (np.cumsum(sizes) - sizes)
    values = sketches.values[np.arange(len(owner)) + first[owner]].astype(np.uint64)
    return values << _HIGH | places[reports][owner], owner


def _meetings(sketches: Sketches, entries: _Entries, reports: Ints) -> _Met:
    """Who stands after whom under a value; a is an index of `reports`, b a place."""
    keys, owner = _keys(sketches, entries.places, reports)
    at = np.searchsorted(entries.entries, keys)
    met = [np.zeros(0, np.uint64)]
    for _ in range(WINDOW):
        at += 1
        here = _same_value(entries.entries, at, keys)
        at, keys, owner = at[here], keys[here], owner[here]
        pair = owner.astype(np.uint64) << _HIGH | entries.entries[at] & _LOW
        met.append(pair << _ONE | ~entries.often[at])
    every = np.sort(np.concatenate(met))
    firsts = first_of_each(every >> _ONE)
    rare = np.append(0, np.cumsum(every & _ONE, dtype=np.int64))
    ends = np.append(firsts[1:], len(every))
    pairs = every[firsts] >> _ONE
    return _Met(
        (pairs >> _HIGH).astype(np.int64),
        (pairs & _LOW).astype(np.int64),
        ends - firsts,
        rare[ends] - rare[firsts],
    )


def _same_value(entries: U8, at: Ints, keys: U8) -> Bools:
    """Whether the entries at some places, which may lie behind the last, have the values of these."""
    found: Bools = entries[np.minimum(at, len(entries) - 1)] >> _HIGH == keys >> _HIGH
    return found & (at < len(entries))


def _likeliest(sketches: Sketches, often_of: Ints, met: _Met) -> tuple[Pairs, Ints]:
    """The pairs that may be alike, at most MOST of each a, the likeliest first; and the reports that have
    more. What stands in many reports may be common without being met: so what does not is looked at by
    itself, too."""
    share, likely = _shares(sketches, sketches.sizes, met, met.shared)
    rare_share, likely_too = _shares(sketches, sketches.sizes - often_of, met, met.rare)
    share = np.maximum(share, rare_share)
    chosen = np.flatnonzero(likely | likely_too)
    best = chosen[np.lexsort((-share[chosen], met.a[chosen]))]
    firsts = first_of_each(met.a[best])
    rank = np.arange(len(best)) - np.repeat(firsts, np.diff(firsts, append=len(best)))
    few = best[rank < MOST]
    return Pairs(met.a[few], met.b[few]), met.a[best[rank == MOST]]


def _shares(
    sketches: Sketches, sizes: Ints, met: _Met, shared: Ints
) -> tuple[NDArray[np.float64], Bools]:
    """Of each pair, the share of the smaller of two sketches, as far as the other one reaches, that both
    have; and whether that is enough. `sizes`: how many values there are of each report."""
    reach = np.minimum(sketches.bound[met.a], sketches.bound[met.b]).astype(np.float64)
    within = np.minimum(
        sizes[met.a] * (reach / sketches.bound[met.a]),
        sizes[met.b] * (reach / sketches.bound[met.b]),
    )
    enough = LIKELY * within - SLACK * np.sqrt(within * LIKELY * (1 - LIKELY))
    return shared / np.maximum(within, 1), shared >= np.maximum(enough, 1)
