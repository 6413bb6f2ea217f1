"""A quoted passage in this copy of the corpus, wherever the link to it was made.

Copies differ: files are added and edited, or stand in other folders. The check of a link decides what is
the passage; where to look for it is told by the report's id, by the file's path, and by the quote itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Literal

from indexer.errors import QueryError, UnknownReportError
from indexer.model import Report, normal_source, report_id
from search.engine import Engine
from search.links import Resolved, State, checksum, resolve
from search.model import SearchRequest
from search.query.phrase import printed_phrase

_PIECE = re.compile(r"[^\sA-Za-z0-9]\S*")
_CUT = re.compile(r"[A-Za-z0-9]+$")
_PIECES = 3
"""Pieces of a quote that are searched for where the whole is not found."""
_OPENED = 1_000
"""Most reports that are opened for one phrase."""
_SLACK = 24
"""Code points that a passage may begin before or after where its words let one expect it."""

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
    for phrase, at in dict.fromkeys(_parts(quoted.quotes)):
        holding = list(_holding(engine, quoted, phrase, at))
        if holding:
            report, place = max(holding, key=lambda each: _likeness(each[0].source, quoted.sources))
            return Found(report, place, "quote", len(holding))
    return None


def _parts(quotes: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Phrases to search for, and where in the quote they begin: all of it, then the longest pieces.

    Lines of a passage are copied as one, and it may begin or end within a number: then a piece is found,
    and the whole is not.
    """
    for quote in quotes:
        pieces = sorted(_PIECE.finditer(quote), key=lambda piece: -len(piece[0]))[:_PIECES]
        wholes = [(quote, 0), *((_CUT.sub("", piece[0]), piece.start()) for piece in pieces)]
        for text, at in wholes:
            phrase = printed_phrase(text)
            if phrase:
                yield phrase, at


def _holding(
    engine: Engine, quoted: Quoted, phrase: str, at: int
) -> Iterator[tuple[Report, Resolved]]:
    """The reports that hold the passage near one of these words, and where."""
    if not _finds(engine, phrase):
        return
    request = SearchRequest(q=f'"{phrase}"', passages=0)
    for hit in islice(engine.every_report(request), _OPENED):
        report = engine.report(hit.id)
        starts = (each.start - at for each in engine.hits(hit.id, request))
        place = _near(report.text(), starts, quoted)
        if place is not None:
            yield report, place


def _finds(engine: Engine, phrase: str) -> bool:
    """Whether any report has it; `search` would look for what else may have been meant."""
    try:
        return engine.count(SearchRequest(q=f'"{phrase}"')).reports > 0
    except QueryError:  # marks without words
        return False


def _near(text: str, starts: Iterator[int], quoted: Quoted) -> Resolved | None:
    """The passage near one of these places: spaces, ends of lines and quote marks are not counted in."""
    length = quoted.end - quoted.start
    for around in starts:
        for start in range(max(around - _SLACK, 0), around + _SLACK + 1):
            if checksum(text[start : start + length]) == quoted.check:
                state: State = "exact" if start == quoted.start else "moved"
                return Resolved(state, start, start + length)
    return None


def _likeness(source: str, sources: tuple[str, ...]) -> int:
    """How many names a path ends with as one of those does."""
    return max((_alike(normal_source(source), normal_source(each)) for each in sources), default=0)


def _alike(one: str, other: str) -> int:
    pairs = zip(reversed(one.split("/")), reversed(other.split("/")), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
