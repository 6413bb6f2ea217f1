"""What a run that was killed had read: its runs are taken over by the next one, file by file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from indexer.arrays.gather import run_made_with
from indexer.arrays.segment import Bools, SegmentArrays, open_segment
from indexer.errors import DamagedIndexError
from indexer.store.directory import fingerprint
from indexer.store.reader import KnownFile, known_file

_RUN = re.compile(r"segment-[0-9a-f]{16}\.run\d+")


class Resumed:
    """The runs that a killed run left whole, of this installation's making.

    `files`: what they hold, by source. Nothing of it is in the index until it is taken.
    """

    def __init__(self, folder: Path) -> None:
        self._runs = list(_whole_runs(folder))
        self.names = frozenset(run.file.path.name for run in self._runs)
        self.files: dict[str, KnownFile] = {}
        self._places: dict[str, tuple[SegmentArrays, int]] = {}
        self._taken: dict[str, tuple[SegmentArrays, Bools]] = {}
        for run in self._runs:
            for number in range(run.file_count):
                source, known = known_file(run, number)
                self.files[source] = known
                self._places[source] = run, number

    def take(self, source: str) -> tuple[int, int]:
        """Take a file over: its documents, and the code units of its folded text."""
        run, number = self._places[source]
        _, live = self._taken.setdefault(run.file.path.name, (run, np.zeros(run.file_count, bool)))
        live[number] = True
        first, end = run.file_block[number : number + 2].tolist()
        return len(run.documents(number)), int(run.block_start[end] - run.block_start[first])

    def taken(self) -> list[tuple[SegmentArrays, Bools]]:
        """The runs with the files that were taken, in the order in which they were."""
        return list(self._taken.values())


def _whole_runs(folder: Path) -> Iterator[SegmentArrays]:
    """Those that are whole, to the last byte; a run is not synced, and the kill may have cut it off."""
    made_with: Mapping[str, str] = fingerprint()
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not _RUN.fullmatch(path.name):
            continue
        try:
            run = open_segment(path)
        except (OSError, DamagedIndexError):
            continue
        if run_made_with(run.file) == made_with and not run.file.pieces.damaged(
            0, run.file.pieces.size
        ):
            yield run
