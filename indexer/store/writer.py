"""Writing an index: one transaction, all or nothing."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType

import numpy as np

from indexer.arrays.array_file import damaged
from indexer.arrays.prepare import PreparedReport
from indexer.arrays.records import FileState, read_record, record_of
from indexer.arrays.segment import Bools, SegmentArrays
from indexer.errors import DamagedIndexError, IndexUnusableError
from indexer.messages import Message
from indexer.model import UNKNOWN_TIMES, Indexed
from indexer.store.commit import publish
from indexer.store.directory import MANIFEST, NEW, is_unfinished, remove_leftovers, sync_folder
from indexer.store.lock import LOCK, WriteLock
from indexer.store.manifest import Manifest, SegmentEntry, read_manifest, stored_manifest
from indexer.store.policy import to_merge
from indexer.store.reader import KnownFile, newest
from indexer.store.resumed import Resumed
from indexer.store.run_writer import RunWriter
from indexer.store.segments import deleted_documents, live_files, open_entry

_BEGUN = re.compile(rf"{re.escape(MANIFEST + NEW)}|{LOCK}|_MAIN_\d+\.toc")
"""What a run leaves in a new folder that is killed before its first generation, which is empty."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """A segment that stood there before; `live` changes as files are removed."""

    entry: SegmentEntry
    arrays: SegmentArrays
    live: Bools

    @property
    def code_units(self) -> tuple[int, float]:
        """Its code units, and the part of them that lives."""
        lengths = np.diff(self.arrays.block_start[self.arrays.file_block])
        total = int(lengths.sum())
        return total, float(lengths[self.live].sum()) / max(1, total)

    def entry_now(self) -> SegmentEntry:
        return replace(self.entry, deleted=deleted_documents(self.live, self.arrays.file_block))


class IndexWriter:
    """Adds, replaces and removes reports; `with` commits at its end, or nothing on an exception.

    `rebuild` replaces all that the index held, whatever its version. `resumable` is what a run that was
    killed had read, by source, where `resume` asks for it: `take_over` adds it. Raises LockedIndexError while
    another one writes; OtherVersionError, DamagedIndexError; IndexUnusableError where the system does
    not let us write.
    """

    def __init__(self, folder: Path, *, rebuild: bool, resume: bool = True) -> None:
        self.folder = folder
        self._touched = rebuild
        with in_our_words(folder):
            _check_is_ours(folder)
            if not folder.exists():
                folder.mkdir(parents=True, exist_ok=True)
                sync_folder(folder.parent)
            self._lock = WriteLock(folder)
            try:
                resumed = Resumed(folder) if resume else None
                left = resumed.names if resumed else frozenset()
                self._standing = _begin(folder, left, rebuild=rebuild)
                self._runs = RunWriter(folder, resumed)
            except BaseException:
                self._lock.release()
                raise
        self.resumable: Mapping[str, KnownFile] = resumed.files if resumed else {}

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if kind is None and self._touched:
                with in_our_words(self.folder):
                    self._commit()
            else:
                with contextlib.suppress(OSError):  # what is left goes with the next commit
                    self._leave(error)
        finally:
            self._lock.release()

    def _leave(self, error: BaseException | None) -> None:
        """What was read waits for the next run, but where the disk is the trouble: it may be full."""
        if error is None or isinstance(error, (OSError, IndexUnusableError)):
            self._runs.discard()
        else:
            self._runs.keep()

    def _commit(self) -> None:
        try:
            kept = self._absorb_small()
            new = [self._runs.merge()] if self._runs.documents else []
        except BaseException as error:
            with contextlib.suppress(OSError):
                self._leave(error)
            raise
        publish(self.folder, [*kept, *new])

    def _absorb_small(self) -> list[SegmentEntry]:
        """Merge the small segments into the new one; those that stay. DamagedIndexError where one of
        the small is not what was written: in the new one its checksums would be right again."""
        lengths, living = [], []
        for standing in self._standing:
            length, part = standing.code_units
            lengths.append(length)
            living.append(part)
        chosen = to_merge(lengths, living, self._runs.code_units)
        for at in chosen:
            standing = self._standing[at]
            file = standing.arrays.file
            if file.pieces.damaged(0, file.pieces.size):
                raise damaged(file.path)
            if standing.live.any():
                self._runs.absorb(standing.arrays, standing.live)
        return [s.entry_now() for at, s in enumerate(self._standing) if at not in chosen]

    def add(
        self,
        prepared: PreparedReport,
        state: FileState,
        former: Sequence[str] = (),
        indexed: Indexed = UNKNOWN_TIMES,
    ) -> None:
        """Add a report that the index does not hold; `former` are its ids at earlier paths, `indexed` its
        times."""
        self._touched = True
        with in_our_words(self.folder):
            record = record_of(prepared.report.source, state, former, prepared, indexed)
            self._runs.add(prepared, record)

    def reject(self, source: str, state: FileState, former: Sequence[str] = ()) -> None:
        """Note a file that is no report, so that it is not read again until it changes: it could not
        be read, is a copy, or only holds other files."""
        self._touched = True
        with in_our_words(self.folder):
            self._runs.reject(record_of(source, state, former))

    def take_over(self, source: str) -> None:
        """Add a file of `resumable`, which the index does not hold, as it was read."""
        self._touched = True
        self._runs.take_over(source)

    def demote(self, copies: Mapping[str, str]) -> dict[str, KnownFile]:
        """Make reports that were added in this transaction copies, each of the other source; those that
        were, as they were known. To be called once, at its end."""
        if not copies:
            return {}
        with in_our_words(self.folder):
            demoted = self._runs.drop(copies)
        for source, known in demoted.items():
            self.reject(source, replace(known.state, copy_of=copies[source]), known.former)
        return demoted

    def remove(self, source: str) -> None:
        """Remove whatever the index held of a file before this transaction."""
        self._touched = True
        for standing, file in self._by_source.pop(source, ()):
            standing.live[file] = False

    @cached_property
    def _by_source(self) -> dict[str, list[tuple[_Standing, int]]]:
        """Where each file stands that the index held before this transaction."""
        found: dict[str, list[tuple[_Standing, int]]] = {}
        for standing in self._standing:
            for file in np.flatnonzero(standing.live).tolist():
                source = read_record(standing.arrays, file)["source"]
                found.setdefault(source, []).append((standing, file))
        return found


def _check_is_ours(folder: Path) -> None:
    """IndexUnusableError where the folder holds what is none of ours."""
    if not folder.exists() or (folder / MANIFEST).exists():
        return
    if not all(_BEGUN.fullmatch(path.name) for path in folder.iterdir()):
        raise IndexUnusableError(
            Message("not_an_index", folder=str(folder)),
            hint=Message("not_an_index_hint"),
        )


def _begin(folder: Path, left: frozenset[str], *, rebuild: bool) -> list[_Standing]:
    """What stands in the folder and stays; `left` are files of a killed run that are of use.

    A new index begins with an empty generation, so that the folder is known as an index whenever the
    run that builds it is killed.
    """
    if not (folder / MANIFEST).exists():
        publish(folder, ())
    if rebuild:
        remove_leftovers(folder, _needed(folder) | left)
        return []
    manifest, standing = newest(folder, read_manifest, _open)
    remove_leftovers(folder, manifest.staying | left)
    return list(standing)


def _open(folder: Path, manifest: Manifest) -> Iterator[_Standing]:
    for entry in manifest.segments:
        arrays = open_entry(folder, entry)
        yield _Standing(entry, arrays, live_files(entry.deleted, arrays.file_block))


def _needed(folder: Path) -> frozenset[str]:
    """The files that stay until a rebuild is done; where the manifest does not tell, all that may."""
    try:
        return stored_manifest(folder).staying
    except DamagedIndexError:
        names = (path.name for path in folder.iterdir())
        return frozenset(name for name in names if not is_unfinished(name))


@contextlib.contextmanager
def in_our_words(folder: Path) -> Iterator[None]:
    """What the system does not let us write, in our words; the index stays as it was."""
    try:
        yield
    except OSError as error:
        raise IndexUnusableError(
            Message("index_not_written", folder=str(folder), error=error.strerror or str(error)),
            hint=Message("index_not_written_hint"),
        ) from error
