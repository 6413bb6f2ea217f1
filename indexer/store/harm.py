"""What has changed in a segment since it was written, and which reports that touches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from indexer.arrays.array_file import Array, damaged, release, release_part
from indexer.arrays.checksums import PIECE
from indexer.arrays.records import read_record
from indexer.arrays.segment import BULK, REJECTED, Bools, SegmentArrays
from indexer.errors import DamagedIndexError
from indexer.messages import Message
from indexer.store.segments import LiveSegment

_TOGETHER = 256
"""Pieces that are looked at before the memory that they took is given back."""
_AT_A_STEP = 32
"""Pieces of a step of `look_again`: 2 MiB, some two thousandths of a second."""
_SHOWN = 5
"""Reports that are named."""
_TEXTS = {"folded": 1, "printed": 1, "word_starts": 8, "kept": 8}
"""Code units that an item of an array stands for."""


class Harm(NamedTuple):
    """How many reports are touched, and the sources of some."""

    reports: int
    shown: tuple[str, ...]


def verify_segment(segment: LiveSegment) -> None:
    """Look at every piece of a segment's file that was not looked at yet.

    Raises a DamagedIndexError that names the file and the reports that are touched.
    """
    pieces = segment.arrays.file.pieces
    count = len(pieces.seen)
    for first in range(0, count, _TOGETHER):
        found = pieces.first_damaged(range(first, min(count, first + _TOGETHER)))
        release(segment.arrays.folded)
        if found is not None:
            raise harmed(segment)


def look_again(segment: LiveSegment) -> Iterator[None]:
    """Look at every piece of a segment's file, seen before or not, some at each step.

    Raises a DamagedIndexError as `verify_segment` does.
    """
    pieces = segment.arrays.file.pieces
    for start in range(0, pieces.size, _AT_A_STEP * PIECE):
        end = min(pieces.size, start + _AT_A_STEP * PIECE)
        changed = pieces.damaged(start, end)
        release_part(pieces.data, start, end)
        if changed:
            raise harmed(segment)
        yield


def trust(segments: Sequence[LiveSegment], looked_at: Sequence[LiveSegment]) -> None:
    """What was looked at of files that are mapped elsewhere, too, need not be looked at again."""
    known = {segment.arrays.file.path: segment.arrays.file for segment in looked_at}
    for segment in segments:
        file = segment.arrays.file
        there = known.get(file.path)
        if there is not None and there.checksum == file.checksum:
            file.pieces.seen[:] = there.pieces.seen


def harmed(segment: LiveSegment) -> DamagedIndexError:
    """What to say of a segment that is not what was written."""
    path, harm = segment.arrays.file.path, harm_of(segment)
    if not harm.reports:
        return damaged(path)
    return DamagedIndexError(
        Message("segment_damaged", path=str(path), reports=harm.reports, shown=harm.shown),
        hint=Message("rebuild_hint"),
    )


def harm_of(segment: LiveSegment) -> Harm:
    """Which reports are touched by all that has changed."""
    arrays = segment.arrays
    changed = arrays.file.pieces.damaged(0, arrays.file.pieces.size)
    there = segment.live & (arrays.file_genre != REJECTED)
    files = np.flatnonzero(there & _touched(arrays, changed)).tolist()
    return Harm(len(files), tuple(_sources(arrays, files)))


def _touched(arrays: SegmentArrays, changed: Sequence[int]) -> Bools:
    """The files whose part of some array lies in a piece that has changed. Who looks for text needs the
    positions and counts of all."""
    touched = np.zeros(arrays.file_count, bool)
    for name in BULK:
        start, end = arrays.file.byte_ranges[name]
        for at in changed:
            first, last = max(at, start) - start, min(at + PIECE, end) - start - 1
            if first <= last:
                size = getattr(arrays, name).itemsize
                touched[slice(*_files(arrays, name, first // size, last // size))] = True
    return touched


def _files(arrays: SegmentArrays, name: str, first: int, last: int) -> tuple[int, int]:
    """The files [first, end) that have some of the items from `first` to `last` of an array."""
    starts: Array
    if name == "records":
        starts = arrays.record_start
    elif name in ("folded", "word_starts"):
        starts = arrays.block_start[arrays.file_block]
    elif name in ("printed", "kept"):
        starts = arrays.line_printed[arrays.block_line[arrays.file_block]]
    else:
        return 0, arrays.file_count
    units = _TEXTS.get(name, 1)
    bounds = np.array([first * units, (last + 1) * units - 1], starts.dtype)
    begin, end = np.searchsorted(starts, bounds, "right").tolist()
    return max(0, begin - 1), end


def _sources(arrays: SegmentArrays, files: Sequence[int]) -> Iterator[str]:
    """The sources of some of the files; of one whose record is damaged, its id."""
    for file in files[:_SHOWN]:
        try:
            yield str(read_record(arrays, file)["source"])
        except DamagedIndexError:
            yield f"{int(arrays.file_id[file]):012x}"
