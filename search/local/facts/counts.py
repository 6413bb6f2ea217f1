"""How often a text stands in each block of a segment, kept small: two bytes a block that holds it.

As rows (see indexer/arrays/frequent.py) the counts of one common character take ten bytes a block,
half a megabyte in 74,000 blocks; so they take a fifth of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.arrays.frequent import Frequent, unpacked
from indexer.arrays.segment import U1, U2, U4

_MOST = 0xFF


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Three counts for each block that holds the text: its hits, the aligned ones, those in its heading.

    `blocks` has a bit for each of the segment's `block_count` blocks, set where it holds the text.
    `hits` and `aligned` have an item for each such block, 255 at most. `large` are the indexes of the
    items that are greater, `large_counts` their true values (a row of hits, a row of aligned).
    `headed` are the indexes of the blocks with hits in their heading, `heading` how many.
    """

    block_count: int
    blocks: U1
    hits: U1
    aligned: U1
    large: U4
    large_counts: U2
    headed: U4
    heading: U2

    @classmethod
    def of(cls, rows: U2, block_count: int) -> Counts:
        """The counts that rows tell."""
        found = unpacked(rows)
        holding = np.zeros(block_count, bool)
        holding[found.blocks] = True
        large = np.flatnonzero(found.hits > _MOST)
        headed = np.flatnonzero(found.heading)
        return cls(
            block_count,
            np.packbits(holding),
            np.minimum(found.hits, _MOST).astype(np.uint8),
            np.minimum(found.aligned, _MOST).astype(np.uint8),
            large.astype(np.uint32),
            np.stack([found.hits[large], found.aligned[large]]),
            headed.astype(np.uint32),
            found.heading[headed],
        )

    def frequent(self) -> Frequent:
        """The counts as those of a frequent pair."""
        holding = np.unpackbits(self.blocks, count=self.block_count).view(np.bool_)
        hits, aligned = self.hits.astype(np.uint16), self.aligned.astype(np.uint16)
        hits[self.large], aligned[self.large] = self.large_counts
        heading = np.zeros(len(hits), np.uint16)
        heading[self.headed] = self.heading
        return Frequent(np.flatnonzero(holding), hits, aligned, heading)

    @property
    def nbytes(self) -> int:
        """Memory that this takes."""
        arrays = (self.blocks, self.hits, self.aligned)
        exceptions = (self.large, self.large_counts, self.headed, self.heading)
        return sum(array.nbytes for array in (*arrays, *exceptions))
