"""Folded text as numbers to sort and tell apart by: four UTF-16 code units a key, the first uppermost."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from indexer.arrays.distinct import distinct
from indexer.arrays.segment import U2, U8, Bools, Ints
from search.budget import checkpoint

IN_KEY = 4
"""Code units in a key of 64 bits."""

AT_ONCE = 1 << 18
"""Keys that are sorted in one step, about."""
_SAMPLE = 4_096


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


def in_order(keys: U8, ties: Ints) -> Ints:
    """The order of the columns of `keys`, by their first row, then by the next ones, at last by `ties`.

    Of many, those are sorted together whose first keys lie between two of a sample: one sort of all of
    them would be a step of seconds.
    """
    count = keys.shape[1]
    if count <= AT_ONCE:
        return np.lexsort((ties, *keys[::-1]))
    sample = np.sort(keys[0, :: max(1, count // _SAMPLE)])
    edges = distinct(sample[:: max(1, len(sample) * AT_ONCE // count)])
    part_of = np.searchsorted(edges, keys[0], "right")
    order: list[Ints] = []
    for part in range(len(edges) + 1):
        checkpoint()
        own = np.flatnonzero(part_of == part)
        order.append(own[np.lexsort((ties[own], *keys[::-1, own]))])
    return np.concatenate(order)
