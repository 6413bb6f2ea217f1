"""The Whoosh codec: answers everything from the arrays of a segment, and writes nothing."""

from __future__ import annotations

import copyreg
from collections.abc import Mapping, Set
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn
from weakref import WeakValueDictionary

from whoosh.codec.base import Codec, Segment
from whoosh.filedb.filestore import FileStorage

from indexer.store.manifest import SegmentEntry
from indexer.store.segments import open_entry
from indexer.store.whoosh.documents import DocumentReader
from indexer.store.whoosh.schema import WRITTEN_ELSEWHERE
from indexer.store.whoosh.terms import ArrayTermsReader
from indexer.store.whoosh.view import SegmentView

_CODE = 240


class ArraySegment(Segment):  # type: ignore[misc]
    """What Whoosh knows of a segment: its name, its documents, the deleted ones."""

    def __init__(self, entry: SegmentEntry) -> None:
        super().__init__("MAIN")
        self.entry = entry

    def __getstate__(self) -> dict[str, Any]:
        entry = self.entry
        return {
            "name": entry.name,
            "documents": entry.documents,
            "bytes": entry.bytes,
            "checksum": entry.checksum,
            "deleted": entry.deleted,
        }

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__init__(SegmentEntry(**state))  # type: ignore[misc]

    def segment_id(self) -> str:
        return self.entry.name

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def should_assemble(self) -> bool:
        """Never in a compound file: the arrays are mapped where they stand."""
        return False

    def set_doc_count(self, doccount: int) -> NoReturn:
        raise NotImplementedError(WRITTEN_ELSEWHERE)

    def doc_count_all(self) -> int:
        return self.entry.documents

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Set[int]:
        return self._deleted

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> NoReturn:
        raise NotImplementedError(WRITTEN_ELSEWHERE)

    @cached_property
    def _deleted(self) -> Set[int]:
        return {number for first, end in self.entry.deleted for number in range(first, end)}


class ArrayCodec(Codec):  # type: ignore[misc]
    """Reads segments of arrays."""

    length_stats = False

    def __init__(self) -> None:
        self._views: WeakValueDictionary[str, SegmentView] = WeakValueDictionary()

    def new_segment(self, storage: FileStorage, indexname: str) -> NoReturn:
        raise NotImplementedError(WRITTEN_ELSEWHERE)

    def per_document_writer(self, storage: FileStorage, segment: ArraySegment) -> NoReturn:
        raise NotImplementedError(WRITTEN_ELSEWHERE)

    def field_writer(self, storage: FileStorage, segment: ArraySegment) -> NoReturn:
        raise NotImplementedError(WRITTEN_ELSEWHERE)

    def per_document_reader(self, storage: FileStorage, segment: ArraySegment) -> DocumentReader:
        return DocumentReader(self._view(storage, segment), segment)

    def terms_reader(self, storage: FileStorage, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(self._view(storage, segment))

    def _view(self, storage: FileStorage, segment: ArraySegment) -> SegmentView:
        """The readers of one segment share it."""
        name = segment.segment_id()
        view = self._views.get(name)
        if view is None:
            view = SegmentView(open_entry(Path(storage.folder), segment.entry))
            self._views[name] = view
        return view


# A pickle then holds the number and no import path: modules may move, whatever was pickled.
copyreg.add_extension(ArraySegment.__module__, ArraySegment.__qualname__, _CODE)
