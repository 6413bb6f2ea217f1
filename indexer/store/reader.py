"""Reading an index. Whoosh's exceptions end here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.index import TOC, EmptyIndexError, FileIndex, open_dir
from whoosh.query import Term
from whoosh.reading import IndexReader as WhooshReader

from indexer.errors import (
    DamagedIndexError,
    GongkaiError,
    IndexUnusableError,
    MissingIndexError,
)
from indexer.model import Region, Report, shown_heading
from indexer.store.directory import check_fingerprint, check_is_index
from indexer.store.records import FileState, report_of, state_of

_TRIES = 5


@dataclass(frozen=True, slots=True)
class FoldedSection:
    """A section as queries see it: folded lines joined by "\\n"; word_starts as in prepare.py.

    `heading` is as shown, "" for none; `start` is the section's offset in the canonical text.
    """

    kind: str
    heading: str
    level: int
    path: tuple[str, ...]
    start: int
    folded: str
    word_starts: bytes


@dataclass(frozen=True, slots=True)
class FoldedReport:
    """A report as queries see it. `documents` are its Whoosh document numbers, one a section."""

    id: str
    former: tuple[str, ...]
    source: str
    title: str
    folded_title: str
    title_word_starts: bytes
    genre: str
    year: int | None
    published: str | None
    issuer: str | None
    region: tuple[Region, ...]
    sections: tuple[FoldedSection, ...]
    documents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the index knows of a file; sizes are of its report, 0 where it was rejected."""

    state: FileState
    former: tuple[str, ...] = ()
    sections: int = 0
    characters: int = 0


class IndexReader:
    """One generation of an index, open for reading; later commits do not change what it sees."""

    def __init__(self, folder: Path, *, any_version: bool = False) -> None:
        """Raises MissingIndexError, OtherVersionError or DamagedIndexError.

        `any_version` opens an index of another fingerprint, too: its files and ids are the same.
        """
        self.folder = folder
        check_is_index(folder)
        if not any_version:
            check_fingerprint(folder)
        with _mapped(folder):
            self._index, self._reader = _opened(folder)
            self.generation = generation_of(folder, self._index)

    def close(self) -> None:
        self._reader.close()

    def files(self) -> Mapping[str, KnownFile]:
        """Every file that was read, rejected ones too, by source."""
        found: dict[str, KnownFile] = {}
        with _mapped(self.folder):
            for stored in self._stored(Term("first", "1")):
                about = stored.get("about", {})
                found[stored["source"]] = KnownFile(
                    state_of(stored["file"]),
                    tuple(about.get("former", ())),
                    about.get("sections", 0),
                    about.get("characters", 0),
                )
        return found

    def reports(self) -> Iterator[FoldedReport]:
        """All reports, in the order of the index."""
        with _mapped(self.folder):
            current: list[tuple[int, dict[str, Any]]] = []
            for number, stored in self._reader.iter_docs():
                if current and stored.get("report") != current[0][1]["report"]:
                    yield _folded_report(current)
                    current = []
                if "report" in stored:
                    current.append((number, stored))
            if current:
                yield _folded_report(current)

    def report(self, documents: Sequence[int]) -> Report:
        """The report whose sections are these documents."""
        with _mapped(self.folder):
            stored = [self._reader.stored_fields(number) for number in documents]
        return report_of(stored[0]["source"], stored[0]["about"], [s["section"] for s in stored])

    def section_lines(self, document: int) -> list[str]:
        """The lines of one section as printed, its heading first where it has one."""
        with _mapped(self.folder):
            lines: str = self._reader.stored_fields(document)["section"]["lines"]
        return lines.split("\n")

    def _stored(self, query: Term) -> Iterator[dict[str, Any]]:
        if (query.fieldname, query.text) not in self._reader:
            return
        postings = self._reader.postings(query.fieldname, query.text)
        while postings.is_active():
            yield self._reader.stored_fields(postings.id())
            postings.next()


def generation_of(folder: Path, index: FileIndex) -> str:
    """A name for what the index holds now; it changes with every commit and every new index."""
    number = index.latest_generation()
    toc = folder / TOC._filename(index.indexname, number)
    return f"{number}-{toc.stat().st_mtime_ns:x}"


def _folded_report(documents: Sequence[tuple[int, Mapping[str, Any]]]) -> FoldedReport:
    stored = documents[0][1]
    about = stored["about"]
    return FoldedReport(
        id=stored["report"],
        former=about["former"],
        source=stored["source"],
        title=about["title"],
        folded_title=about["folded_title"],
        title_word_starts=about["title_word_starts"],
        genre=about["genre"],
        year=about["year"],
        published=about["published"],
        issuer=about["issuer"],
        region=tuple(Region(*region) for region in about["region"]),
        sections=tuple(_folded_section(stored["section"]) for _, stored in documents),
        documents=tuple(number for number, _ in documents),
    )


def _folded_section(record: Mapping[str, Any]) -> FoldedSection:
    heading = record["lines"].partition("\n")[0] if record["headed"] else ""
    return FoldedSection(
        record["kind"],
        shown_heading(heading),
        record["level"],
        record["path"],
        record["start"],
        record["folded"],
        record["word_starts"],
    )


def _opened(folder: Path) -> tuple[FileIndex, WhooshReader]:
    """The newest generation. A commit in between takes its files away: then the next one is there."""
    for _ in range(_TRIES - 1):
        with contextlib.suppress(FileNotFoundError):
            index = open_dir(str(folder), readonly=True)
            return index, index.reader()
    index = open_dir(str(folder), readonly=True)
    return index, index.reader()


@contextlib.contextmanager
def _mapped(folder: Path) -> Iterator[None]:
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
