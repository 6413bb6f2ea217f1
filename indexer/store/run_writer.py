"""Writing a segment: runs while reports come, one merge when Whoosh commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from whoosh.codec.base import FieldWriter, PerDocumentWriter

from indexer.arrays.array_file import give_back
from indexer.arrays.gather import Gatherer
from indexer.arrays.merge import merge
from indexer.arrays.prepare import PreparedReport
from indexer.arrays.segment import ARRAYS_SUFFIX, Bools, SegmentArrays, open_segment

_OTHERWISE = "an index of Gongkai takes prepared reports only: see indexer.store.writer"


class WrittenSegment(Protocol):
    """The segment that is written."""

    def segment_id(self) -> str: ...

    def set_documents(self, count: int) -> None: ...


class RunWriter(PerDocumentWriter):  # type: ignore[misc]
    """Takes reports, rejected files and whole segments; `merge` makes them the new segment.

    `documents` and `units` count what was taken so far: documents that live, folded UTF-16 units.
    `checksums`: sha256 of the file that was written, by its name.
    """

    def __init__(self, folder: Path, segment: WrittenSegment) -> None:
        self._folder = folder
        self._segment = segment
        self._path = folder / f"{segment.segment_id()}{ARRAYS_SUFFIX}"
        self._gatherer = Gatherer(self._path_of_run)
        self._absorbed: list[tuple[SegmentArrays, Bools]] = []
        self.checksums: dict[str, str] = {}
        self.documents = 0
        self.units = 0
        self.is_closed = False

    def _path_of_run(self, number: int) -> Path:
        return self._folder / f"{self._segment.segment_id()}.run{number}"

    def add(self, prepared: PreparedReport, record: Mapping[str, Any]) -> None:
        """A report with its record."""
        self._gatherer.add(prepared, record)
        self.documents += len(prepared.report.sections)
        self.units += len(prepared.folded)

    def reject(self, record: Mapping[str, Any]) -> None:
        """A file that is no report."""
        self._gatherer.reject(record)
        self.documents += 1
        self.units += 1

    def absorb(self, segment: SegmentArrays, live: Bools) -> None:
        """A segment whose files by this mask go into the new one, before all reports."""
        self._absorbed.append((segment, live))
        self.documents += int((np.diff(segment.file_unit)[live] - 1).sum())
        self.units += int(np.diff(segment.unit_start[segment.file_unit])[live].sum())

    def merge(self) -> None:
        """Write the segment. Raises LimitError or OSError; `discard` then cleans up."""
        self._gatherer.flush()
        give_back()  # a merge needs as much as the runs did, and then both would count
        runs = [open_segment(path) for path in self._gatherer.paths]
        sources = [*self._absorbed, *((run, np.ones(run.file_count, bool)) for run in runs)]
        self.checksums[self._path.name] = merge(self._path, sources)
        del runs, sources
        self._segment.set_documents(self.documents)
        self._remove_runs()

    def discard(self) -> None:
        """Nothing of the segment is left on disk."""
        self._remove_runs()
        self._path.unlink(missing_ok=True)
        self.is_closed = True

    def _remove_runs(self) -> None:
        self._absorbed.clear()
        self._gatherer.abandon()
        for path in self._gatherer.paths:
            path.unlink(missing_ok=True)
        self._gatherer = Gatherer(self._path_of_run)

    def close(self) -> None:
        """Whoosh closes at a commit and at a cancel: CommitWriter tells them apart."""
        self.is_closed = True

    def start_doc(self, docnum: int) -> None:
        raise NotImplementedError(_OTHERWISE)

    def cancel_doc(self) -> None:
        raise NotImplementedError(_OTHERWISE)

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        raise NotImplementedError(_OTHERWISE)

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        raise NotImplementedError(_OTHERWISE)

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Any) -> None:
        raise NotImplementedError(_OTHERWISE)


class CommitWriter(FieldWriter):  # type: ignore[misc]
    """Merges at a commit, discards at a cancel: only a commit hands over postings (there are none)."""

    def __init__(self, runs: RunWriter) -> None:
        self._runs = runs
        self._merged = False
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Any]) -> None:
        for _ in items:
            raise NotImplementedError(_OTHERWISE)
        self._runs.merge()
        self._merged = True

    def close(self) -> None:
        if not self._merged:
            self._runs.discard()
        self.is_closed = True
