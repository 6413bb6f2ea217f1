"""The commonest pairs carry their hits by unit: a common word costs what its sections cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indexer.arrays.array_file import Array, ArrayWriter, release
from indexer.arrays.distinct import first_of_each
from indexer.arrays.find import heading_ends, on_word_boundaries
from indexer.arrays.segment import ARRAYS, U2, U4, Ints, SegmentArrays, Tables

LEAST = 4_096
SHARE = 2_048
"""A pair is frequent where it stands LEAST times, and once in every SHARE units of the text."""
_ASCII = 128
_MOST = 0xFFFF
_ROW = 5
_AT_ONCE = 1 << 18  # positions counted at a time: some 50 bytes each


@dataclass(frozen=True, slots=True)
class Frequent:
    """Where a frequent pair stands: units ascending, and in each its hits, the aligned ones, and
    those of these in the heading.
    """

    units: Ints
    hits: U2
    aligned: U2
    heading: U2


def frequent(segment: SegmentArrays, pair: int) -> Frequent | None:
    """What is kept of a pair, None where it is not frequent."""
    key = np.uint32(pair)
    at = int(np.searchsorted(segment.frequent_pairs, key))
    if at == len(segment.frequent_pairs) or segment.frequent_pairs[at] != key:
        return None
    low, high, hits, aligned, heading = rows_of(segment, at).T
    return Frequent(high.astype(np.int64) << 16 | low, hits, aligned, heading)


def rows_of(segment: SegmentArrays, at: int) -> U2:
    """The rows of the frequent pair at a place in frequent_pairs."""
    first, end = segment.frequent_start[at : at + 2].tolist()
    return segment.frequent_rows[first * _ROW : end * _ROW].reshape(-1, _ROW)


def write_frequent(writer: ArrayWriter) -> None:
    """Add the frequent_* arrays to those of a segment."""
    arrays = dict(writer.read())
    arrays |= {name: np.zeros(0, np.uint32) for name in ARRAYS if name not in arrays}
    segment = SegmentArrays(**arrays, tables=Tables((), (), ()))
    ends = heading_ends(segment)
    pairs: list[int] = []
    starts = [0]

    def rows() -> Iterator[Array]:
        for at in _candidates(segment):
            first, end = segment.pair_start[at : at + 2].tolist()
            counted = count_pair(segment, ends, segment.positions[first:end])
            if counted is not None:
                pairs.append(int(segment.pairs[at]))
                starts.append(starts[-1] + len(counted))
                yield counted

    writer.stream("frequent_rows", np.uint16, rows())
    writer.write("frequent_pairs", np.array(pairs, np.uint32))
    writer.write("frequent_start", np.array(starts, np.uint32))


def _candidates(segment: SegmentArrays) -> list[int]:
    """Pairs that are frequent, those with ASCII aside: not each of their positions is a hit."""
    counts = np.diff(segment.pair_start)
    least = max(LEAST, len(segment.folded) // SHARE)
    plain = (segment.pairs >> 16 >= _ASCII) & (segment.pairs & 0xFFFF >= _ASCII)
    found: list[int] = np.flatnonzero((counts >= least) & plain).tolist()
    return found


def count_pair(segment: SegmentArrays, ends: U4, positions: U4) -> U2 | None:
    """The rows of a pair; None where a count is out of range."""
    rows = [_count(segment, ends, positions[some]) for some in _by_units(segment, positions)]
    if any(found is None for found in rows):
        return None
    return np.concatenate([found for found in rows if found is not None])


def _by_units(segment: SegmentArrays, positions: U4) -> Iterator[slice]:
    """Slices of some _AT_ONCE positions each, all those of a unit in one."""
    first = 0
    while first < len(positions):
        last = positions[min(first + _AT_ONCE, len(positions)) - 1]
        unit = int(np.searchsorted(segment.unit_start, last, "right"))
        end = int(np.searchsorted(positions, segment.unit_start[unit]))
        yield slice(first, end)
        release(segment.folded)  # each slice looks at another part of the text
        first = end


def _count(segment: SegmentArrays, ends: U4, positions: U4) -> U2 | None:
    of_position = np.searchsorted(segment.unit_start, positions, "right") - 1  # ascending: cheap
    aligned = on_word_boundaries(segment, positions, positions + np.uint32(2))
    heading = aligned & (positions < ends[of_position])
    firsts = first_of_each(of_position)
    hits = np.diff(firsts, append=len(positions))
    if hits.max() > _MOST:
        return None
    units = of_position[firsts]
    columns = (
        units & 0xFFFF,
        units >> 16,
        hits,
        np.add.reduceat(aligned, firsts, dtype=np.uint16),
        np.add.reduceat(heading, firsts, dtype=np.uint16),
    )
    return np.stack([column.astype(np.uint16) for column in columns], axis=1)
