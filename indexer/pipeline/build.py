"""Bring an index up to date with a corpus, in one transaction."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from indexer.arrays.records import FileState
from indexer.errors import (
    DamagedIndexError,
    LockedIndexError,
    MissingIndexError,
    OtherVersionError,
)
from indexer.likeness.find import find_alike
from indexer.messages import Message
from indexer.model import report_id
from indexer.pipeline.copies import Copies
from indexer.pipeline.corpus import Corpus, CorpusFile, Rejected, override_digest, scan_corpus
from indexer.pipeline.moves import Moves
from indexer.pipeline.pool import Pool
from indexer.pipeline.work import Outcome, Task, is_light, lost, work
from indexer.store.corpus_note import note_corpus
from indexer.store.directory import FORMAT_VERSION
from indexer.store.manifest import read_manifest, stored_format
from indexer.store.reader import KnownFile, known_files
from indexer.store.writer import IndexWriter

_FEW = 64  # so few files are read faster than processes start, if none of them can be of harm

Progress = Callable[[int, int], None]
"""Called with the bytes to read and the bytes of the file just read, 0 before the first."""


@dataclass(slots=True)
class Summary:
    """What a run did. Counts are of files, those that lie in others too, but not of what only holds
    them, nor of copies of another report; `reports` to `copies` are of the index afterwards.

    `read` counts the files of the folder that were opened; `rejected` holds all that are not in the
    index.
    `notice` says that an index of another version was replaced; None where none was.
    """

    reports: int = 0
    sections: int = 0
    characters: int = 0
    copies: int = 0
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
            if progress and not outcome.state.within:
                progress(size, corpus.files[outcome.source].size)
        run.finish()
    note_corpus(folder, root)
    with contextlib.suppress(LockedIndexError):  # by another run, which finds them
        find_alike(folder)
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
        self._ids: dict[str, str] = {}
        self._taken: dict[str, int] = {}
        self._moved: set[str] = set()
        self._left_within: dict[str, list[str]] = {}
        for source, left in writer.resumable.items():
            if left.state.within:
                self._left_within.setdefault(left.state.within, []).append(source)
        self._unchanged = {
            source
            for source, file in corpus.files.items()
            if not rebuild and source in known and _is_unchanged(known[source], file, corpus)
        }
        self._read_copies_again()
        self._moves = Moves({s: k.state.sha256 for s, k in known.items() if not self._stays(s, k)})
        self._copies = Copies()

    def _stays(self, source: str, known: KnownFile) -> bool:
        """Whether it is there as before, as far as the listing of the corpus can tell."""
        file = known.state.within or source
        if file in self.corpus.files:
            return file in self._unchanged
        return not self.rebuild and self.corpus.hides(file)

    def _read_copies_again(self) -> None:
        """A copy has no text of its own: it is read where that of its report may have changed."""
        copies = {s: k for s, k in self.known.items() if k.state.copy_of and self._stays(s, k)}
        while True:
            alone = {s for s, k in copies.items() if not self._is_kept(k.state.copy_of)}
            if not alone:
                return
            self._unchanged -= {copies[source].state.within or source for source in alone}
            copies = {s: k for s, k in copies.items() if s not in alone}

    def _is_kept(self, source: str) -> bool:
        return source in self.known and self._stays(source, self.known[source])

    def tasks(self) -> list[Task]:
        """The files to read; the others are counted as they stand in the index."""
        for source, known in self.known.items():
            if self._stays(source, known):
                self._keep(source, known)
        return [
            Task(file, self.corpus.overrides.get(source), self.corpus.members.get(source, {}))
            for source, file in sorted(self.corpus.files.items())
            if source not in self._unchanged and not self._resume(file)
        ]

    def _resume(self, file: CorpusFile) -> bool:
        """Take a file over that a run which was killed had read, if it would be read as it was."""
        left, within = self.writer.resumable, self._left_within.get(file.source, [])
        itself = left.get(file.source)
        if itself is None or not _is_unchanged(itself, file, self.corpus):
            return False
        inside = [s for s in within if left[s].state.mtime_ns == file.mtime_ns]
        sources = (*inside, file.source)
        if len(inside) != itself.state.holds or not all(map(self._is_as_left, sources)):
            return False
        for source in sources:
            self._take_over(source, left[source])
        return True

    def _is_as_left(self, source: str) -> bool:
        """Whether a file that was read would have the same ids now."""
        left, known = self.writer.resumable[source], self.known.get(source)
        origin = None if known else self._moves.find(source, left.state.sha256)
        twin = left.state.reason is not None and left.state.reason.key in ("same_id", "same_member")
        former = self._former(source, known, origin)
        new = report_id(source) not in self._ids
        return left.former == former and new and not twin and not left.state.copy_of

    def _take_over(self, source: str, left: KnownFile) -> None:
        self._ids[report_id(source)] = source
        self._taken[source] = 1
        copy_of = self._copies.place(source, left.state.text) if left.sections else ""
        former, moved = self._arrives(
            source, left.state, counts=bool(left.sections and not copy_of)
        )
        if copy_of:
            left = KnownFile(replace(left.state, copy_of=copy_of))
            self.writer.reject(source, left.state, former)
        else:
            self.writer.take_over(source)
        self._tell(source, left, moved=moved)

    def _keep(self, source: str, known: KnownFile) -> None:
        self._ids[report_id(source)] = source
        if known.state.reason is not None:
            self.summary.rejected.append(Rejected(source, known.state.reason))
        elif known.sections:
            self._count(known.sections, known.characters)
            self._copies.place(source, known.state.text)
        self.summary.copies += bool(known.state.copy_of)
        self.summary.unchanged += _counts(known)

    def take(self, outcome: Outcome) -> None:
        """Put one file that was read into the index."""
        self.summary.read += not outcome.state.within
        outcome = self._named(outcome)
        source, state, prepared = outcome.source, outcome.state, outcome.prepared
        if prepared is not None and (copy_of := self._copies.place(source, state.text)):
            state, prepared = replace(state, copy_of=copy_of), None
        former, moved = self._arrives(source, state, counts=prepared is not None)
        if prepared is None:
            self.writer.reject(source, state, former)
            self._tell(source, KnownFile(state), moved=moved)
        else:
            self.writer.add(prepared, state, former)
            sections = len(prepared.report.sections)
            self._tell(source, KnownFile(state, (), sections, prepared.characters), moved=moved)

    def _arrives(
        self, source: str, state: FileState, *, counts: bool
    ) -> tuple[tuple[str, ...], bool]:
        """Make room for a file: its former ids, and whether it moved here; `counts`: as a report."""
        known = self.known.get(source)
        if known:
            self.writer.remove(source)
            self._was_copied(self._moves.seen(source))
            original = known.state.copy_of
            if counts and self._moves.takes_place(source, original):
                return self._former(source, known, original), True
        origin = None if known else self._moves.origin(source, state.sha256, counts=counts)
        return self._former(source, known, origin), origin is not None

    def _tell(self, source: str, now: KnownFile, *, moved: bool) -> None:
        """Count a file that came into the index."""
        if now.state.reason is not None:
            self.summary.rejected.append(Rejected(source, now.state.reason))
        elif now.state.copy_of:
            self.summary.copies += 1
        elif now.sections:
            self._count(now.sections, now.characters)
            self._tally(source, now.state, moved=moved)
            if moved:
                self._moved.add(source)

    def _named(self, outcome: Outcome) -> Outcome:
        """The file under a source of its own, rejected where another one has its source or id."""
        source = outcome.source
        twin = self._ids.setdefault(report_id(source), source)
        if source not in self._taken:
            self._taken[source] = 1
            if twin == source:
                return outcome
            reason = Message("same_id", other=twin)
        else:
            self._taken[source] += 1
            reason = Message("same_member", other=source)
            source = f"{source} ({self._taken[source]})"
        return Outcome(source, replace(outcome.state, reason=reason), None)

    def _was_copied(self, source: str) -> None:
        """What was counted as moved was copied: the file that it was is there."""
        if source in self._moved:
            self._moved.remove(source)
            self.summary.moved -= 1
            self.summary.added += 1

    def _tally(self, source: str, state: FileState, *, moved: bool, by: int = 1) -> None:
        """Count a file that was read and indexed by what happened to it."""
        known = self.known.get(source)
        before = known.state if known and known.sections and not self.rebuild else None
        if before is None:
            self.summary.moved += by * moved
            self.summary.added += by * (not moved)
        elif (before.sha256, before.override) == (state.sha256, state.override):
            self.summary.unchanged += by
        else:
            self.summary.updated += by

    def _former(self, source: str, known: KnownFile | None, origin: str | None) -> tuple[str, ...]:
        """The ids that the report had at earlier paths."""
        if origin is None:
            return known.former if known else ()
        own = known.former if known else ()
        ids = (*own, *self.known[origin].former, report_id(origin))
        return tuple(dict.fromkeys(i for i in ids if i != report_id(source)))

    def finish(self) -> None:
        """Remove what is in the index but no longer in the corpus; say which rows were of no use."""
        self._demote()
        for source, moved in self._moves.vanished():
            self.writer.remove(source)
            self.summary.removed += not moved and _counts(self.known[source])
        for source, unused in self.corpus.unused.items():
            if self._ids.get(report_id(source)) != source:
                self.summary.rejected.append(unused)

    def _demote(self) -> None:
        """Reports that are copies of others which came after them."""
        demoted = self._copies.demoted
        kept = {s: self.known[s] for s in demoted if s not in self._taken}
        for source, known in kept.items():
            self.writer.remove(source)
            state = replace(known.state, copy_of=demoted[source])
            self.writer.reject(source, state, known.former)
            self._uncount(known)
            self.summary.unchanged -= 1
        added = self.writer.demote({s: of for s, of in demoted.items() if s not in kept})
        for source, now in added.items():
            self._uncount(now)
            self._tally(source, now.state, moved=source in self._moved, by=-1)

    def _uncount(self, known: KnownFile) -> None:
        self.summary.reports -= 1
        self.summary.copies += 1
        self.summary.sections -= known.sections
        self.summary.characters -= known.characters

    def _count(self, sections: int, characters: int) -> None:
        self.summary.reports += 1
        self.summary.sections += sections
        self.summary.characters += characters


def _is_unchanged(known: KnownFile, file: CorpusFile, corpus: Corpus) -> bool:
    state, source = known.state, file.source
    digest = override_digest(corpus.overrides.get(source), corpus.members.get(source, {}))
    return (state.size, state.mtime_ns, state.override) == (file.size, file.mtime_ns, digest)


def _counts(known: KnownFile) -> bool:
    """Whether a file is counted: not if it only holds others."""
    return bool(known.sections) or known.state.reason is not None
