"""The reports of a generation as their likenesses are found: living ones, in order, each with its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.arrays.segment import REJECTED, U2, Ints, SegmentArrays
from indexer.likeness.measure import MAX_CHARACTERS, MAX_LINES
from indexer.store.segments import LiveSegment


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Reports, each by the number of its segment and its file there."""

    segments: Sequence[SegmentArrays]
    segment: Ints
    file: Ints

    def __len__(self) -> int:
        return len(self.file)

    def ids(self) -> list[int]:
        """For each, its 12 hex digits as a number."""
        return [
            int(self.segments[segment].file_id[file])
            for segment, file in zip(self.segment.tolist(), self.file.tolist(), strict=True)
        ]

    def folded(self, report: int) -> U2:
        """The folded lines of a report, in UTF-16 code units. Raises DamagedIndexError."""
        arrays = self.segments[int(self.segment[report])]
        start, end = arrays.line_folded[list(self._lines(report))].tolist()
        arrays.file.require("folded", start, end)
        return arrays.folded[start:end]

    def begins(self, report: int) -> int:
        """Where its folded lines begin in those of its segment, in code units."""
        arrays = self.segments[int(self.segment[report])]
        return int(arrays.line_folded[self._lines(report)[0]])

    def too_long(self, report: int) -> bool:
        """Whether it is too long to be compared with any other."""
        arrays = self.segments[int(self.segment[report])]
        first, end = self._lines(report)
        units = int(arrays.line_printed[end]) - int(arrays.line_printed[first])
        return units - 1 > MAX_CHARACTERS or end - first > MAX_LINES

    def _lines(self, report: int) -> tuple[int, int]:
        arrays, file = self.segments[int(self.segment[report])], int(self.file[report])
        first, end = arrays.block_line[arrays.file_block[file : file + 2]].tolist()
        return first, end


def texts(segments: Sequence[LiveSegment]) -> Texts:
    """The reports of these segments."""
    files = [
        np.flatnonzero(segment.live & (segment.arrays.file_genre != REJECTED))
        for segment in segments
    ]
    return Texts(
        [segment.arrays for segment in segments],
        np.repeat(np.arange(len(files)), [len(each) for each in files]),
        np.concatenate([np.zeros(0, np.int64), *files]),
    )
