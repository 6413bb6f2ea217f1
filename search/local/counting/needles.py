"""Many phrases looked for in a segment at once: where each of them stands.

One by one (`indexer/arrays/find.py`), a phrase costs some thirty calls of numpy, whatever it finds. Here
the candidates of all phrases are one array, with the number of its phrase beside each: the calls are shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.arrays.find import cuts_word
from indexer.arrays.segment import U2, U4, Bools, Ints, SegmentArrays
from indexer.text.fold_array import code_units

_ASCII = 128
_MOST = 1 << 20
"""Candidates looked at in one go: some 30 bytes of memory each."""
_NONE = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Found:
    """Where phrases stand in a segment's folded text: the number of the phrase, ascending, and the position,
    ascending for each."""

    phrases: Ints
    starts: U4

    def where(self, kept: Bools) -> Found:
        return Found(np.compress(kept, self.phrases), np.compress(kept, self.starts))


@dataclass(frozen=True, slots=True)
class Needles:
    """Phrases of two code units at least, as rows: `units`, of which row i has `lengths[i]`, then zeros."""

    units: U2
    lengths: Ints

    @staticmethod
    def of(folded: Sequence[str]) -> Needles:
        """Folded phrases; none is of one code unit."""
        encoded = [code_units(text) for text in folded]
        lengths = np.array([len(units) for units in encoded], np.int64)
        units = np.zeros((len(encoded), int(lengths.max(initial=2))), np.uint16)
        units[np.arange(units.shape[1]) < lengths[:, None]] = np.concatenate(
            [np.zeros(0, np.uint16), *encoded]
        )
        return Needles(units, lengths)


@dataclass(frozen=True, slots=True)
class _Candidates:
    """How phrases are looked for in one segment: the positions of the rarest pair of each are
    `positions[first:end]`, which stands `offset` code units after its start; `checks` are the code units
    in the order in which they are compared, the likeliest to differ first."""

    first: Ints
    end: Ints
    offset: Ints
    checks: Ints


def find_all(segment: SegmentArrays, needles: Needles) -> Iterator[Found]:
    """Every place of every phrase that cuts no ASCII word or number, some phrases at a time."""
    planned = _planned(segment, needles)
    counts = planned.end - planned.first
    for rows in _parted(counts):
        found = _begun(segment, needles, planned, rows)
        found = _compared(segment, needles, planned, found)
        yield _uncut(segment, needles, found)


def _planned(segment: SegmentArrays, needles: Needles) -> _Candidates:
    units, lengths = needles.units, needles.lengths
    keys = units[:, :-1].astype(np.uint32) << np.uint32(16) | units[:, 1:]
    at = np.searchsorted(segment.pairs, keys)
    known = at < len(segment.pairs)
    known[known] = segment.pairs[at[known]] == keys[known]
    inside = np.arange(keys.shape[1]) < lengths[:, None] - 1
    at[~known] = 0
    counts = np.diff(segment.pair_start).astype(np.int64).take(at) if len(segment.pairs) else at
    counts[~known] = 0
    counts[~inside] = _NONE
    every = np.arange(len(units))
    rarest = counts.argmin(axis=1)
    first = segment.pair_start[at[every, rarest]].astype(np.int64)
    return _Candidates(
        first, first + counts[every, rarest], rarest, _by_rarity(counts, rarest, lengths)
    )


def _by_rarity(counts: Ints, rarest: Ints, lengths: Ints) -> Ints:
    """For each phrase its code units, those of the rarest pairs first; last come the two of the rarest of
    all, which every candidate has, and what is beyond the phrase."""
    rows = len(counts)
    beside = np.full((rows, counts.shape[1] + 1), _NONE)
    beside[:, :-1] = counts
    beside[:, 1:] = np.minimum(beside[:, 1:], counts)
    every = np.arange(rows)
    beside[every, rarest] = beside[every, rarest + 1] = _NONE
    beside[np.arange(beside.shape[1]) >= lengths[:, None]] = _NONE
    return beside.argsort(axis=1, kind="stable")


def _parted(counts: Ints) -> Iterator[slice]:
    """The phrases in parts of so many candidates; one that has more is a part of its own."""
    ends = np.cumsum(counts)
    first = 0
    while first < len(counts):
        before = int(ends[first - 1]) if first else 0
        last = int(np.searchsorted(ends, before + _MOST, "right"))
        end = max(first + 1, last)
        yield slice(first, end)
        first = end


def _begun(segment: SegmentArrays, needles: Needles, planned: _Candidates, rows: slice) -> Found:
    """Where phrases would begin whose rarest pair is there."""
    first, counts = planned.first[rows], planned.end[rows] - planned.first[rows]
    phrases = np.repeat(np.arange(rows.start, rows.stop), counts)
    begins = np.cumsum(counts) - counts
    at = np.arange(len(phrases)) + np.repeat(first - begins, counts)
    positions = segment.positions.take(at)
    offsets = planned.offset.astype(np.uint32).take(phrases)
    room = (needles.lengths - planned.offset).astype(np.uint32).take(phrases)
    kept = (positions >= offsets) & (positions <= np.uint32(len(segment.folded)) - room)
    return Found(phrases, positions - offsets).where(kept)


def _compared(
    segment: SegmentArrays, needles: Needles, planned: _Candidates, found: Found
) -> Found:
    """Those of which every code unit is that of the phrase."""
    done: list[Found] = []
    for step in range(needles.units.shape[1] - 1):
        ended = needles.lengths.take(found.phrases) - 2 <= step
        if ended.any():
            done.append(found.where(ended))
            found = found.where(~ended)
        if not len(found.phrases):
            break
        places = planned.checks[:, step].take(found.phrases)
        wanted = needles.units[found.phrases, places]
        there = segment.folded.take(found.starts + places.astype(np.uint32))
        found = found.where(there == wanted)
    return _together(done)


def _together(parts: Sequence[Found]) -> Found:
    """Parts of which each has phrases of its own."""
    phrases = np.concatenate([np.zeros(0, np.int64), *(part.phrases for part in parts)])
    starts = np.concatenate([np.zeros(0, np.uint32), *(part.starts for part in parts)])
    order = phrases.argsort(kind="stable")
    return Found(phrases.take(order), starts.take(order))


def _uncut(segment: SegmentArrays, needles: Needles, found: Found) -> Found:
    """Those that cut no ASCII word or number."""
    units, lengths = needles.units, needles.lengths
    last = units[np.arange(len(units)), lengths - 1]
    for edge, length in ((units[:, 0], np.zeros_like(lengths)), (last, lengths)):
        if not (edge < _ASCII).any():
            continue
        asked = np.flatnonzero((edge < _ASCII).take(found.phrases))
        cuts = found.starts.take(asked) + length.take(found.phrases.take(asked)).astype(np.uint32)
        kept = np.ones(len(found.phrases), bool)
        kept[asked] = ~cuts_word(segment, cuts)
        found = found.where(kept)
    return found
