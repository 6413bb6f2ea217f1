"""Hits in the order of what stands beside them: few of very many are wanted, a page of them.

Folded text is compared by its UTF-16 code units, four packed into a key; the end of a line sorts
before everything.
"""

from __future__ import annotations

import numpy as np

from indexer.arrays.segment import NEWLINE, U8, Ints, SegmentArrays
from search.local.collect.located import LocatedHits
from search.local.facts.columns import Columns
from search.spread import Side

CODE_UNITS = 12
"""Folded code units of context that decide."""
_IN_KEY = 4


def sorted_part(
    columns: Columns, hits: LocatedHits, rank: Ints, side: Side, first: int, end: int
) -> LocatedHits:
    """Hits [first, end) in the order of their context on one side, then of their files' rank.

    `hits` are in order of segments and positions. All are looked at for the first key; only those
    that may stand in the part are sorted by all of them.
    """
    end = min(end, len(hits))
    if first >= end:
        return hits.at(np.zeros(0, np.int64))
    keys = _keys(columns, hits, side, 1)[0]
    low, high = np.partition(keys, (first, end - 1))[[first, end - 1]]
    before = int(np.count_nonzero(keys < low))
    near = hits.at(np.flatnonzero((keys >= low) & (keys <= high)))
    keys = _keys(columns, near, side, CODE_UNITS // _IN_KEY)
    order = np.lexsort((rank[near.files(columns)], *keys[::-1]))
    return near.at(order[first - before : end - before])


def _keys(columns: Columns, hits: LocatedHits, side: Side, count: int) -> U8:
    """For each hit (a column), its keys (`count` rows): the code units nearest to it are in the first."""
    keys = np.zeros((count, len(hits)), np.uint64)
    for number, part in hits.by_segment(len(columns.segments)):
        if side == "right":
            at, step = hits.ends[part].astype(np.int64), 1
        else:
            at, step = hits.starts[part].astype(np.int64) - 1, -1
        _fill(columns.segments[number].arrays, at, step, keys[:, part])
    return keys


def _fill(segment: SegmentArrays, at: Ints, step: int, keys: U8) -> None:
    """Fill in the keys of the code units from each position on, forwards or backwards (`step`); beyond
    the line they are zero."""
    inside = np.ones(len(at), bool)
    for key in keys:
        for _ in range(_IN_KEY):
            code_units = segment.folded.take(at, mode="clip")
            inside &= (code_units != NEWLINE) & (at >= 0)
            key <<= np.uint64(16)
            key |= np.where(inside, code_units, np.uint16(0))
            at = at + step
