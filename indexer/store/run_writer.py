"""Writing a segment: runs while reports come, one merge at the commit."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from indexer.arrays.array_file import give_back
from indexer.arrays.gather import Gatherer
from indexer.arrays.merge import merge
from indexer.arrays.prepare import PreparedReport
from indexer.arrays.segment import ARRAYS_SUFFIX, REJECTED, Bools, SegmentArrays, open_segment
from indexer.store.directory import fingerprint
from indexer.store.manifest import SegmentEntry
from indexer.store.reader import KnownFile, known_file
from indexer.store.resumed import Resumed


class RunWriter:
    """Takes reports, rejected files and whole segments; `merge` makes them a new segment.

    `documents` and `code_units` count what was taken so far: the documents that live, and the UTF-16
    code units of the folded text.
    """

    def __init__(self, folder: Path, resumed: Resumed | None = None) -> None:
        self._folder = folder
        self._resumed = resumed
        self._name = f"segment-{secrets.token_hex(8)}"
        self._path = folder / (self._name + ARRAYS_SUFFIX)
        self._gatherer = Gatherer(self._path_of_run, fingerprint())
        self._absorbed: list[tuple[SegmentArrays, Bools]] = []
        self._left_out: dict[Path, Bools] = {}
        self.documents = 0
        self.code_units = 0

    def _path_of_run(self, number: int) -> Path:
        return self._folder / f"{self._name}.run{number}"

    def add(self, prepared: PreparedReport, record: Mapping[str, Any]) -> None:
        """A report with its record."""
        self._gatherer.add(prepared, record)
        self.documents += len(prepared.report.sections)
        self.code_units += len(prepared.folded)

    def reject(self, record: Mapping[str, Any]) -> None:
        """A file that is no report."""
        self._gatherer.reject(record)
        self.documents += 1
        self.code_units += 1

    def take_over(self, source: str) -> None:
        """A file as a run that was killed had read it."""
        assert self._resumed is not None
        documents, code_units = self._resumed.take(source)
        self.documents += documents
        self.code_units += code_units

    def absorb(self, segment: SegmentArrays, live: Bools) -> None:
        """A segment whose files by this mask go into the new one, before all reports."""
        self._absorbed.append((segment, live))
        self.documents += int((np.diff(segment.file_block)[live] - 1).sum())
        self.code_units += int(np.diff(segment.block_start[segment.file_block])[live].sum())

    def merge(self) -> SegmentEntry:
        """Write the segment, durably. Raises LimitError or OSError; `discard` then cleans up."""
        self._gatherer.flush()
        give_back()  # a merge needs as much as the runs did, and then both would count
        checksum = merge(self._path, self._sources())
        self._remove_runs()
        return SegmentEntry(self._name, self.documents, self._path.stat().st_size, checksum)

    def drop(self, sources: Collection[str]) -> dict[str, KnownFile]:
        """Leave reports out that were taken: what is known of them. To be called once."""
        self._gatherer.flush()
        dropped: dict[str, KnownFile] = {}
        for run, live in self._runs():
            left_out = np.zeros(run.file_count, bool)
            for file in np.flatnonzero(live & (run.file_genre != REJECTED)).tolist():
                source, known = known_file(run, file)
                if source in sources:
                    left_out[file] = True
                    dropped[source] = known
            first, end = run.file_block[:-1][left_out], run.file_block[1:][left_out]
            self.documents -= int((end - first).sum()) - len(first)
            self.code_units -= int((run.block_start[end] - run.block_start[first]).sum())
            self._left_out[run.file.path] = left_out
        return dropped

    def _runs(self) -> list[tuple[SegmentArrays, Bools]]:
        """All runs, and which of their files were taken and not dropped."""
        written = [open_segment(path) for path in self._gatherer.paths]
        resumed = self._resumed.taken() if self._resumed else []
        runs = [*resumed, *((run, np.ones(run.file_count, bool)) for run in written)]
        none = np.zeros(1, bool)
        return [(run, live & ~self._left_out.get(run.file.path, none)) for run, live in runs]

    def _sources(self) -> list[tuple[SegmentArrays, Bools]]:
        return [*self._absorbed, *((run, live) for run, live in self._runs() if live.any())]

    def keep(self) -> None:
        """Leave what was read in runs, which the next run takes over. Raises OSError."""
        self._path.unlink(missing_ok=True)
        self._gatherer.flush()
        self._gatherer.abandon()

    def discard(self) -> None:
        """Nothing of the segment is left on disk."""
        self._remove_runs()
        self._path.unlink(missing_ok=True)

    def _remove_runs(self) -> None:
        self._absorbed.clear()
        self._gatherer.abandon()
        for path in self._gatherer.paths:
            with contextlib.suppress(
                OSError
            ):  # on Windows, still mapped: the next commit removes it
                path.unlink(missing_ok=True)
