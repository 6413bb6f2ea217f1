"""A quoted passage in this copy of the corpus, wherever the link to it was made.

Copies differ: files are added and edited, or stand in other folders. The check of a link decides what is
the passage; where to look for it is told by the report's id, by the file's path, and by the quote itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from indexer.errors import QueryError, UnknownReportError
from indexer.model import Report, normal_source, report_id
from search.engine import Engine
from search.links import Resolved, resolve
from search.model import MAX_SIZE, SearchRequest
from search.query.phrase import MAX_PHRASE, printed_phrase

_LENGTHS = (MAX_PHRASE, 40, 16)
"""Code points of a quote that are searched for: first all that can be, then less."""

Means = Literal["id", "source", "quote"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage as it was quoted: the parts of its link, offsets in code points.

    `sources` are paths that its file may have had, `quotes` what its text may have been, the likeliest
    first: both were read from a text, and either may be empty or wrong.
    """

    id: str
    start: int
    end: int
    check: str
    sources: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quoted passage stands in a report of this index, and by which means that was found.

    `reports`: how many of those that were looked at hold the quote; more than one only where the quote
    alone has led there.
    """

    report: Report
    place: Resolved
    by: Means
    reports: int = 1

    @property
    def quote(self) -> str:
        """The passage as it stands here; of a changed one, what stands in its place now."""
        return self.report.text()[self.place.start : self.place.end]


def find(engine: Engine, quoted: Quoted) -> Found | None:
    """The passage: in the report of its id, else in one whose path ends alike, else where its words are.

    Where none of them has it unchanged, what became of it in the file that the link names; None where
    that is not here either.
    """
    known = _report(engine, quoted.id)
    if known is not None:
        return Found(known, _resolved(known, quoted), "id")
    by_path = [Found(r, _resolved(r, quoted), "source") for r in _by_path(engine, quoted.sources)]
    unchanged = [found for found in by_path if found.place.state != "changed"]
    if unchanged:
        return unchanged[0]
    return _by_words(engine, quoted) or next(iter(by_path), None)


def _report(engine: Engine, wanted: str) -> Report | None:
    try:
        return engine.report(wanted)
    except UnknownReportError:
        return None


def _resolved(report: Report, quoted: Quoted) -> Resolved:
    return resolve(report.text(), quoted.start, quoted.end, quoted.check)


def _by_path(engine: Engine, sources: tuple[str, ...]) -> Iterator[Report]:
    """Reports by these paths, then without their outer folders: the corpus may be a part of theirs."""
    for source in sources:
        folders = normal_source(source).split("/")
        for outer in range(len(folders)):
            found = _report(engine, report_id("/".join(folders[outer:])))
            if found is not None:
                yield found


def _by_words(engine: Engine, quoted: Quoted) -> Found | None:
    """The report that holds the quote; of several, the one whose path ends most alike."""
    for words in _words(quoted.quotes):
        holding = [
            (report, place)
            for report in _saying(engine, words)
            if (place := _resolved(report, quoted)).state != "changed"
        ]
        if holding:
            report, place = max(holding, key=lambda each: _likeness(each[0].source, quoted.sources))
            return Found(report, place, "quote", len(holding))
    return None


def _words(quotes: tuple[str, ...]) -> Iterator[str]:
    """What to search for. A quote over several lines was copied as one: then only its beginning is
    found, where that stands in one line."""
    phrases = (printed_phrase(quote[:most]) for quote in quotes for most in _LENGTHS)
    return (phrase for phrase in dict.fromkeys(phrases) if phrase)


def _saying(engine: Engine, phrase: str) -> Iterator[Report]:
    """Reports in which the phrase is found, the first `MAX_SIZE` of them."""
    try:
        found = engine.search(SearchRequest(q=f'"{phrase}"', size=MAX_SIZE, passages=0)).reports
    except QueryError:  # marks without words
        return
    for hit in found:
        yield engine.report(hit.id)


def _likeness(source: str, sources: tuple[str, ...]) -> int:
    """How many names a path ends with as one of those does."""
    return max((_alike(normal_source(source), normal_source(each)) for each in sources), default=0)


def _alike(one: str, other: str) -> int:
    pairs = zip(reversed(one.split("/")), reversed(other.split("/")), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
