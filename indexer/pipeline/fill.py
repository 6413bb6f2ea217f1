"""One run, whatever index its reports go to: files are read, and what becomes of them goes to the sink."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from indexer.errors import CorpusError
from indexer.messages import Message
from indexer.pipeline.corpus import Corpus
from indexer.pipeline.pool import Pool
from indexer.pipeline.run import Run
from indexer.pipeline.sink import Sink
from indexer.pipeline.tally import Summary
from indexer.pipeline.work import Outcome, Task, is_light, lost, rest_of, work
from indexer.store.reader import KnownFile

_FEW = 64  # so few files are read faster than processes start, if none of them can be of harm

Progress = Callable[[int, int], None]
"""Called with the bytes to read and the bytes of the file just read, 0 before the first."""
Clock = Callable[[], float]
"""Seconds since 1970 (UTC)."""


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
