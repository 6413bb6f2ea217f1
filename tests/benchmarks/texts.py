"""The parsed texts that every engine gets: read and parsed once, then kept in one file."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.model import Report
from indexer.parsing.parse import parse
from indexer.pipeline.corpus import scan_corpus
from indexer.pipeline.pool import Pool
from indexer.pipeline.work import Task
from indexer.reading.read import read
from indexer.text.fold import fold

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Text:
    """A report as the peers know it; `region` holds the codes from the province down."""

    id: str
    title: str
    year: int
    region: tuple[str, ...]
    genre: str
    kinds: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a filter asks of a report; a report without a year has 0."""

    id: str
    year: int
    region: tuple[str, ...]


def text_of(report: Report) -> Text:
    """`body` is the canonical text: the title, then every line."""
    return Text(
        report.id,
        report.title,
        report.year or 0,
        tuple(region.code for region in report.region),
        report.genre,
        tuple(dict.fromkeys(section.kind for section in report.sections)),
        report.text(),
    )


def facts_of(report: Report) -> Facts:
    return Facts(report.id, report.year or 0, tuple(region.code for region in report.region))


def parse_corpus(root: Path, into: Path, jobs: int) -> None:
    """Write every report of the corpus into one file; what the pipeline rejects is left out."""
    corpus = scan_corpus(root)
    tasks = [Task(file, corpus.overrides.get(source)) for source, file in corpus.files.items()]
    write_all(into, filter(None, Pool(_parsed, _none, jobs).results(tasks)))


def _parsed(task: Task) -> Iterator[Report | None]:
    file = task.file
    with suppress(UnreadableError):
        yield parse(file.source, read(file.path.name, file.path.read_bytes()), task.override)


def _none(_task: Task, _reason: Message) -> Report | None:
    return None


def fold_reports(reports: Path, into: Path) -> None:
    """Write the folded lines of every report, joined by newlines, into one file."""
    write_all(
        into, ("\n".join(fold(line.text) for line in r.lines()) for r in stored(reports, Report))
    )


def write_all(into: Path, items: Iterable[object]) -> None:
    """One pickle after the other; the file appears when it is complete."""
    beside = into.with_name(into.name + ".new")
    with beside.open("wb") as file:
        for item in items:
            pickle.dump(item, file, pickle.HIGHEST_PROTOCOL)
    beside.replace(into)


def stored(path: Path, kind: type[Item]) -> Iterator[Item]:
    """The items of such a file, one at a time."""
    with path.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return
