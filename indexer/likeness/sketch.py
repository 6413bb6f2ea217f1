"""Some of a report's units in the place of all: a sketch, by which reports that may be alike are found.

Of the hashes the smallest are kept: one in RATE, and LEAST_KEPT at least. So two sketches have kept the
same of what two reports have in common, up to the smaller of their bounds, however long they are (FracMinHash:
Irber et al. 2022). MinHash proper tells how alike two sets are as a whole, and nothing of a short text
within a long one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.arrays.distinct import distinct
from indexer.arrays.segment import U4
from indexer.likeness.units import Units

RATE = 32
"""One in so many hashes is kept."""
LEAST_KEPT = 64
"""So many are kept of any report, if it has them."""
ALL = (1 << 32) - 1
"""The bound of a sketch that holds every unit."""

_BOUND = np.uint64((1 << 64) // RATE)
_LOW = np.uint64((1 << 32) - 1)
_HIGH = np.uint64(32)


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """`values`: the low 32 bits of the hashes kept, by hash; `bound`: the high 32 bits of the largest one,
    or ALL. `digest`: 64 bits that tell the text; `characters`: code points of the fold."""

    values: U4
    bound: int
    digest: int
    characters: int


def sketch(units: Units) -> Sketch:
    """The sketch of a report."""
    hashes = units.hashes
    kept = distinct(hashes[hashes < _BOUND])
    bound = int(_BOUND >> _HIGH)
    if len(kept) < LEAST_KEPT:
        smallest = distinct(hashes)
        kept = smallest[:LEAST_KEPT]
        bound = ALL if len(smallest) <= LEAST_KEPT else int(kept[-1] >> _HIGH)
    return Sketch((kept & _LOW).astype(np.uint32), bound, _digest(units), units.characters)


def _digest(units: Units) -> int:
    """Other text, or the same in another order, has another one."""
    places = np.arange(1, 2 * len(units.hashes), 2, dtype=np.uint64)
    return int((units.hashes * places).sum(dtype=np.uint64))
