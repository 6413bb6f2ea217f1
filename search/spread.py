"""How what a query finds spreads over years and places: trend, matrix, first appearances, collocates.

Values of the contract (see `model.py`). A *group* is some of the reports that pass the filters, such as
those of one year; what a group holds is told beside what of it the query finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import sub
from typing import Literal, NamedTuple, get_args

from indexer.messages import Message
from indexer.model import Region
from search.model import ReportHit, check_allowed, check_number

Below = Literal["children", "province", "city", "county", "town"]
"""The rows of a matrix.

`children`: the regions right below each region asked for (the provinces where none is asked for); a
region with none below it is its own row. A level: the regions of it within those asked for. What has no
region of that level in it stands for itself: at `city` a direct municipality, at `county` a city without
counties, at `province` a city that was asked for.

Only where they have reports: units that are no more; 香港, 澳门 and 台湾, unless they are asked for; at
`city`, counties that a province governs.
"""
ExampleKind = Literal["phrase", "quoted", "near", "field", "not"]
MAX_ROWS = 5_000
"""Most rows of a matrix: all counties are fewer, all towns are more."""
Side = Literal["right", "left"]
"""What follows a hit, or what precedes it."""
MAX_COLLOCATES = 500
"""Most words beside hits in one answer."""
LONGEST_WORD = 64
"""UTF-16 code units of a word beside a hit; of a longer one, those nearest to the hit stand for it."""


def check_below(below: str) -> None:
    """RequestError where it tells no rows."""
    check_allowed("below", below, get_args(Below))


class Group(NamedTuple):
    """A group of reports: how many there are, how many of them match, the hits in these.

    Only reports that the query looks in are: its fields narrow (see search.query.conditions), and where the
    request names kinds of section, they have one.
    `characters` are those of all its reports: code points of the fold (letters, marks and numbers, what
    stands between ASCII words, ends of sentences), without ends of lines; where the request or a field of
    the query names kinds of section, those of its sections of these kinds.
    """

    reports: int
    matching: int
    hits: int
    characters: int


class Row(NamedTuple):
    """A region of the matrix: its groups by year as `Spread.years` has them, and all of its reports
    together, those that name no year, too.

    `region` is None for the reports that are in none of the rows: of the region asked for itself, say,
    or of no known region.
    """

    region: Region | None
    years: tuple[Group, ...]
    total: Group

    @property
    def undated(self) -> Group:
        """Those of its reports that name no year."""
        dated = (sum(numbers) for numbers in zip(*self.years, strict=True))
        return Group(*map(sub, self.total, dated)) if self.years else self.total


class First(NamedTuple):
    """The first to say it, in a region or, where `region` is None, of all.

    The earliest `year` counts (see `said_in`), then the day it was published, then the order of ties; a report that names
    no year is never the first, one that names no day comes after those of its year that do. `report` has
    one passage (none where the request asks for none), where the query finds text; `others` is how many
    more reports of the same `year` (and region) say it.
    """

    region: Region | None
    report: ReportHit
    others: int

    @property
    def year(self) -> int:
        """The year in which it counts as said."""
        year = said_in(self.report.genre, self.report.year, self.report.published)
        assert year is not None
        return year


def said_in(genre: str, year: int | None, published: str | None) -> int | None:
    """The year in which what a report says counts as said, None for one that names no year.

    A work report is a speech: it was said in the year of its day, if one is known. That of 2025 may have
    been given in December 2024, before others of 2025; one kept under the year that it looks back on was
    given after it. A day further from the year than the next is that of a page put up later.

    All others count in the year that they name as their own. What reports on a year is published after
    it, and of many the day is unknown: by their days, those that tell it would come a year behind those
    that do not.
    """
    if genre != "work_report" or year is None or published is None:
        return year
    given = int(published[:4])
    return given if abs(given - year) <= 1 else year


@dataclass(frozen=True, slots=True)
class Spread:
    """What a query finds by year, and by region and year.

    `years` has every year from the first to the last that the reports have which pass the filters but
    for that of years; `chart` is a group for each. `rows`, `undated` (reports that name no year) and
    `total` are of the reports that pass all filters: where years are chosen, `rows` has empty groups in
    the others. `rows` has every region of the table that is asked for (see `Below`), without reports
    too, each after the one it is in, and ends with one of region None where some reports are in none of
    them. A report is in several rows where one region of them is in another: where a city and its
    province were both asked for, say. `first` is the first of all, `firsts` are those of the regions,
    the earliest first, `firsts_total` of them: the part that page and size ask for.

    Of a silent request, those match that do not say it, and none has hits.
    """

    canonical: str
    warnings: tuple[Message, ...]
    finds_text: bool
    years: tuple[int, ...]
    chart: tuple[Group, ...]
    rows: tuple[Row, ...]
    undated: Group
    total: Group
    first: First | None
    firsts: tuple[First, ...]
    firsts_total: int
    page: int
    size: int


def check_collocates(side: str, limit: int) -> None:
    """RequestError where there is no such side, or so many words cannot be asked for."""
    check_allowed("side", side, get_args(Side))
    check_number("limit", limit, 1, MAX_COLLOCATES)


class Collocate(NamedTuple):
    """A word beside hits: as it is folded, the hits that it stands beside, and how many reports have
    one of these."""

    word: str
    hits: int
    reports: int


@dataclass(frozen=True, slots=True)
class Collocates:
    """The words that follow or precede the hits, the most frequent first; what ties, by reports, then in
    the order of UTF-16 code units.

    `hits` is the number of all hits; `bare` of those at whose side no word stands, since the line or
    the sentence ends there: the others make up the hits of all words. `words` is how many words there
    are, of which `found` are the first. `finds_text` is False of a query that can have no hits.
    """

    canonical: str
    warnings: tuple[Message, ...]
    finds_text: bool
    hits: int
    bare: int
    words: int
    found: tuple[Collocate, ...]


class Place(NamedTuple):
    """Where a report stands in a result: its number from 1, of how many reports, and the ids of the
    reports before and after it, None at the ends."""

    number: int
    reports: int
    previous: str | None
    next: str | None


class Example(NamedTuple):
    """A query to begin with, which finds something in this index; `kind` says what it shows."""

    query: str
    kind: ExampleKind
    reports: int


class RejectedFile(NamedTuple):
    """A file of the corpus that is not in the index, and why."""

    source: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Overview:
    """The corpus at a glance, for who has not asked anything yet. `newest`: when the report that came or changed
    last did so (Indexed), 0 where that is not known."""

    examples: tuple[Example, ...]
    rejected: tuple[RejectedFile, ...]
    newest: int = 0
