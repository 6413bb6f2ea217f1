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
from indexer.model import Report
from indexer.store.directory import check_fingerprint, check_is_index
from indexer.store.records import (
    FileState,
    FoldedReport,
    folded_report_of,
    report_of,
    state_of,
)

_TRIES = 5


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
                    yield folded_report_of(current)
                    current = []
                if "report" in stored:
                    current.append((number, stored))
            if current:
                yield folded_report_of(current)

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
