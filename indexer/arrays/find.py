"""Where a text stands in the folded text of a segment.

`take` looks up faster than an index does, and lets other threads run meanwhile.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from indexer.arrays.segment import NEWLINE, U1, U4, Bools, Ints, SegmentArrays
from indexer.text.fold_array import code_units

_ASCII = 128
_STOP = ord(".")
_FEW_RANGES = 1_000  # each is looked at by itself
_SCANNED = 4  # code units of text that are looked at in the time that a position takes to be sorted


def phrase_positions(segment: SegmentArrays, folded: str, bounds: U4 | None = None) -> U4:
    """Where the folded phrase stands and cuts no ASCII word or number; ascending.

    `bounds`: firsts and ends of ranges, which ascend; only what begins in them is looked for.
    """
    found = raw_positions(segment, folded, bounds)
    needle = code_units(folded)
    if needle[0] < _ASCII:
        found = found[~cuts_word(segment, found)]
    if needle[-1] < _ASCII:
        found = found[~cuts_word(segment, found + np.uint32(len(needle)))]
    return found


def raw_positions(segment: SegmentArrays, text: str, bounds: U4 | None = None) -> U4:
    """Where a text that is not empty stands at all; ascending."""
    needle = code_units(text)
    if len(needle) == 1:
        return _single(segment, int(needle[0]), bounds)
    pairs = needle[:-1].astype(np.uint32) << np.uint32(16) | needle[1:]
    ranges = [pair_range(segment, pair) for pair in pairs.tolist()]
    rarest = min(range(len(ranges)), key=lambda at: ranges[at][1] - ranges[at][0])
    first, end = ranges[rarest]
    starts: U4 = segment.positions[first:end]
    if bounds is not None:
        most = np.uint32(0xFFFF_FFFF - rarest)
        starts = starts[between(starts, np.minimum(bounds, most) + np.uint32(rarest))]
    if len(needle) == 2:
        return starts
    starts = starts[starts >= rarest] - np.uint32(rarest)
    starts = starts[starts <= len(segment.folded) - len(needle)]
    order = sorted(range(len(pairs)), key=lambda at: ranges[at][1] - ranges[at][0])
    known = {rarest, rarest + 1}
    for at in (index for pair in order for index in (pair, pair + 1)):
        if at not in known:
            known.add(at)
            same = segment.folded.take(starts + np.uint32(at)) == needle[at]
            starts = np.compress(same, starts)  # a mask as an index takes three times as long
    return starts


def pair_range(segment: SegmentArrays, pair: int) -> tuple[int, int]:
    """Where the pair's positions begin and end in `positions`."""
    key = np.uint32(pair)
    at = int(np.searchsorted(segment.pairs, key))
    if at == len(segment.pairs) or segment.pairs[at] != key:
        return 0, 0
    return int(segment.pair_start[at]), int(segment.pair_start[at + 1])


def _single(segment: SegmentArrays, code_unit: int, bounds: U4 | None) -> U4:
    """Every position of one code unit: of all the pairs that begin with it, or where that is less to
    look at, in the text of the ranges."""
    keys = np.array([code_unit << 16, code_unit << 16 | 0xFFFF], np.uint32)
    first = int(np.searchsorted(segment.pairs, keys[0]))
    end = int(np.searchsorted(segment.pairs, keys[1], "right"))
    runs = slice(int(segment.pair_start[first]), int(segment.pair_start[end]))
    if bounds is None:
        return np.sort(segment.positions[runs])
    looked_at = int((bounds[1] - bounds[0]).sum(dtype=np.int64))
    if looked_at < _SCANNED * (runs.stop - runs.start) and bounds.shape[1] < _FEW_RANGES:
        there = [
            np.flatnonzero(segment.folded[first:end] == code_unit) + first
            for first, end in bounds.T.tolist()
        ]
        return np.concatenate([np.zeros(0, np.int64), *there]).astype(np.uint32)
    found = np.sort(segment.positions[runs])
    return found[between(found, bounds)]


def between(ascending: U4, bounds: U4) -> Ints:
    """The indexes of the items that are in one of the ranges bounds[0] to bounds[1]; both ascend."""
    return _ranges(*np.searchsorted(ascending, bounds))


def _ranges(firsts: Ints, ends: Ints) -> Ints:
    """The numbers in the ranges, one after the other."""
    counts = ends - firsts
    found: Ints = np.arange(counts.sum()) + np.repeat(firsts - (np.cumsum(counts) - counts), counts)
    return found


@lru_cache(maxsize=1)
def _word_code_units() -> Bools:
    """For each of the 65,536 code units, whether it is an ASCII letter or digit, as folded."""
    table = np.zeros(1 << 16, bool)
    table[[ord(c) for c in "0123456789abcdefghijklmnopqrstuvwxyz"]] = True
    return table


def cuts_word(segment: SegmentArrays, cuts: U4) -> Bools:
    """Whether cutting the folded text before each position splits an ASCII word or number."""
    left = np.where(cuts > 0, segment.folded[cuts - (cuts > 0)], NEWLINE)
    right = segment.folded[cuts]
    words = _word_code_units()
    split: Bools = (words[left] & words[right]) | (left == _STOP) | (right == _STOP)
    return split


def bits_at(packed: U1, positions: U4 | Ints) -> Bools:
    """The bits at positions, packed as by np.packbits."""
    masks = np.right_shift(np.uint8(0x80), positions.astype(np.uint8) & np.uint8(7))
    bits: Bools = (packed.take(positions >> 3) & masks).astype(np.bool_)
    return bits


def on_word_boundaries(segment: SegmentArrays, starts: U4, ends: U4) -> Bools:
    """Whether a jieba word begins at each start, and another one (or a line's end) at each end."""
    found = bits_at(segment.word_starts, starts)
    return found & bits_at(segment.word_starts, ends)


def heading_ends(segment: SegmentArrays) -> U4:
    """For each block, where its heading ends in `folded`; where the block begins if it has none."""
    second_line = segment.line_folded[segment.block_line[:-1] + (segment.block_headed != 0)]
    ends: U4 = np.where(segment.block_headed != 0, second_line, segment.block_start[:-1])
    return ends
