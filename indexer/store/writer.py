"""Writing an index: one transaction, all or nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType

import numpy as np
from whoosh.index import TOC, FileIndex, LockError, create_in, exists_in, open_dir
from whoosh.writing import SegmentWriter

from indexer.arrays.prepare import PreparedReport
from indexer.arrays.records import FileState, read_record, record_of
from indexer.errors import (
    DamagedIndexError,
    GongkaiError,
    IndexUnusableError,
    LockedIndexError,
)
from indexer.store.codec import ArrayCodec, ArraySegment, live_files, open_arrays
from indexer.store.directory import (
    FINGERPRINT,
    check_fingerprint,
    write_checksums,
    write_fingerprint,
)
from indexer.store.policy import to_merge
from indexer.store.run_writer import RunWriter
from indexer.store.schema import schema


class IndexWriter:
    """Adds, replaces and removes reports; `with` commits at its end, or nothing on an exception.

    `rebuild` replaces all that the index held. Raises LockedIndexError while another one writes.
    """

    def __init__(self, folder: Path, *, rebuild: bool) -> None:
        self.folder = folder
        self._rebuild = rebuild
        self._touched = rebuild
        with _in_our_words(folder):
            self._writer: SegmentWriter = self._open().writer(codec=ArrayCodec(), compound=False)
        self._runs: RunWriter = self._writer.perdocwriter
        if rebuild:
            self._writer.schema = schema()

    def _open(self) -> FileIndex:
        """The index in the folder, a new one where the folder is empty or does not exist."""
        folder = self.folder
        if (folder / FINGERPRINT).exists() and not self._rebuild:
            check_fingerprint(folder)
        elif folder.exists() and not (folder / FINGERPRINT).exists() and any(folder.iterdir()):
            raise IndexUnusableError(
                f"{folder} 不是索引，也不是空文件夹，没有改动它",
                hint="请用 --index 指定一个新文件夹。",
            )
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / FINGERPRINT).exists():
            write_fingerprint(folder)
        return self._existing() or self._new()

    def _existing(self) -> FileIndex | None:
        """The index that stands in the folder; on a rebuild, None where it cannot be opened."""
        try:
            return open_dir(str(self.folder)) if exists_in(str(self.folder)) else None
        except Exception:
            if not self._rebuild:
                raise
        for path in [*self.folder.glob("MAIN_*.*"), *self.folder.glob("_MAIN_*.toc")]:
            path.unlink()
        return None

    def _new(self) -> FileIndex:
        index = create_in(str(self.folder), schema())
        write_checksums(self.folder)
        return index

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None or not self._touched:
            with contextlib.suppress(OSError):
                self._cancel()
            if kind is not None:
                return
        if self._touched:
            with _in_our_words(self.folder):
                self._commit()
        try:
            if self._touched and self._rebuild:
                write_fingerprint(self.folder)
            write_checksums(self.folder, self._runs.checksums)
        except OSError as failed:
            raise IndexUnusableError(
                f"报告已收入索引 {self.folder}，但校验文件写不进去：{failed.strerror or failed}",
                hint="请检查磁盘空间和文件夹的写权限，再运行一次 gongkai index。",
            ) from failed

    def _commit(self) -> None:
        try:
            self._writer.commit(mergetype=_drop_all if self._rebuild else _merge_small)
        except BaseException:
            if self._is_committed():
                with contextlib.suppress(Exception):  # what was left to do needs no undoing
                    self._writer.writelock.release()
            else:
                with contextlib.suppress(OSError):
                    self._cancel()
            raise

    def _is_committed(self) -> bool:
        """Whether the new table of contents stands: then the old segments may be gone."""
        name = TOC._filename(self._writer.indexname, self._writer.generation)
        return bool((self.folder / name).exists())

    def _cancel(self) -> None:
        """Nothing of the transaction is left."""
        try:
            self._runs.discard()
        finally:
            self._writer.cancel()
        for path in self.folder.glob(f"{self._writer.newsegment.segment_id()}.*"):
            path.unlink()

    def add(self, prepared: PreparedReport, state: FileState, former: Sequence[str] = ()) -> None:
        """Add a report that the index does not hold; `former` are its ids at earlier paths."""
        with self._adding():
            record = record_of(prepared.report.source, state, former, prepared)
            self._runs.add(prepared, record)

    def reject(self, source: str, state: FileState, former: Sequence[str] = ()) -> None:
        """Note a file that could not be read, so that it is not tried again until it changes."""
        with self._adding():
            self._runs.reject(record_of(source, state, former))

    @contextlib.contextmanager
    def _adding(self) -> Iterator[None]:
        self._touched = True
        with _in_our_words(self.folder):
            yield
        self._writer._added = True

    def remove(self, source: str) -> None:
        """Remove whatever the index held of a file before this transaction."""
        self._touched = True
        if not self._rebuild:
            for segment, document in self._documents.pop(source, ()):
                segment.delete_document(document)

    @cached_property
    def _documents(self) -> dict[str, list[tuple[ArraySegment, int]]]:
        """The documents of each file that the index held before this transaction."""
        found: dict[str, list[tuple[ArraySegment, int]]] = {}
        for segment in self._writer.segments:
            arrays = open_arrays(self._writer.storage, segment)
            for file in np.flatnonzero(live_files(segment, arrays.file_unit)).tolist():
                source = read_record(arrays, file)["source"]
                found[source] = [(segment, number) for number in arrays.documents(file)]
        return found


def _merge_small(writer: SegmentWriter, segments: Sequence[ArraySegment]) -> list[ArraySegment]:
    """Whoosh's hook at a commit: absorb the small segments, return those that stay."""
    runs: RunWriter = writer.perdocwriter
    opened = [open_arrays(writer.storage, segment) for segment in segments]
    live = [live_files(s, arrays.file_unit) for s, arrays in zip(segments, opened, strict=True)]
    units = [np.diff(arrays.unit_start[arrays.file_unit]) for arrays in opened]
    lengths = [int(u.sum()) for u in units]
    living = [float(u[kept].sum() / max(1, u.sum())) for u, kept in zip(units, live, strict=True)]
    chosen = to_merge(lengths, living, runs.units)
    for at in chosen:
        if live[at].any():
            runs.absorb(opened[at], live[at])
            writer._added = True
    return [segment for at, segment in enumerate(segments) if at not in chosen]


def _drop_all(writer: SegmentWriter, segments: Sequence[ArraySegment]) -> list[ArraySegment]:
    return []


@contextlib.contextmanager
def _in_our_words(folder: Path) -> Iterator[None]:
    """What goes wrong while writing, in our words; the index stays as it was."""
    try:
        yield
    except GongkaiError:
        raise
    except LockError as error:
        raise LockedIndexError(
            f"索引 {folder} 正由另一个 gongkai index 写入",
            hint="请等它结束后再运行；同一索引一次只能有一个写入者。",
        ) from error
    except OSError as error:
        raise IndexUnusableError(
            f"索引文件夹 {folder} 写不进去：{error.strerror or error}",
            hint="请检查磁盘空间和文件夹的写权限，或用 --index 另指定一个文件夹。",
        ) from error
    except Exception as error:
        raise DamagedIndexError(
            f"索引 {folder} 已损坏：{type(error).__name__}: {error}",
            hint="请运行 gongkai index 资料文件夹 --index 索引文件夹 --rebuild 重建索引。",
        ) from error
