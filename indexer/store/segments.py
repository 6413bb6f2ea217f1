"""The segments of a generation, opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.arrays.array_file import damaged
from indexer.arrays.segment import U4, Bools, SegmentArrays, open_segment
from indexer.store.manifest import Manifest, SegmentEntry


@dataclass(frozen=True, slots=True)
class LiveSegment:
    """A segment, and which of its files were not replaced or removed since it was written."""

    arrays: SegmentArrays
    live: Bools


def open_entry(folder: Path, entry: SegmentEntry) -> SegmentArrays:
    """The arrays of a segment, mapped. Raises OSError, or DamagedIndexError where the file is not
    the one that the manifest means."""
    path = folder / entry.file
    arrays = open_segment(path)
    if (arrays.file.checksum, arrays.document_count) != (entry.checksum, entry.documents):
        raise damaged(path)
    return arrays


def open_segments(folder: Path, manifest: Manifest) -> Iterator[LiveSegment]:
    """The segments of a generation. Raises as `open_entry`."""
    for entry in manifest.segments:
        arrays = open_entry(folder, entry)
        yield LiveSegment(arrays, live_files(entry.deleted, arrays.file_block))


def live_files(deleted: Iterable[tuple[int, int]], file_block: U4) -> Bools:
    """Which files still live: those none of whose documents was deleted."""
    documents = file_block.astype(np.int64) - np.arange(len(file_block))
    live = np.ones(len(documents) - 1, bool)
    for first, end in deleted:
        touched = np.searchsorted(documents[1:], first, "right")
        live[touched : np.searchsorted(documents[:-1], end)] = False
    return live


def deleted_documents(live: Bools, file_block: U4) -> tuple[tuple[int, int], ...]:
    """The documents of the files that do not live, as ranges [first, end)."""
    documents = file_block.astype(np.int64) - np.arange(len(file_block))
    edges = np.flatnonzero(np.diff(~live, prepend=False, append=False))
    return tuple((first, end) for first, end in documents[edges].reshape(-1, 2).tolist())
