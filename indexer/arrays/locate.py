"""Which unit a position stands in, for many positions at once.

A bit for each position where a unit begins, and the number of bits before each word of 64: a
rank structure (Jacobson, 1989). Two look-ups a position, where bisection takes seventeen.
"""

from __future__ import annotations

import numpy as np

from indexer.arrays.segment import U4, U8, Ints

_ALL = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
_FEW = 256


def holding(starts: U4, positions: U4 | Ints) -> Ints:
    """Of parts that begin at the starts, which ascend, the one that holds each position.

    numpy would convert all the starts where the positions are of another type.
    """
    return np.searchsorted(starts, positions.astype(starts.dtype), "right") - 1


class Locator:
    """Looks up the units of positions; built from where the units begin and the last one ends."""

    def __init__(self, starts: U4) -> None:
        self._starts = starts
        lengths = np.diff(starts)
        self._filled = np.flatnonzero(lengths)  # empty units hold no position
        begins = starts[:-1][self._filled]
        self._words: U8 = np.zeros((int(starts[-1]) >> 6) + 1, np.uint64)
        np.add.at(self._words, begins >> 6, np.uint64(1) << (begins & 63).astype(np.uint64))
        self._before = np.zeros(len(self._words), np.uint32)
        np.cumsum(np.bitwise_count(self._words[:-1]), out=self._before[1:])
        self._dense = len(self._filled) == len(lengths)

    def units(self, positions: U4) -> Ints:
        """The unit of each position."""
        if len(positions) < _FEW:
            return holding(self._starts, positions)
        words = positions >> np.uint32(6)
        upto = _ALL >> (np.uint64(63) - (positions & np.uint32(63)))
        ranks = (
            self._before.take(words)
            + np.bitwise_count(self._words.take(words) & upto)
            - np.uint32(1)
        )
        units: Ints = ranks if self._dense else self._filled.take(ranks)
        return units
