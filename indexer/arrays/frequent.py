"""The commonest pairs carry their hits by unit: a common word costs what its sections cost."""

from __future__ import annotations

from typing import Any

import numpy as np

from indexer.arrays.array_file import Array, ArrayWriter, release
from indexer.arrays.find import heading_ends, on_word_boundaries
from indexer.arrays.locate import Locator
from indexer.arrays.segment import ARRAYS, U2, U4, Ints, SegmentArrays, Tables

LEAST = 4_096
SHARE = 2_048
"""A pair is frequent where it stands LEAST times, and once in every SHARE units of the text."""
_ASCII = 128
_MOST = 0xFFFF


def write_frequent(writer: ArrayWriter) -> None:
    """Add the frequent_* arrays to those of a segment."""
    arrays = dict(writer.read())
    arrays |= {name: np.zeros(0, np.uint32) for name in ARRAYS if name not in arrays}
    segment = SegmentArrays(**arrays, tables=Tables((), (), ()))
    locator = Locator(segment.unit_start)
    pairs: list[int] = []
    found: list[tuple[U4, U2, U2, U2]] = []
    for at in _candidates(segment):
        first, end = segment.pair_start[at : at + 2].tolist()
        counted = _counted(segment, locator, segment.positions[first:end])
        release(segment.folded)
        if counted is not None:
            pairs.append(int(segment.pairs[at]))
            found.append(counted)
    writer.write("frequent_pairs", np.array(pairs, np.uint32))
    lengths = [0, *(len(units) for units, *_ in found)]
    writer.write("frequent_start", np.cumsum(lengths).astype(np.uint32))
    names: tuple[tuple[str, Any], ...] = (
        ("unit", np.uint32),
        ("hits", np.uint16),
        ("aligned", np.uint16),
        ("heading", np.uint16),
    )
    for number, (name, dtype) in enumerate(names):
        parts: list[Array] = [counted[number] for counted in found]
        writer.write(f"frequent_{name}", np.zeros(0, dtype), *parts)


def _candidates(segment: SegmentArrays) -> list[int]:
    """Pairs that are frequent, those with ASCII aside: not each of their positions is a hit."""
    counts = np.diff(segment.pair_start)
    least = max(LEAST, len(segment.folded) // SHARE)
    plain = (segment.pairs >> 16 >= _ASCII) & (segment.pairs & 0xFFFF >= _ASCII)
    found: list[int] = np.flatnonzero((counts >= least) & plain).tolist()
    return found


def _counted(
    segment: SegmentArrays, locator: Locator, positions: U4
) -> tuple[U4, U2, U2, U2] | None:
    """Units, hits, aligned hits, and those in the heading; None where a count is out of range."""
    of_position = locator.units(positions)
    aligned = on_word_boundaries(segment, positions, positions + np.uint32(2))
    heading = aligned & (positions < heading_ends(segment)[of_position])
    firsts = first_of_each(of_position)
    hits = np.diff(firsts, append=len(positions))
    if hits.max() > _MOST:
        return None
    return (
        of_position[firsts].astype(np.uint32),
        hits.astype(np.uint16),
        np.add.reduceat(aligned, firsts, dtype=np.uint16),
        np.add.reduceat(heading, firsts, dtype=np.uint16),
    )


def first_of_each(ascending: Ints | U4) -> Ints:
    """Where each run of equal values begins."""
    return np.flatnonzero(
        np.concatenate([[True], ascending[1:] != ascending[:-1]])[: len(ascending)]
    )
