"""Bring an index up to date with a corpus, in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from indexer.arrays.records import FileState
from indexer.errors import DamagedIndexError, MissingIndexError, OtherVersionError
from indexer.messages import Message
from indexer.model import report_id
from indexer.parsing.overrides import Override
from indexer.pipeline.corpus import Corpus, CorpusFile, Rejected, override_digest, scan_corpus
from indexer.pipeline.pool import Pool
from indexer.pipeline.work import Outcome, Task, is_light, lost, work
from indexer.store.directory import FORMAT_VERSION
from indexer.store.manifest import read_manifest, stored_format
from indexer.store.reader import KnownFile, known_files
from indexer.store.writer import IndexWriter

_FEW = 64  # so few files are read faster than processes start, if none of them can be of harm

Progress = Callable[[int, int], None]
"""Called with the bytes to read and the bytes of the file just read, 0 before the first."""


@dataclass(slots=True)
class Summary:
    """What a run did. Counts are of files; `reports` to `characters` are of the index afterwards.

    `read` counts the files that were opened; `rejected` holds all that are not in the index.
    `notice` says that an index of another version was replaced; None where none was.
    """

    reports: int = 0
    sections: int = 0
    characters: int = 0
    added: int = 0
    updated: int = 0
    moved: int = 0
    unchanged: int = 0
    removed: int = 0
    read: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    seconds: float = 0.0
    notice: Message | None = None


def build(
    root: Path, folder: Path, *, jobs: int, rebuild: bool = False, progress: Progress | None = None
) -> Summary:
    """Index the corpus at `root` into `folder`. What a run that was killed had read is not read again,
    but by `rebuild`. An index of another version is replaced, as by
    `rebuild`: it holds nothing that the corpus does not, but for the ids of files that moved.

    Raises CorpusError, LockedIndexError, DamagedIndexError, or OtherVersionError where the index is of
    a version later than this; then the index is as it was.
    """
    started = time.monotonic()
    corpus = scan_corpus(root)
    resume = not rebuild
    replaces = None if rebuild else _other_version(folder)
    rebuild = rebuild or replaces is not None
    with IndexWriter(folder, rebuild=rebuild, resume=resume) as writer:
        known = _known(folder, rebuild=rebuild)
        run = _Run(corpus, known or {}, writer, rebuild=rebuild)
        tasks = run.tasks()
        size = sum(task.file.size for task in tasks)
        if progress:
            progress(size, 0)
        for outcome in _outcomes(tasks, jobs):
            run.take(outcome)
            if progress:
                progress(size, corpus.files[outcome.source].size)
        run.remove_vanished()
    summary = run.summary
    summary.notice = _notice(replaces, known)
    summary.rejected.sort(key=lambda rejected: rejected.source)
    summary.seconds = round(time.monotonic() - started, 3)
    return summary


def _outcomes(tasks: Sequence[Task], jobs: int) -> Iterator[Outcome]:
    """What comes of the files, in their order."""
    if len(tasks) <= _FEW and all(is_light(task) for task in tasks):
        return chain.from_iterable(map(work, tasks))
    return Pool(work, lost, jobs).results(tasks)


def _other_version(folder: Path) -> OtherVersionError | None:
    """Which other version the index is of that this one replaces; None where it is of this one, or
    there is none."""
    try:
        read_manifest(folder)
    except OtherVersionError as error:
        if stored_format(folder) > FORMAT_VERSION:
            raise
        return error
    except MissingIndexError:
        return None
    return None


def _known(folder: Path, *, rebuild: bool) -> Mapping[str, KnownFile] | None:
    """What the index knows; None for one that cannot be read and is rebuilt."""
    try:
        return known_files(folder)
    except DamagedIndexError:
        if rebuild:
            return None
        raise


def _notice(
    replaced: OtherVersionError | None, known: Mapping[str, KnownFile] | None
) -> Message | None:
    if replaced is None:
        return None
    if known is None:
        return Message("index_replaced_unread", what=replaced.message)
    return Message("index_replaced", what=replaced.message)


class _Run:
    """One run's bookkeeping: what is there, what was there, what became of it.

    A rebuild takes every file as new, but for the ids that reports had before.
    """

    def __init__(
        self,
        corpus: Corpus,
        known: Mapping[str, KnownFile],
        writer: IndexWriter,
        *,
        rebuild: bool,
    ) -> None:
        self.corpus = corpus
        self.known = known
        self.writer = writer
        self.rebuild = rebuild
        self.summary = Summary(rejected=list(corpus.rejected))
        gone = [s for s in known if s not in corpus.files and not corpus.hides(s)]
        self._gone = dict.fromkeys(gone)  # in order, and quick to take from
        self._by_content: dict[str, list[str]] = {}
        for source in gone:
            self._by_content.setdefault(known[source].state.sha256, []).append(source)
        self._ids: dict[str, str] = {}

    def tasks(self) -> list[Task]:
        """The files to read; the others are counted as they stand in the index."""
        tasks: list[Task] = []
        for source, file in self.corpus.files.items():
            override = self.corpus.overrides.get(source)
            known = self.known.get(source)
            if not self.rebuild and known and _unchanged(known, file, override):
                self._keep(source, known)
            elif not self._resume(file, override):
                tasks.append(Task(file, override))
        for source, known in self.known.items():
            if not self.rebuild and self.corpus.hides(source):
                self._keep(source, known)
        return tasks

    def _resume(self, file: CorpusFile, override: Override | None) -> bool:
        """Take a file over that a run which was killed had read, if it would be read as it was."""
        source, left = file.source, self.writer.resumable.get(file.source)
        if left is None or not _unchanged(left, file, override):
            return False
        known = self.known.get(source)
        origin = None if known else self._origin(source, left.state.sha256)
        former = self._former(source, known, origin)
        if left.former != former or report_id(source) in self._ids or _is_twin(left.state.reason):
            return False
        self._ids[report_id(source)] = source
        self._replace(known, source, origin)
        self.writer.take_over(source)
        if left.state.reason is not None:
            self.summary.rejected.append(Rejected(source, left.state.reason))
        else:
            self._count(left.sections, left.characters)
            self._tally(known, left.state, moved=origin is not None)
        return True

    def _replace(self, known: KnownFile | None, source: str, origin: str | None) -> None:
        """Remove what the index held of a file, and of the one that it was before it moved."""
        if known:
            self.writer.remove(source)
        if origin is not None:
            self._by_content[self.known[origin].state.sha256].remove(origin)
            del self._gone[origin]
            self.writer.remove(origin)

    def _keep(self, source: str, known: KnownFile) -> None:
        self.summary.unchanged += 1
        self._ids[report_id(source)] = source
        if known.state.reason is not None:
            self.summary.rejected.append(Rejected(source, known.state.reason))
        else:
            self._count(known.sections, known.characters)

    def take(self, outcome: Outcome) -> None:
        """Put one file that was read into the index."""
        self.summary.read += 1
        source, state, prepared = outcome.source, outcome.state, outcome.prepared
        known = self.known.get(source)
        twin = self._ids.setdefault(report_id(source), source)
        if twin != source:
            state = replace(state, reason=Message("same_id", other=twin))
        origin = None if known else self._origin(source, state.sha256)
        former = self._former(source, known, origin)
        self._replace(known, source, origin)
        if state.reason is not None:
            self.writer.reject(source, state, former)
            self.summary.rejected.append(Rejected(source, state.reason))
        elif prepared is not None:
            self.writer.add(prepared, state, former)
            self._count(len(prepared.report.sections), prepared.characters)
            self._tally(known, state, moved=origin is not None)

    def _tally(self, known: KnownFile | None, state: FileState, *, moved: bool) -> None:
        """Count a file that was read and indexed by what happened to it."""
        before = known.state if known and not self.rebuild and known.state.reason is None else None
        if before is None:
            self.summary.moved += moved
            self.summary.added += not moved
        elif (before.sha256, before.override) == (state.sha256, state.override):
            self.summary.unchanged += 1
        else:
            self.summary.updated += 1

    def _origin(self, source: str, sha256: str) -> str | None:
        """The vanished file that a new one was: of the same bytes, by preference of its name."""
        same = self._by_content.get(sha256) if sha256 else None
        if not same:
            return None
        name = source.rpartition("/")[2]
        return next((s for s in same if s.rpartition("/")[2] == name), same[0])

    def _former(self, source: str, known: KnownFile | None, origin: str | None) -> tuple[str, ...]:
        """The ids that the report had at earlier paths."""
        if origin is None:
            return known.former if known else ()
        ids = (*self.known[origin].former, report_id(origin))
        return tuple(dict.fromkeys(i for i in ids if i != report_id(source)))

    def remove_vanished(self) -> None:
        """Remove what is in the index but no longer in the corpus."""
        for source in self._gone:
            self.writer.remove(source)
            self.summary.removed += 1

    def _count(self, sections: int, characters: int) -> None:
        self.summary.reports += 1
        self.summary.sections += sections
        self.summary.characters += characters


def _is_twin(reason: Message | None) -> bool:
    """Whether a file was rejected for the id of another, which may be gone now."""
    return reason is not None and reason.key == "same_id"


def _unchanged(known: KnownFile, file: CorpusFile, override: Override | None) -> bool:
    state = known.state
    return (state.size, state.mtime_ns, state.override) == (
        file.size,
        file.mtime_ns,
        override_digest(override),
    )
