"""The Whoosh codec: each segment of the index is one file of arrays.

Whoosh gives the table of contents, the lock, the atomic commit and the deletions; everything else
comes from the arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import groupby
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
from whoosh.codec.base import Codec, Segment
from whoosh.filedb.filestore import FileStorage

from indexer.arrays.segment import (
    ARRAYS_SUFFIX,
    U4,
    Bools,
    SegmentArrays,
    open_segment,
)
from indexer.store.run_writer import CommitWriter, RunWriter
from indexer.store.whoosh_documents import DocumentReader
from indexer.store.whoosh_terms import ArrayTermsReader
from indexer.store.whoosh_view import SegmentView


class ArraySegment(Segment):  # type: ignore[misc]
    """What the table of contents keeps of a segment: its name, its documents, the deleted ones."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._count = 0
        self._deleted: set[int] = set()

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_deleted": list(_runs(self._deleted))}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        deleted = {n for first, end in state["_deleted"] for n in range(first, end)}
        self.__dict__.update(state, _deleted=deleted)

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def should_assemble(self) -> bool:
        """Never in a compound file: the arrays are mapped where they stand."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        """Whoosh's own count: of no use, no document passes through its add_document."""

    def set_documents(self, count: int) -> None:
        """How many documents were written."""
        self._count = count

    def doc_count_all(self) -> int:
        return self._count

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Set[int]:
        return self._deleted

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if not 0 <= docnum < self._count:
            raise IndexError(f"no document {docnum} in a segment of {self._count}")
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)


def _runs(numbers: Set[int]) -> Iterator[tuple[int, int]]:
    """Ranges [first, end) of numbers that follow each other: reports are deleted as a whole."""
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1] + 1


class ArrayCodec(Codec):  # type: ignore[misc]
    """Reads segments of arrays, and has them written by RunWriter."""

    length_stats = False

    def __init__(self) -> None:
        self._writers: dict[str, RunWriter] = {}
        self._views: WeakValueDictionary[str, SegmentView] = WeakValueDictionary()

    def new_segment(self, storage: FileStorage, indexname: str) -> ArraySegment:
        return ArraySegment(indexname)

    def per_document_writer(self, storage: FileStorage, segment: ArraySegment) -> RunWriter:
        writer = RunWriter(Path(storage.folder), segment)
        self._writers[segment.segment_id()] = writer
        return writer

    def field_writer(self, storage: FileStorage, segment: ArraySegment) -> CommitWriter:
        """Whoosh asks for it right after the per-document writer."""
        return CommitWriter(self._writers.pop(segment.segment_id()))

    def per_document_reader(self, storage: FileStorage, segment: ArraySegment) -> DocumentReader:
        return DocumentReader(self._view(storage, segment), segment)

    def terms_reader(self, storage: FileStorage, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(self._view(storage, segment))

    def _view(self, storage: FileStorage, segment: ArraySegment) -> SegmentView:
        """The readers of one segment share it."""
        name = segment.segment_id()
        view = self._views.get(name)
        if view is None:
            view = self._views[name] = SegmentView(open_arrays(storage, segment))
        return view


def open_arrays(storage: FileStorage, segment: ArraySegment) -> SegmentArrays:
    """The arrays of a segment, mapped. Raises FileNotFoundError or DamagedIndexError."""
    return open_segment(arrays_path(storage, segment))


def arrays_path(storage: FileStorage, segment: ArraySegment) -> Path:
    """The segment's file."""
    return Path(storage.folder) / str(segment.make_filename(ARRAYS_SUFFIX))


def live_files(segment: ArraySegment, file_unit: U4) -> Bools:
    """Which files still live: those none of whose documents was deleted."""
    firsts = file_unit[:-1].astype(np.int64) - np.arange(len(file_unit) - 1)
    live = np.ones(len(firsts), bool)
    deleted = np.fromiter(segment.deleted_docs(), np.int64, segment.deleted_count())
    live[np.searchsorted(firsts, deleted, "right") - 1] = False
    return live
