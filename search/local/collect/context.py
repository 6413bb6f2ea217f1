"""Hits in the order of what stands beside them: few of very many are wanted, a page of them.

Folded text is compared by its UTF-16 code units (`keys.py`); the end of a line sorts before everything.
"""

from __future__ import annotations

import numpy as np

from indexer.arrays.segment import NEWLINE, U2, U8, Bools, Ints
from search.budget import checkpoint
from search.local.collect.keys import IN_KEY, in_order, packed
from search.local.collect.located import LocatedHits
from search.local.facts.columns import Columns
from search.spread import Side

CODE_UNITS = 12
"""Folded code units of context that decide."""


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
    checkpoint()
    low, high = np.partition(keys, (first, end - 1))[[first, end - 1]]
    before = int(np.count_nonzero(keys < low))
    checkpoint()
    near = hits.at(np.flatnonzero((keys >= low) & (keys <= high)))
    keys = _keys(columns, near, side, CODE_UNITS // IN_KEY)
    checkpoint()
    order = in_order(keys, rank[near.files(columns)])
    return near.at(order[first - before : end - before])


def _keys(columns: Columns, hits: LocatedHits, side: Side, count: int) -> U8:
    """For each hit (a column), its keys (`count` rows): the code units nearest to it are in the first."""
    keys = np.zeros((count, len(hits)), np.uint64)
    for number, part in hits.by_segment(len(columns.segments)):
        if side == "right":
            at, step = hits.ends[part].astype(np.int64), 1
        else:
            at, step = hits.starts[part].astype(np.int64) - 1, -1
        folded = columns.segments[number].arrays.folded
        keys[:, part] = packed(folded, at, step, count, _in_line)
    return keys


def _in_line(at: Ints, code_units: U2) -> Bools:
    inside: Bools = (code_units != NEWLINE) & (at >= 0)
    return inside
