"""Equal values: found by sorting, which numpy's own unique no longer does (it hashes, far slower)."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.segment import Ints

_Item = TypeVar("_Item", bound=np.generic)


def first_of_each(ascending: NDArray[Any]) -> Ints:
    """Where each run of equal values begins."""
    return np.flatnonzero(
        np.concatenate([[True], ascending[1:] != ascending[:-1]])[: len(ascending)]
    )


def distinct(values: NDArray[_Item]) -> NDArray[_Item]:
    """Each value once, ascending."""
    ordered = np.sort(values)
    return ordered[first_of_each(ordered)]
