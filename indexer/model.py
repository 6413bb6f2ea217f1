"""What a report is: the data that every room passes on.

All offsets are code points of the report's canonical text, end exclusive. The canonical text is
the title, then every line of the body in reading order, joined by "\\n".
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from indexer.messages import Message

Genre = Literal["disclosure", "work_report", "other"]
Level = Literal["country", "province", "city", "county", "town"]

GENRES: tuple[Genre, ...] = ("disclosure", "work_report", "other")
KINDS: tuple[str, ...] = (
    "intro",
    "overview",
    "proactive",
    "on_request",
    "fees",
    "litigation",
    "staffing",
    "problems",
    "review",
    "plan",
    "governance",
    "other",
)
"""Section kinds of all genres, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Region:
    """A node of the administrative tree: GB/T 2260 code (6 digits, a town's has 9) and full name.

    In a report's chain the name is the one that the report uses: one of 2014 is of 海安县, which is 海安市
    by now, under the same code.
    """

    code: str
    name: str
    level: Level


class Place(NamedTuple):
    """Where in its file a line is printed, and how surely it was read.

    `page` is the first page that it stands on, counted from 1, `last_page` the last; both 0 where the
    format has no pages. `confidence` is that of the recognition (OCR), in percent; None for text that
    the file holds as text.
    """

    page: int = 0
    last_page: int = 0
    confidence: int | None = None

    def to(self, other: Place) -> Place:
        """The place of a line that begins here and ends there."""
        known = [c for c in (self.confidence, other.confidence) if c is not None]
        return Place(self.page, other.last_page, min(known, default=None))


NO_PLACE = Place()
LOW_CONFIDENCE = 92
"""Percent: a line recognised less surely is doubtful. Of sheets too coarse (50 to 70 dpi), two in
three of the lines at 90 to 93 held an error, one character in twelve; at 99, none. Of good scans
(90 to 150 dpi, spoilt), 3 % of the lines are below it."""


class Indexed(NamedTuple):
    """When a report first came into the index, and when its file or its row in metadata.csv last was another:
    the time of the run that did it, in seconds since 1970 (UTC). 0 where that is not known.

    The time of a run is later than that of every run before it, whatever the clock says.
    """

    first: int = 0
    changed: int = 0


UNKNOWN_TIMES = Indexed()


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading or table row (cells joined by tabs); a match never crosses its end."""

    text: str
    start: int
    place: Place = NO_PLACE

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a report; `lines` are its own, not its children's.

    `heading` is None where none is printed; `level` is 1 for 一、 2 for （一） 3 for 1. and so on;
    `path` holds the numbers on the way down to it, as printed: ("二", "（一）").
    """

    kind: str
    heading: Line | None
    level: int
    path: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """The heading as it is shown: without the punctuation that ends it."""
        return shown_heading(self.heading.text) if self.heading else ""

    def all_lines(self) -> Iterator[Line]:
        """The heading, where one is printed, then the section's own lines."""
        if self.heading is not None:
            yield self.heading
        yield from self.lines


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of the file that is not in the report's text, and why."""

    text: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Report:
    """One document of the corpus.

    `source` is its path in the corpus ("/" separators, NFC); `published` an ISO date;
    `region` the chain from province (or 000000 全国) down; there is one section at least. `copies` are
    the sources of other files that hold the same report, and `indexed` when it came there, where it comes
    from an index.
    """

    source: str
    title: str
    genre: Genre
    year: int | None
    published: str | None
    issuer: str | None
    number: str | None
    url: str | None
    region: tuple[Region, ...]
    sections: tuple[Section, ...]
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[Message, ...] = ()
    copies: tuple[str, ...] = ()
    indexed: Indexed = field(default=UNKNOWN_TIMES, compare=False)

    @property
    def id(self) -> str:
        return report_id(self.source)

    def lines(self) -> Iterator[Line]:
        """Title, then every line of the body in reading order."""
        yield Line(self.title, 0)
        for section in self.sections:
            if section.heading is not None:
                yield section.heading
            yield from section.lines

    def text(self) -> str:
        """The canonical text."""
        return "\n".join([line.text for line in self.lines()])


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file of a report as it was when it was read: size in bytes, mtime in ns, sha256 of its bytes.

    Of a report that lies in an archive, size and sha256 are the report's own."""

    source: str
    size: int
    mtime_ns: int
    sha256: str


def shown_heading(printed: str) -> str:
    """A heading without the punctuation and space that end it."""
    return printed.rstrip("。:：;；,， \u3000\xa0\t")


def report_id(source: str) -> str:
    """First 12 hex digits of sha256 of the path in the corpus: it survives edits and rebuilds."""
    return hashlib.sha256(normal_source(source).encode()).hexdigest()[:12]


def normal_source(source: str) -> str:
    """A corpus path as it is kept: "/" separators, NFC."""
    return unicodedata.normalize("NFC", source.replace("\\", "/"))
