"""Many phrases looked for in a segment at once: where each of them stands.

One by one (`indexer/arrays/find.py`), a phrase costs some thirty calls of numpy, whatever it finds. Here
the candidates of many phrases are one array, with the number of its phrase beside each: the calls are shared.
Phrases are in the order of their lengths, so that those whose last code unit is compared are always the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from indexer.arrays.segment import U2, U4, Bools, Ints, SegmentArrays

_ASCII = 128
_MOST = 1 << 17
"""Candidates looked at in one go: what is made of them stays in the processor's cache."""
_NONE = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Found:
    """Where phrases stand in a segment's folded text: the number of the phrase, ascending, and the position,
    ascending for each."""

    phrases: Ints
    starts: U4

    def at(self, places: Ints | slice) -> Found:
        if isinstance(places, slice):
            return Found(self.phrases[places], self.starts[places])
        return Found(self.phrases.take(places), self.starts.take(places))


@dataclass(frozen=True, slots=True)
class Needles:
    """Phrases of two code units at least, as rows: `units`, of which row i has `lengths[i]`, then zeros."""

    units: U2
    lengths: Ints

    @staticmethod
    def of(encoded: Sequence[bytes]) -> Needles:
        """Folded phrases in UTF-16 (little end first), the shorter ones first."""
        lengths = np.array([len(text) // 2 for text in encoded], np.int64)
        units = np.zeros((len(encoded), int(lengths.max(initial=2))), np.uint16)
        inside = np.arange(units.shape[1]) < lengths[:, None]
        units[inside] = np.frombuffer(b"".join(encoded), "<u2")
        return Needles(units, lengths)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How phrases are looked for in one segment. The positions of the rarest pair of each are
    `positions[first:end]`; it stands `offset` code units after the phrase's start. `places` are the code units
    that are then compared, in this order, the likeliest to differ first; `wanted` what they have to be.
    Of both a row is a step, an item a phrase."""

    first: Ints
    end: Ints
    offset: Ints
    places: U4
    wanted: U2


def find_all(segment: SegmentArrays, needles: Needles) -> Iterator[Found]:
    """Every place of every phrase that cuts no ASCII word or number, some phrases at a time."""
    plan = _planned(segment, needles)
    for rows in _parted(plan.end - plan.first):
        begun = _begun(segment, plan, rows)
        yield _uncut(segment, needles, _compared(segment, needles, plan, begun))


def _planned(segment: SegmentArrays, needles: Needles) -> _Plan:
    units, lengths = needles.units, needles.lengths
    every = np.arange(len(units))
    keys = units[:, :-1].astype(np.uint32) << np.uint32(16) | units[:, 1:]
    at = np.searchsorted(segment.pairs, keys)
    known = at < len(segment.pairs)
    known[known] = segment.pairs[at[known]] == keys[known]
    counts = np.zeros(keys.shape, np.int64)
    counts[known] = segment.pair_start[at[known] + 1] - segment.pair_start[at[known]]
    counts[np.arange(keys.shape[1]) >= lengths[:, None] - 1] = _NONE
    rarest = counts.argmin(axis=1)
    at[~known] = 0
    first = segment.pair_start[at[every, rarest]].astype(np.int64)
    places = _by_rarity(counts, rarest, lengths)
    wanted = np.take_along_axis(units, places, axis=1)
    return _Plan(
        first,
        first + counts[every, rarest],
        rarest,
        np.ascontiguousarray(places.T.astype(np.uint32)),
        np.ascontiguousarray(wanted.T),
    )


def _by_rarity(counts: Ints, rarest: Ints, lengths: Ints) -> Ints:
    """For each phrase its code units, those of the rarest pairs first; last come the two of the rarest of
    all, which every candidate has, and what is beyond the phrase."""
    every = np.arange(len(counts))
    beside = np.full((len(counts), counts.shape[1] + 1), _NONE)
    beside[:, :-1] = counts
    beside[:, 1:] = np.minimum(beside[:, 1:], counts)
    beside[every, rarest] = beside[every, rarest + 1] = _NONE
    beside[np.arange(beside.shape[1]) >= lengths[:, None]] = _NONE
    return beside.argsort(axis=1, kind="stable")


def _parted(counts: Ints) -> Iterator[slice]:
    """The phrases in parts of so many candidates; one that has more is a part of its own."""
    ends = np.cumsum(counts)
    first = 0
    while first < len(counts):
        before = int(ends[first - 1]) if first else 0
        end = max(first + 1, int(np.searchsorted(ends, before + _MOST, "right")))
        yield slice(first, end)
        first = end


def _begun(segment: SegmentArrays, plan: _Plan, rows: slice) -> Found:
    """Where phrases would begin whose rarest pair is there. Before the text's begin, that is a number
    beyond its end."""
    first, end = plan.first[rows], plan.end[rows]
    counts = end - first
    runs = zip(first.tolist(), end.tolist(), strict=True)
    positions = np.concatenate([segment.positions[a:b] for a, b in runs])
    offsets = np.repeat(plan.offset[rows].astype(np.uint32), counts)
    return Found(np.repeat(np.arange(rows.start, rows.stop), counts), positions - offsets)


def _compared(segment: SegmentArrays, needles: Needles, plan: _Plan, found: Found) -> Found:
    """Those of which every code unit is that of the phrase."""
    done: list[Found] = []
    for step in range(needles.units.shape[1] - 1):
        ended = int(np.searchsorted(needles.lengths, step + 2, "right"))
        cut = int(np.searchsorted(found.phrases, ended))
        done.append(found.at(slice(cut)))
        found = found.at(slice(cut, None))
        if not len(found.phrases):
            break
        at = plan.places[step].take(found.phrases)
        at += found.starts
        there = segment.folded.take(at, mode="clip")
        found = found.at(np.flatnonzero(there == plan.wanted[step].take(found.phrases)))
    return _inside(segment, needles, _together(done))


def _together(parts: Sequence[Found]) -> Found:
    """Parts of which each has phrases of its own, in their order."""
    if len(parts) == 1:
        return parts[0]
    return Found(
        np.concatenate([part.phrases for part in parts]),
        np.concatenate([part.starts for part in parts]),
    )


def _inside(segment: SegmentArrays, needles: Needles, found: Found) -> Found:
    """Those that end within the text: at its edges, what is read in place of what is not there may be equal."""
    size = len(segment.folded)
    if not len(found.starts) or int(found.starts.max()) <= size - needles.units.shape[1]:
        return found
    most = size - needles.lengths.take(found.phrases)
    return found.at(np.flatnonzero(found.starts <= most))


def _uncut(segment: SegmentArrays, needles: Needles, found: Found) -> Found:
    """Those that cut no ASCII word or number: beside an ASCII letter or digit of theirs stands neither another
    one nor a full stop (see cuts_word in `indexer/arrays/find.py`)."""
    units, lengths = needles.units, needles.lengths
    last = units[np.arange(len(units)), lengths - 1]
    before = np.full(len(units), -1)
    for edge, beside in ((units[:, 0], before), (last, lengths)):
        of_ascii = edge < _ASCII
        if not of_ascii.any():
            continue
        asked = of_ascii.take(found.phrases)
        places = found.starts + beside.take(found.phrases)
        there = segment.folded.take(places, mode="wrap")  # before the text, the last end of a line
        found = found.at(np.flatnonzero(~(asked & _joins_on().take(there))))
    return found


@lru_cache(maxsize=1)
def _joins_on() -> Bools:
    """For each of the 65,536 code units, whether it goes on with an ASCII word or number."""
    table = np.zeros(1 << 16, bool)
    table[[ord(c) for c in ".0123456789abcdefghijklmnopqrstuvwxyz"]] = True
    return table
