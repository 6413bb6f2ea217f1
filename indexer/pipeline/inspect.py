"""How one file is read, without an index: as a report, or file by file where others lie in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from indexer.errors import CorpusError, UnreadableError
from indexer.messages import Message
from indexer.model import Report, normal_source
from indexer.parsing.overrides import Override
from indexer.pipeline.corpus import scan_corpus
from indexer.pipeline.work import content_of, report_of
from indexer.reading.archives.kinds import container_of
from indexer.reading.archives.limits import Budget
from indexer.reading.archives.walk import walk


class Inspected(NamedTuple):
    """A file, and what it is: a report, or none because of this."""

    source: str
    what: Report | Message


@dataclass(frozen=True, slots=True)
class Asked:
    """A file on disk, its source, the path of a file in it ("" for itself), and what a metadata.csv
    says of all of them, by source."""

    file: Path
    source: str
    inside: str
    overrides: Mapping[str, Override] = field(default_factory=dict)

    @property
    def whole_source(self) -> str:
        return f"{self.source}/{self.inside}" if self.inside else self.source


def asked(path: Path, corpus: Path | None) -> Asked:
    """What is meant by a path, which may lead on into an archive. CorpusError where no file lies on
    the way, or where it is none of the corpus."""
    file = next((p for p in (path, *path.parents) if p.is_file()), None)
    if file is None:
        raise CorpusError(
            Message("file_not_regular", file=str(path)), hint=Message("file_not_regular_hint")
        )
    inside = normal_source(path.relative_to(file).as_posix())
    inside = "" if inside == "." else inside
    if corpus is None:
        return Asked(file, normal_source(file.name), inside)
    found = scan_corpus(corpus)
    there = file.resolve()
    source = next((s for s, f in found.files.items() if f.path.resolve() == there), None)
    if source is None:
        raise CorpusError(
            Message("not_in_corpus", file=str(file), folder=str(corpus)),
            hint=Message("not_in_corpus_hint"),
        )
    return Asked(file, source, inside, found.overrides)


def inspect(what: Asked) -> Iterator[Inspected]:
    """The files that lie in the one that is asked for, then itself, where it is a report or why it is
    none. CorpusError where nothing lies there; whatever else is wrong is told of each file."""
    wanted, some = what.whole_source, False
    for source, content in _contents(what):
        if source == wanted or source.startswith(f"{wanted}/"):
            some = True
            yield Inspected(source, _read(source, content, what.overrides.get(source)))
        elif source == what.source and isinstance(content, Message):
            raise UnreadableError(content)
    if not some:
        reason = Message("not_inside", path=what.inside, file=what.source)
        raise UnreadableError(reason if what.inside else Message("empty_archive"))


def _contents(what: Asked) -> Iterator[tuple[str, bytes | Report | Message]]:
    """Every file in the file, then itself."""
    name = what.file.name
    with what.file.open("rb") as opened:
        kind = container_of(name, opened)
        if kind is not None:
            for found in walk(name, kind, opened, Budget(what.file.stat().st_size)):
                path = f"/{found.path}" if found.path else ""
                yield normal_source(what.source + path), found.content
        if kind is None or kind == "mail":
            opened.seek(0)
            yield what.source, content_of(name, opened)


def _read(
    source: str, content: bytes | Report | Message, override: Override | None
) -> Report | Message:
    try:
        return report_of(source, content, override)
    except UnreadableError as error:
        return error.message
