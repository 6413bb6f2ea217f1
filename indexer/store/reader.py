"""Reading an index. Whoosh's exceptions end here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from whoosh.index import _DEF_INDEX_NAME, TOC, EmptyIndexError, FileIndex, open_dir

from indexer.arrays.array_file import read_arrays
from indexer.arrays.records import FileState, Records, read_record, state_of
from indexer.arrays.segment import U1, U4, U8, Bools, SegmentArrays
from indexer.errors import (
    DamagedIndexError,
    GongkaiError,
    IndexUnusableError,
    MissingIndexError,
)
from indexer.store.codec import arrays_path, live_files, open_arrays
from indexer.store.directory import check_fingerprint, check_is_index

_TRIES = 5


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the index knows of a file; sizes are of its report, 0 where it was rejected."""

    state: FileState
    former: tuple[str, ...] = ()
    sections: int = 0
    characters: int = 0


@dataclass(frozen=True, slots=True)
class LiveSegment:
    """A segment, and which of its files were not replaced or removed since it was written."""

    arrays: SegmentArrays
    live: Bools


class IndexReader:
    """One generation of an index, open for reading; later commits do not change what it sees."""

    def __init__(self, folder: Path) -> None:
        """Raises MissingIndexError, OtherVersionError or DamagedIndexError."""
        self.folder = folder
        check_is_index(folder)
        check_fingerprint(folder)
        with _in_our_words(folder):
            self.generation, self.segments = _opened(folder)


def known_files(folder: Path) -> Mapping[str, KnownFile]:
    """Every file that the index knows, rejected ones too, by source; whatever its version.

    Raises MissingIndexError or DamagedIndexError.
    """
    check_is_index(folder)
    found: dict[str, KnownFile] = {}
    with _in_our_words(folder):
        index = open_dir(str(folder), readonly=True)
        for segment in index._segments():
            arrays, _ = read_arrays(arrays_path(index.storage, segment))
            records = _Records(*(arrays[field.name] for field in fields(_Records)))
            for file in np.flatnonzero(live_files(segment, records.file_unit)).tolist():
                source, known = _known_file(records, file)
                found[source] = known
    return found


@dataclass(frozen=True, slots=True)
class _Records:
    records: U1
    record_start: U8
    file_unit: U4


def _known_file(segment: Records, file: int) -> tuple[str, KnownFile]:
    record = read_record(segment, file)
    state = state_of(record)
    rejected = state.reason is not None
    return record["source"], KnownFile(
        state,
        tuple(record["former"]),
        0 if rejected else int(segment.file_unit[file + 1] - segment.file_unit[file]) - 1,
        record.get("characters", 0),
    )


def generation_of(folder: Path, index: FileIndex) -> str:
    """A name for what the index holds now; it changes with every commit and every new index."""
    return _generation(folder, index.latest_generation(), index.indexname)


def current_generation(folder: Path) -> str | None:
    """`generation_of` without opening the index: some microseconds; None where none can be seen.

    That may be for a moment only, while a commit takes one away and puts another in its place.
    """
    try:
        number = TOC._latest_generation([path.name for path in folder.iterdir()], _DEF_INDEX_NAME)
        return _generation(folder, number, _DEF_INDEX_NAME)
    except OSError:
        return None


def _generation(folder: Path, number: int, name: str) -> str:
    toc = folder / TOC._filename(name, number)
    return f"{number}-{toc.stat().st_mtime_ns:x}"


def _opened(folder: Path) -> tuple[str, tuple[LiveSegment, ...]]:
    """The newest generation: its name, its segments.

    A commit in between takes its files away, or makes it an older one: then the next is there.
    """
    for _ in range(_TRIES - 1):
        with contextlib.suppress(FileNotFoundError):
            index = open_dir(str(folder), readonly=True)
            name = generation_of(folder, index)
            segments = tuple(live_segments(index))
            if generation_of(folder, index) == name:
                return name, segments
    index = open_dir(str(folder), readonly=True)
    return generation_of(folder, index), tuple(live_segments(index))


def live_segments(index: FileIndex) -> Iterator[LiveSegment]:
    """The segments of an index that Whoosh opened."""
    for segment in index._segments():
        arrays = open_arrays(index.storage, segment)
        yield LiveSegment(arrays, live_files(segment, arrays.file_unit))


@contextlib.contextmanager
def _in_our_words(folder: Path) -> Iterator[None]:
    """Whoosh reads damaged files with whatever exception its decoding meets."""
    try:
        yield
    except EmptyIndexError as error:
        raise MissingIndexError(
            f"{folder} 里没有索引",
            hint="请先运行 gongkai index 资料文件夹 --index 索引文件夹。",
        ) from error
    except GongkaiError:
        raise
    except PermissionError as error:
        raise IndexUnusableError(
            f"索引 {folder} 打不开：{error.strerror}", hint="请检查文件夹的读权限。"
        ) from error
    except Exception as error:
        raise DamagedIndexError(
            f"索引 {folder} 已损坏：{type(error).__name__}: {error}",
            hint="请运行 gongkai index 资料文件夹 --index 索引文件夹 --rebuild 重建索引。",
        ) from error
