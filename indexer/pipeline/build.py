"""Bring an index up to date with a corpus, in one transaction."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from indexer.arrays.array_file import give_back
from indexer.errors import (
    CorpusError,
    DamagedIndexError,
    LockedIndexError,
    MissingIndexError,
    OtherVersionError,
)
from indexer.likeness.find import find_alike
from indexer.messages import Message
from indexer.pipeline.corpus import Corpus, scan_corpus
from indexer.pipeline.pool import Pool
from indexer.pipeline.run import Run
from indexer.pipeline.sink import Sink
from indexer.pipeline.tally import Summary
from indexer.pipeline.work import Outcome, Task, is_light, lost, rest_of, work
from indexer.store.corpus_note import note_corpus
from indexer.store.directory import FORMAT_VERSION
from indexer.store.manifest import read_manifest, stored_format
from indexer.store.reader import KnownFile, known_files
from indexer.store.writer import IndexWriter

_FEW = 64  # so few files are read faster than processes start, if none of them can be of harm

Progress = Callable[[int, int], None]
"""Called with the bytes to read and the bytes of the file just read, 0 before the first."""
Clock = Callable[[], float]
"""Seconds since 1970 (UTC)."""


def build(
    root: Path,
    folder: Path,
    *,
    jobs: int,
    rebuild: bool = False,
    progress: Progress | None = None,
    clock: Clock = time.time,
) -> Summary:
    """Index the corpus at `root` into `folder`. What a run that was killed had read is not read again,
    but by `rebuild`. `clock` tells when reports come into the index. An index of another version is replaced, as by
    `rebuild`: it holds nothing that the corpus does not, but for the ids of files that moved.

    Raises CorpusError, LockedIndexError, DamagedIndexError, or OtherVersionError where the index is of
    a version later than this; then the index is as it was.
    """
    started = time.monotonic()
    summary = _brought_up_to_date(
        root, folder, jobs, rebuild=rebuild, progress=progress, now=clock()
    )
    give_back()
    note_corpus(folder, root)
    with contextlib.suppress(LockedIndexError):  # by another run, which finds them
        find_alike(folder)
    summary.rejected.sort(key=lambda rejected: rejected.source)
    summary.seconds = round(time.monotonic() - started, 3)
    return summary


def _brought_up_to_date(
    root: Path, folder: Path, jobs: int, *, rebuild: bool, progress: Progress | None, now: float
) -> Summary:
    """The transaction: when it is done, what the run knew of every file is no longer in memory."""
    corpus = scan_corpus(root)
    resume = not rebuild
    replaces = None if rebuild else _other_version(folder)
    rebuild = rebuild or replaces is not None
    with IndexWriter(folder, rebuild=rebuild, resume=resume) as writer:
        known = _known(folder, rebuild=rebuild)
        summary = fill(
            root,
            corpus,
            known or {},
            writer,
            jobs=jobs,
            rebuild=rebuild,
            progress=progress,
            now=now,
        )
    summary.notice = _notice(replaces, known)
    return summary


def fill(
    root: Path,
    corpus: Corpus,
    known: Mapping[str, KnownFile],
    sink: Sink,
    *,
    jobs: int,
    rebuild: bool,
    progress: Progress | None,
    now: float,
) -> Summary:
    """Bring what a sink holds up to date with the corpus that lies at `root`; `known` is what it knew of the
    files. Raises CorpusError where all of them are gone."""
    if known and not rebuild and not corpus.files and not corpus.closed:
        raise CorpusError(
            Message("corpus_empty", folder=str(root), files=len(known)),
            hint=Message("corpus_empty_hint"),
        )
    run = Run(corpus, known, sink, rebuild=rebuild, now=now)
    tasks = run.tasks()
    size = sum(task.file.size for task in tasks)
    if progress:
        progress(size, 0)
    for outcome in _outcomes(tasks, jobs):
        run.take(outcome)
        if progress and not outcome.state.within:
            progress(size, corpus.files[outcome.source].size)
    run.finish()
    return run.summary


def _outcomes(tasks: Sequence[Task], jobs: int) -> Iterator[Outcome]:
    """What comes of the files, in their order; then of the rest of those whose reading was ended."""
    if len(tasks) <= _FEW and all(is_light(task) for task in tasks):
        yield from chain.from_iterable(map(work, tasks))
        return
    while tasks:
        rests: list[Task] = []
        told = 0
        for outcome in Pool(work, lost, jobs).results(tasks):
            inside = bool(outcome.state.within)
            if not inside and (rest := rest_of(outcome, told)):
                rests.append(rest)
            else:
                yield outcome
            told = told + 1 if inside else 0
        tasks = rests


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
