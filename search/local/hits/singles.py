"""The commonest single characters, counted by block beside an open index.

A bare chunk is often cut into words and single characters. The positions of a character are those of
all the pairs that begin with it: of a common one hundreds of thousands, which each query would sort
and count by block. Counted once, it costs what its blocks cost, like the pairs whose counts the index
stores. A server counts them in the background, so that no build has to wait for them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.arrays.find import raw_positions
from indexer.arrays.frequent import BlockCounter
from indexer.arrays.segment import U2, Ints
from search.local.facts.columns import SearchSegment
from search.local.facts.counts import Counts

LEAST = 4_096
"""A character that stands less often is looked up as quickly."""
MOST_BYTES = 24 << 20
"""Most memory for the counts."""
_ASCII = 128


def count_singles(segments: Sequence[SearchSegment], most_bytes: int = MOST_BYTES) -> None:
    """Fill `singles` of the segments, the commonest characters first, while there is room."""
    counters = [
        BlockCounter(searched.arrays, searched.locator, searched.heading_ends, sparing=False)
        for searched in segments
    ]
    for code_unit in _commonest(segments):
        text = chr(code_unit)
        counted = [
            _counts(searched, counter.rows(raw_positions(searched.arrays, text), 1))
            for searched, counter in zip(segments, counters, strict=True)
        ]
        most_bytes -= sum(counts.nbytes for counts in counted if counts is not None)
        if most_bytes < 0:
            return
        for searched, counts in zip(segments, counted, strict=True):
            if counts is not None:
                searched.singles[code_unit] = counts


def _counts(searched: SearchSegment, rows: U2 | None) -> Counts | None:
    return None if rows is None else Counts.of(rows, searched.arrays.block_count)


def _commonest(segments: Sequence[SearchSegment]) -> list[int]:
    """The commonest characters of one code unit, the most frequent first. ASCII is left out: not every
    position of it is a hit (see find.cuts_word)."""
    totals: Ints = np.zeros(1 << 16, np.int64)
    for searched in segments:
        np.add.at(totals, searched.arrays.pairs >> 16, np.diff(searched.arrays.pair_start))
    order = np.argsort(-totals, kind="stable")
    return [
        code_unit
        for code_unit in order[totals[order] >= LEAST].tolist()
        if code_unit >= _ASCII and chr(code_unit).isalnum()
    ]
