"""The commonest single characters, counted by block beside an open index.

A bare chunk is often cut into words and single characters. A character's positions are those of all
the pairs that begin with it, hundreds of thousands of a common one, to be put in order and told
apart by block; counted once, it costs what its blocks cost, like the pairs of which the index keeps
such counts. A server counts them in the background: a build, which every report would wait for,
does not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.arrays.find import raw_positions
from indexer.arrays.frequent import BlockCounter
from indexer.arrays.segment import U2, Ints
from search.local.facts.columns import Place
from search.local.facts.counts import Counts

LEAST = 4_096
"""A character that stands less often is looked up as quickly."""
MOST_BYTES = 24 << 20
"""Most memory for the counts."""
_ASCII = 128


def count_singles(places: Sequence[Place], most_bytes: int = MOST_BYTES) -> None:
    """Fill `singles` of the segments, the commonest characters first, while there is room."""
    counters = [
        BlockCounter(place.arrays, place.locator, place.heading_ends, sparing=False)
        for place in places
    ]
    for code_unit in _commonest(places):
        text = chr(code_unit)
        counted = [
            _counts(place, counter.rows(raw_positions(place.arrays, text), 1))
            for place, counter in zip(places, counters, strict=True)
        ]
        most_bytes -= sum(counts.nbytes for counts in counted if counts is not None)
        if most_bytes < 0:
            return
        for place, counts in zip(places, counted, strict=True):
            if counts is not None:
                place.singles[code_unit] = counts


def _counts(place: Place, rows: U2 | None) -> Counts | None:
    return None if rows is None else Counts.of(rows, place.arrays.block_count)


def _commonest(places: Sequence[Place]) -> list[int]:
    """Characters of a code unit each, by how often they stand. ASCII is left out: not each of its
    positions is a hit."""
    totals: Ints = np.zeros(1 << 16, np.int64)
    for place in places:
        np.add.at(totals, place.arrays.pairs >> 16, np.diff(place.arrays.pair_start))
    order = np.argsort(-totals, kind="stable")
    return [
        code_unit
        for code_unit in order[totals[order] >= LEAST].tolist()
        if code_unit >= _ASCII and chr(code_unit).isalnum()
    ]
