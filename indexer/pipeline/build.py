"""Bring an index up to date with a corpus, in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from indexer.model import report_id
from indexer.pipeline.corpus import Corpus, Rejected, override_digest, scan_corpus
from indexer.pipeline.work import Outcome, Task, in_processes, work
from indexer.store.reader import IndexReader, KnownFile
from indexer.store.writer import IndexWriter

_FEW = 64  # so few files are read faster than processes start

Progress = Callable[[int, int], None]
"""Called with the bytes to read and the bytes of the file just read, 0 before the first."""


@dataclass(slots=True)
class Summary:
    """What a run did. Counts are of files; `reports` to `characters` are of the index afterwards.

    `read` counts the files that were opened; `rejected` holds all that are not in the index.
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


def build(
    root: Path, folder: Path, *, jobs: int, rebuild: bool = False, progress: Progress | None = None
) -> Summary:
    """Index the corpus at `root` into `folder`.

    Raises CorpusError, LockedIndexError, OtherVersionError or DamagedIndexError; then the index is
    as it was.
    """
    started = time.monotonic()
    corpus = scan_corpus(root)
    with IndexWriter(folder, rebuild=rebuild) as writer:
        known = {} if rebuild else _known(folder)
        run = _Run(corpus, known, writer)
        tasks = run.tasks()
        count = 1 if len(tasks) <= _FEW else jobs
        size = sum(task.file.size for task in tasks)
        if progress:
            progress(size, 0)
        for outcome in in_processes(work, tasks, count):
            run.take(outcome)
            if progress:
                progress(size, corpus.files[outcome.source].size)
        run.remove_vanished()
    summary = run.summary
    summary.rejected.sort(key=lambda rejected: rejected.source)
    summary.seconds = round(time.monotonic() - started, 3)
    return summary


def _known(folder: Path) -> Mapping[str, KnownFile]:
    reader = IndexReader(folder)
    try:
        return reader.files()
    finally:
        reader.close()


class _Run:
    """One run's bookkeeping: what is there, what was there, what became of it."""

    def __init__(self, corpus: Corpus, known: Mapping[str, KnownFile], writer: IndexWriter) -> None:
        self.corpus = corpus
        self.known = known
        self.writer = writer
        self.summary = Summary(rejected=list(corpus.rejected))
        vanished = [source for source in known if source not in corpus.files]
        self._vanished = {known[s].state.sha256: s for s in reversed(vanished) if known[s].sections}
        self._gone = vanished
        self._ids: dict[str, str] = {}

    def tasks(self) -> list[Task]:
        """The files to read; the others are counted as they stand in the index."""
        tasks: list[Task] = []
        for source, file in self.corpus.files.items():
            override = self.corpus.overrides.get(source)
            known = self.known.get(source)
            if known and (known.state.size, known.state.mtime_ns, known.state.override) == (
                file.size,
                file.mtime_ns,
                override_digest(override),
            ):
                self._keep(source, known)
            else:
                tasks.append(Task(file, override))
        return tasks

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
        if known:
            self.writer.remove(source)
        twin = self._ids.setdefault(report_id(source), source)
        if twin != source:
            self.summary.rejected.append(Rejected(source, f"编号与 {twin} 相同，请改名"))
            return
        if prepared is None:
            self.writer.reject(source, state)
            self.summary.rejected.append(Rejected(source, state.reason or ""))
            return
        former = known.former if known else self._former(source, state.sha256)
        self.writer.add(prepared, state, former)
        report = prepared.report
        self._count(len(report.sections), len(report.text()))
        same = known and known.state.reason is None
        if (
            same
            and known
            and known.state.sha256 == state.sha256
            and known.state.override == state.override
        ):
            self.summary.unchanged += 1
        elif same:
            self.summary.updated += 1
        elif former:
            self.summary.moved += 1
        else:
            self.summary.added += 1

    def _former(self, source: str, sha256: str) -> tuple[str, ...]:
        """The ids that a new file had at the paths it moved from; () where it did not move."""
        origin = self._vanished.pop(sha256, None)
        if origin is None:
            return ()
        self._moved_from(origin)
        ids = (*self.known[origin].former, report_id(origin))
        return tuple(i for i in ids if i != report_id(source)) or (report_id(origin),)

    def _moved_from(self, origin: str) -> None:
        self._gone.remove(origin)
        self.writer.remove(origin)

    def remove_vanished(self) -> None:
        """Remove what is in the index but no longer in the corpus."""
        for source in self._gone:
            self.writer.remove(source)
            self.summary.removed += 1

    def _count(self, sections: int, characters: int) -> None:
        self.summary.reports += 1
        self.summary.sections += sections
        self.summary.characters += characters
