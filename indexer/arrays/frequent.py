"""The commonest pairs carry their hits by block: a common word costs what its sections cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indexer.arrays.ahead import ahead
from indexer.arrays.array_file import Array, ArrayWriter, release
from indexer.arrays.distinct import first_of_each
from indexer.arrays.find import heading_ends, on_word_boundaries
from indexer.arrays.locate import Locator, holding
from indexer.arrays.segment import ARRAYS, U2, U4, Ints, SegmentArrays, Tables

LEAST = 4_096
SHARE = 2_048
"""A pair is frequent where it stands LEAST times, and once in every SHARE code units of the text."""
_ASCII = 128
_MOST = 0xFFFF
_HEADING = np.uint32(1 << 16)  # greater than any count of aligned hits: see _counted
_ROW = 5
_NO_ROWS: U2 = np.zeros((0, _ROW), np.uint16)
_AT_ONCE = 1 << 18  # positions counted at a time: some 50 bytes each
_SPAN = 1 << 26  # code units of text that these may stand in: what is mapped of it is looked at


@dataclass(frozen=True, slots=True)
class Frequent:
    """Where a frequent pair stands: the blocks, ascending, and for each its counts: of all hits, of
    those on word boundaries (`aligned`), and of those of the aligned in its heading.
    """

    blocks: Ints
    hits: U2
    aligned: U2
    heading: U2

    def whole_words(self) -> Frequent:
        """The same counts of only the hits on word boundaries."""
        some = np.flatnonzero(self.aligned)
        aligned = self.aligned[some]
        return Frequent(self.blocks[some], aligned, aligned, self.heading[some])


def frequent(segment: SegmentArrays, pair: int) -> Frequent | None:
    """The counts of a pair that the index stores, None where it is not frequent."""
    key = np.uint32(pair)
    at = int(np.searchsorted(segment.frequent_pairs, key))
    if at == len(segment.frequent_pairs) or segment.frequent_pairs[at] != key:
        return None
    return unpacked(rows_of(segment, at))


def unpacked(rows: U2) -> Frequent:
    """Rows as arrays. A row: the low and the high half of the block, its hits, aligned and heading."""
    low, high, hits, aligned, heading = rows.T
    return Frequent(high.astype(np.int64) << 16 | low, hits, aligned, heading)


def rows_of(segment: SegmentArrays, at: int) -> U2:
    """The rows of the frequent pair whose index in frequent_pairs is `at`."""
    first, end = segment.frequent_start[at : at + 2].tolist()
    return segment.frequent_rows[first * _ROW : end * _ROW].reshape(-1, _ROW)


def write_frequent(writer: ArrayWriter) -> None:
    """Add the frequent_* arrays to those of a segment.

    They are counted from the arrays that the writer has written so far, mapped back as a segment: they
    do not fit into memory. The arrays that are still missing stand in it empty. Threads count ahead;
    `rows` writes what they found in the order of the pairs, and notes on the way, for the two small
    arrays that follow, which pairs have rows (one whose counts do not fit into 16 bits has none).
    """
    written = writer.read()
    missing = {name: np.zeros(0, kind) for name, kind in ARRAYS.items()}
    segment = SegmentArrays(
        **{**missing, **written.arrays}, tables=Tables((), (), ()), file=written
    )
    counter = BlockCounter.of(segment)
    pairs: list[int] = []
    starts = [0]

    def count(at: int) -> U2 | None:
        first, end = segment.pair_start[at : at + 2].tolist()
        return counter.rows(segment.positions[first:end])

    def rows() -> Iterator[Array]:
        candidates = _candidates(segment)
        for at, counted in zip(candidates, ahead(count, candidates), strict=True):
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


class BlockCounter:
    """Counts positions by block; `sparing` gives the memory of what is mapped back as it goes on."""

    def __init__(
        self, segment: SegmentArrays, locator: Locator, heading_ends: U4, *, sparing: bool
    ) -> None:
        self._segment = segment
        self._locator = locator
        self._heading_ends = heading_ends
        self._sparing = sparing

    @classmethod
    def of(cls, segment: SegmentArrays) -> BlockCounter:
        """A sparing one, for who goes through a whole segment."""
        return cls(segment, Locator(segment.block_start), heading_ends(segment), sparing=True)

    def rows(self, positions: U4, length: int = 2) -> U2 | None:
        """The rows of a text of `length` code units that stands at these positions; None where a
        count is out of range."""
        found = [self._counted(positions[some], length) for some in self._by_blocks(positions)]
        rows = [some for some in found if some is not None]
        return np.concatenate([_NO_ROWS, *rows]) if len(rows) == len(found) else None

    def _by_blocks(self, positions: U4) -> Iterator[slice]:
        """Slices of about _AT_ONCE positions each; no block's positions are in two of them."""
        starts = self._segment.block_start
        first = 0
        while first < len(positions):
            last = positions[min(first + _AT_ONCE, len(positions)) - 1]
            near = min(int(last), int(positions[first]) + _SPAN)
            block = int(holding(starts, np.array(near))) + 1
            end = int(np.searchsorted(positions, starts[block]))
            yield slice(first, end)
            if self._sparing:
                release(self._segment.folded)  # each slice looks at another part of the text
            first = end

    def _counted(self, positions: U4, length: int) -> U2 | None:
        """The rows of some positions, which ascend; None where a count does not fit into 16 bits."""
        of_position = self._locator.blocks(positions)
        aligned = on_word_boundaries(self._segment, positions, positions + np.uint32(length))
        heading = aligned & (positions < self._heading_ends.take(of_position))
        firsts = first_of_each(of_position)
        hits = np.diff(firsts, append=len(positions))
        if hits.max() > _MOST:
            return None
        # Two sums in one: those of `aligned` in the low 16 bits, those of `heading` above them.
        both = np.add.reduceat(aligned + heading * _HEADING, firsts)
        blocks = of_position.take(firsts)
        columns = (blocks & _MOST, blocks >> 16, hits, both & _MOST, both >> 16)
        return np.stack([column.astype(np.uint16) for column in columns], axis=1)
