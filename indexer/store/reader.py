"""Reading an index: one generation of it, and what it knows of its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np

from indexer.arrays.array_file import damaged
from indexer.arrays.records import FileState, read_record, state_of, times_of
from indexer.arrays.segment import REJECTED, SegmentArrays
from indexer.errors import DamagedIndexError
from indexer.messages import Message
from indexer.model import UNKNOWN_TIMES, Indexed
from indexer.store import format2
from indexer.store.manifest import (
    Manifest,
    cannot_open,
    current_generation,
    read_manifest,
    stored_format,
    stored_manifest,
)
from indexer.store.segments import open_segments

_Opened = TypeVar("_Opened")


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the index knows of a file; sizes are of its report, 0 where it is none. `doubts` are the keys of
    what is said of it: why it was rejected, or the warnings. `indexed`, its report's times, is no part of what
    the file is: two indexes of one corpus know the same."""

    state: FileState
    former: tuple[str, ...] = ()
    sections: int = 0
    characters: int = 0
    doubts: tuple[str, ...] = ()
    indexed: Indexed = field(default=UNKNOWN_TIMES, compare=False)


class IndexReader:
    """One generation of an index, open for reading; later commits do not change what it sees."""

    def __init__(self, folder: Path) -> None:
        """Raises MissingIndexError, OtherVersionError or DamagedIndexError; IndexUnusableError where
        the system does not let us read it."""
        self.folder = folder
        self.manifest, self.segments = newest(folder, read_manifest, open_segments)
        self.generation = self.manifest.name


def newest(
    folder: Path,
    read: Callable[[Path], Manifest],
    open_files: Callable[[Path, Manifest], Iterator[_Opened]],
) -> tuple[Manifest, tuple[_Opened, ...]]:
    """The newest generation, and its files opened.

    A commit in between may take them away: then there is a newer one.
    """
    while True:
        manifest = read(folder)
        try:
            return manifest, tuple(open_files(folder, manifest))
        except FileNotFoundError as error:
            if current_generation(folder) == manifest.name:
                raise _missing(error) from error
        except OSError as error:
            raise cannot_open(folder, error) from error


def known_files(folder: Path) -> Mapping[str, KnownFile]:
    """Every file that the index knows, rejected ones too, by source; whatever its version. Of one of
    format 2 digests and former ids alone are known.

    Raises MissingIndexError or DamagedIndexError.
    """
    if stored_format(folder) == format2.FORMAT:
        return _known_to_format2(folder)
    found: dict[str, KnownFile] = {}
    _, segments = newest(folder, stored_manifest, open_segments)
    for segment in segments:
        if segment.arrays.file.damaged(["records"]):
            raise damaged(segment.arrays.file.path)
        for file in np.flatnonzero(segment.live).tolist():
            source, known = known_file(segment.arrays, file)
            found[source] = known
    return found


def _known_to_format2(folder: Path) -> Mapping[str, KnownFile]:
    try:
        files = list(format2.files(folder))
    except OSError as error:
        raise cannot_open(folder, error) from error
    return {f.source: KnownFile(FileState(0, 0, f.sha256, ""), f.former) for f in files}


def known_file(segment: SegmentArrays, file: int) -> tuple[str, KnownFile]:
    """The source of a file of the segment, and what is known of it. Raises DamagedIndexError."""
    record = read_record(segment, file)
    is_report = segment.file_genre[file] != REJECTED
    state = state_of(record)
    reason = (state.reason.key,) if state.reason else ()
    return record["source"], KnownFile(
        state,
        tuple(record["former"]),
        len(segment.documents(file)) if is_report else 0,
        record.get("characters", 0),
        (*reason, *(warning["key"] for warning in record.get("warnings", ()))),
        times_of(record),
    )


def _missing(error: FileNotFoundError) -> DamagedIndexError:
    return DamagedIndexError(
        Message("index_file_missing", path=str(error.filename)),
        hint=Message("rebuild_hint"),
    )
