"""Folded text as numbers to sort and tell apart by: four UTF-16 code units a key, the first uppermost."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from indexer.arrays.segment import U2, U8, Bools, Ints
from search.budget import checkpoint

IN_KEY = 4
"""Code units in a key of 64 bits."""


def packed(folded: U2, at: Ints, step: int, count: int, inside: Callable[[Ints, U2], Bools]) -> U8:
    """For each position (a column), `count` keys (rows) of the code units from it on, forwards or
    backwards (`step`). From the first that is not `inside`, told by its position and itself, they are
    zero: that sorts before everything, no folded text holds one."""
    keys = np.zeros((count, len(at)), np.uint64)
    kept = np.ones(len(at), bool)
    for key in keys:
        for _ in range(IN_KEY):
            checkpoint()
            code_units = folded.take(at, mode="clip")
            kept &= inside(at, code_units)
            key <<= np.uint64(16)
            key |= np.where(kept, code_units, np.uint16(0))
            at = at + step
    return keys
