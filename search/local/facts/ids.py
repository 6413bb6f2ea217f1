"""Which report an id leads to: its own, one that it had before, or that of a copy of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from indexer.arrays.records import read_record, state_of
from indexer.arrays.segment import Bools, SegmentArrays
from indexer.model import report_id

_CHAIN = 64
"""A copy of a copy of a copy, at most: of a report that was added under earlier and earlier names."""


class Ids:
    """The ids of all files. `segments`: each with the number of its first file; `live`: which files are
    there; `present`: which of them are reports."""

    def __init__(
        self, segments: Sequence[tuple[SegmentArrays, int]], live: Bools, present: Bools
    ) -> None:
        self._segments = segments
        self._live = live
        self._present = present

    def file_of(self, wanted: str) -> int | None:
        """The file of a report, by its id, or by one it had at an earlier path; of a copy of a report
        the file of that."""
        for _ in range(_CHAIN):
            if not re.fullmatch("[0-9a-f]{12}", wanted):
                return None
            wanted, found = self._step(np.uint64(int(wanted, 16)))
            if found is not None:
                return found
        return None

    def _step(self, wanted: np.uint64) -> tuple[str, int | None]:
        """The report of an id; or the id of what it is a copy of, "" for nothing of either.

        An id in use, be it a copy's, is nobody's former one.
        """
        for files in (self._own(wanted), self._former(wanted)):
            for arrays, first, file in files:
                if self._present[first + file]:
                    return "", first + file
                copy_of = self._live[first + file] and _copied(arrays, file)
                if copy_of:
                    return report_id(copy_of), None
        return "", None

    def _own(self, wanted: np.uint64) -> Iterator[tuple[SegmentArrays, int, int]]:
        for arrays, first in self._segments:
            for file in np.flatnonzero(arrays.file_id == wanted).tolist():
                yield arrays, first, file

    def _former(self, wanted: np.uint64) -> Iterator[tuple[SegmentArrays, int, int]]:
        for arrays, first in self._segments:
            for file in arrays.former_file[arrays.former_id == wanted].tolist():
                yield arrays, first, file

    def copies(self, source: str) -> tuple[str, ...]:
        """The sources of the files that are copies of the report of a source."""
        return tuple(sorted(self._copies.get(source, ())))

    @cached_property
    def _copies(self) -> dict[str, list[str]]:
        copied: dict[str, str] = {}
        for arrays, first in self._segments:
            files = slice(first, first + arrays.file_count)
            for file in np.flatnonzero(self._live[files] & ~self._present[files]).tolist():
                if copy_of := _copied(arrays, file):
                    copied[read_record(arrays, file)["source"]] = copy_of
        found: dict[str, list[str]] = {}
        for source, copy_of in copied.items():
            for _ in range(_CHAIN):
                copy_of = copied.get(copy_of, copy_of)
            found.setdefault(copy_of, []).append(source)
        return found


def _copied(arrays: SegmentArrays, file: int) -> str:
    """The source of what a file is a copy of, "" for none."""
    return state_of(read_record(arrays, file)).copy_of
