"""Frames: the parts of reports that a query is tried on as one.

`Reports`: a frame is a whole report. `Sections`: a frame is a block, so titles are frames, too.
`Kinds`: a frame is all sections of one kind of one report. Frames are numbered, and a set of them is
a mask over the numbers. A set of section kinds is an int, bit k for kind k; None stands for every
block, titles too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from indexer.arrays.segment import TITLE_KIND, U2, Bools, Ints
from indexer.model import KINDS
from search.local.facts.columns import KIND_FRAMES, Columns

KindSet = int | None


def kind_set(kinds: Sequence[str]) -> KindSet:
    """The set of the kinds of these names; None, for all, where none is named."""
    return sum(1 << KINDS.index(kind) for kind in set(kinds)) if kinds else None


class Frames(Protocol):
    """How blocks make up frames."""

    size: int

    def of(self, blocks: Ints) -> Ints:
        """The frame of each block."""

    def valid(self, kinds: KindSet) -> Bools:
        """The frames of reports of the index that hold a block of these kinds."""

    def spread(self, files: Bools) -> Bools:
        """All frames of these files."""

    def files(self, frames: Bools) -> Bools:
        """The files of these frames."""


def allowed(columns: Columns, blocks: Ints, kinds: KindSet) -> Bools:
    """Which of the blocks are of these kinds."""
    if kinds is None:
        return np.ones(len(blocks), bool)
    table = np.zeros(256, bool)
    table[[kind for kind in range(len(KINDS)) if kinds >> kind & 1]] = True
    found: Bools = table[columns.block_kind[blocks]]
    return found


def valid_reports(columns: Columns, kinds: KindSet) -> Bools:
    """The reports of the index that have a section of these kinds; all where kinds are None."""
    if kinds is None:
        return columns.present
    found: Bools = columns.present & (columns.kinds & np.uint16(kinds) != 0)
    return found


class Reports:
    """A frame is a report."""

    def __init__(self, columns: Columns) -> None:
        self.size = columns.files
        self._columns = columns

    def of(self, blocks: Ints) -> Ints:
        return self._columns.block_file.take(blocks).astype(np.int64)

    def valid(self, kinds: KindSet) -> Bools:
        return valid_reports(self._columns, kinds)

    def spread(self, files: Bools) -> Bools:
        return files

    def files(self, frames: Bools) -> Bools:
        return frames


class Sections:
    """A frame is a block."""

    def __init__(self, columns: Columns) -> None:
        self.size = columns.blocks
        self._columns = columns

    def of(self, blocks: Ints) -> Ints:
        return blocks

    def valid(self, kinds: KindSet) -> Bools:
        present = self.spread(self._columns.present)
        return present & allowed(self._columns, np.arange(self.size), kinds)

    def spread(self, files: Bools) -> Bools:
        found: Bools = files[self._columns.block_file]
        return found

    def files(self, frames: Bools) -> Bools:
        found = np.zeros(self._columns.files, bool)
        found[self._columns.block_file[frames]] = True
        return found


class Kinds:
    """A frame is a report's sections of one kind; titles are in none (they get frame 15)."""

    def __init__(self, columns: Columns) -> None:
        self.size = columns.files * KIND_FRAMES
        self._columns = columns

    def of(self, blocks: Ints) -> Ints:
        frames: Ints = self._columns.block_kind_frame.take(blocks)
        return frames

    def valid(self, kinds: KindSet) -> Bools:
        if kinds is None:
            return self._columns.kind_frames
        return self._columns.frames_of_kinds(kinds)

    def spread(self, files: Bools) -> Bools:
        return np.repeat(files, KIND_FRAMES) & self.valid(None)

    def files(self, frames: Bools) -> Bools:
        found: Bools = np.any(frames.reshape(-1, KIND_FRAMES), axis=1)
        return found

    def sets(self, frames: Bools) -> U2:
        """For each file, which of its frames are set: bit k for kind k."""
        found: U2 = np.packbits(frames, bitorder="little").view("<u2").astype(np.uint16)
        return found


assert len(KINDS) < KIND_FRAMES
assert TITLE_KIND >= KIND_FRAMES
