"""For many positions at once, the block that each stands in.

A table tells the block at every 128th position (of `bits` 7); from there it is a step or two. Bisection takes three
to six times as long, and a rank structure (a bit for each position; Jacobson, 1989) twice, in seven
times the memory.
"""

from __future__ import annotations

import numpy as np

from indexer.arrays.segment import U4, Ints


def holding(starts: U4, positions: U4 | Ints) -> Ints:
    """For each position, the number of the part that holds it, where parts begin at `starts` (ascending).

    numpy would convert all the starts where the positions are of another type.
    """
    return np.searchsorted(starts, positions.astype(starts.dtype), "right") - 1


class Locator:
    """Looks up the blocks of positions; built from where the blocks begin and the last one ends."""

    def __init__(self, starts: U4, bits: int = 7) -> None:
        self._ends = starts[1:]
        self._bits = np.uint32(bits)
        steps = np.arange(0, int(starts[-1]), 1 << bits, dtype=np.uint32)
        self._at_step: U4 = holding(starts, steps).astype(np.uint32)

    def blocks(self, positions: U4) -> U4:
        """The block of each position."""
        blocks: U4 = self._at_step.take(positions >> self._bits)
        later = np.flatnonzero(self._ends.take(blocks) <= positions)
        while len(later):
            following = blocks.take(later) + np.uint32(1)
            blocks[later] = following
            later = later[self._ends.take(following) <= positions.take(later)]
        return blocks
