"""What the engine takes and gives: the contract of command line, pages, API and tests.

Nothing here knows how the index is kept: another engine can stand behind the same types.
All offsets are code points of a report's canonical text, end exclusive. What an answer has by the
hundred are named tuples: they are made in half of the time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timezone
from typing import Any, Literal, NamedTuple, get_args

from indexer.errors import LimitError, RequestError
from indexer.messages import Message
from indexer.model import GENRES, KINDS, NO_PLACE, UNKNOWN_TIMES, Indexed, Place, Region

Scope = Literal["report", "section"]
Sort = Literal["relevance", "year", "-year", "hits", "region", "-changed"]
ConcordanceOrder = Literal["report", "left", "right"]

ORIGINS: tuple[str, ...] = ("text", "recognised")
"""Where a report's text is from: its file holds it as text, or some of it was recognised (OCR)."""
CHOICES: Mapping[str, tuple[str, ...]] = {"genre": GENRES, "section": KINDS, "origin": ORIGINS}
"""The values of filters that take no others, in the order in which pages show them."""
_SINCE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)Z)?", re.ASCII)
MAX_QUERY = 1_000
"""Longest query, in code points."""
MAX_SIZE = 100
"""Most reports on one page."""
MAX_PASSAGES = 50
"""Most passages shown of one report."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. Values of one filter are alternatives, the filters narrow each other.

    `region` holds codes or names (a region includes all below it), `year` single years,
    `year_from`/`year_to` an inclusive range, `section` and `genre` the kinds of `indexer.model`, `origin`
    those of ORIGINS. `since`, a day or a time in UTC (2026-11-29, 2026-11-29T15:00:00Z): reports that came into
    the index, or changed there (Indexed), then or later.
    With `words`, the words of a text without quotes may stand apart in one section; with `whole`, only
    hits on word boundaries count; with `literal`, only those spelled as the query is. With `silent`,
    the complement: of the reports that pass the filters (and have a section of the kinds asked for),
    those that the same request without it does not find; none of them has hits.
    """

    q: str = ""
    region: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    section: tuple[str, ...] = ()
    genre: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    since: str = ""
    scope: Scope = "report"
    literal: bool = False
    words: bool = False
    whole: bool = False
    silent: bool = False
    sort: Sort = "relevance"
    page: int = 1
    size: int = 20
    passages: int = 3

    def validate(self) -> SearchRequest:
        """Itself, once it is known to be sound; RequestError or LimitError names the parameter."""
        if len(self.q) > MAX_QUERY:
            raise LimitError(
                Message("query_too_long", count=len(self.q), most=MAX_QUERY),
                hint=Message("query_too_long_hint"),
            )
        for name, value, allowed in (
            ("scope", (self.scope,), get_args(Scope)),
            ("sort", (self.sort,), get_args(Sort)),
            *((name, getattr(self, name), choices) for name, choices in CHOICES.items()),
        ):
            for item in value:
                check_allowed(name, item, allowed)
        for name, number, least, most in (
            ("page", self.page, 1, None),
            ("size", self.size, 1, MAX_SIZE),
            ("passages", self.passages, 0, MAX_PASSAGES),
        ):
            check_number(name, number, least, most)
        if self.since:
            since_seconds(self.since)
        if (
            self.year_from is not None
            and self.year_to is not None
            and self.year_from > self.year_to
        ):
            raise RequestError(
                Message("years_reversed", first=self.year_from, last=self.year_to),
                parameter="year_from",
                hint=Message("years_swapped_hint"),
            )
        return self

    def unfiltered(self) -> SearchRequest:
        """Only what decides which hits a report has: of the filters, the kinds of section do."""
        return SearchRequest(
            q=self.q,
            section=self.section,
            scope=self.scope,
            literal=self.literal,
            words=self.words,
            whole=self.whole,
        )


DEFAULTS: Mapping[str, Any] = {field.name: field.default for field in fields(SearchRequest)}
"""What a request asks for by default, in the order of its parts."""


def since_seconds(since: str) -> int:
    """The value of `since` in seconds since 1970. Raises RequestError."""
    match = _SINCE.fullmatch(since)
    try:
        moment = datetime.fromisoformat(f"{match[1]}T{match[2] or '00:00:00'}" if match else "")
        return int(moment.replace(tzinfo=timezone.utc).timestamp())
    except ValueError as error:
        raise RequestError(
            Message("bad_value", name="since", value=since[:20]),
            parameter="since",
            hint=Message("since_hint"),
        ) from error


def check_order(order: str) -> None:
    """RequestError where it is no order of a concordance."""
    check_allowed("order", order, get_args(ConcordanceOrder))


def check_allowed(name: str, value: str, allowed: tuple[str, ...]) -> None:
    """RequestError where the value of a parameter is none of those allowed."""
    if value not in allowed:
        raise RequestError(
            Message("bad_value", name=name, value=value),
            parameter=name,
            hint=Message("allowed_values", allowed=allowed),
        )


def check_number(name: str, number: int, least: int, most: int | None = None) -> None:
    """RequestError where the parameter is out of bounds."""
    if number < least or (most is not None and number > most):
        raise RequestError(
            Message("bad_number", name=name, value=number),
            parameter=name,
            hint=Message("whole_number_from", least=least)
            if most is None
            else Message("whole_number_between", least=least, most=most),
        )


class Fragment(NamedTuple):
    """A run of a passage's text, a hit or not."""

    text: str
    hit: bool


class SectionRef(NamedTuple):
    """The section a passage stands in; kind "title" for the report's title line.

    `headings` are those on the way down to it, the outermost first; `path` their numbers.
    """

    kind: str
    headings: tuple[str, ...]
    path: tuple[str, ...]

    @property
    def heading(self) -> str:
        """The outermost heading, "" where none is printed."""
        return self.headings[0] if self.headings else ""


class Passage(NamedTuple):
    """Part of one line, with its hits marked; `start`/`end` are its first hit, `check` its checksum.

    `repeats` is how many later lines of the report are the same and not shown; `place` where in its
    file the line is printed.
    """

    section: SectionRef
    fragments: tuple[Fragment, ...]
    start: int
    end: int
    check: str
    repeats: int = 0
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True)
class ReportHit:
    """A report in a result; `hits` counts all its occurrences, `passages` are the first best, `original`
    is the address at which it was published. `indexed`: when it came into the index, and changed there."""

    id: str
    title: str
    genre: str
    year: int | None
    published: str | None
    issuer: str | None
    region: tuple[Region, ...]
    source: str
    score: float
    hits: int
    passages: tuple[Passage, ...]
    original: str | None = None
    indexed: Indexed = UNKNOWN_TIMES


class Facet(NamedTuple):
    """One value of a facet; `reports` are left when this value alone is chosen."""

    value: str
    label: str
    parent: str | None
    reports: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of each facet; the filter of the same name in a request chooses among them.

    `origin` has values only where some of the text was recognised, or one is chosen.
    """

    region: tuple[Facet, ...] = ()
    year: tuple[Facet, ...] = ()
    section: tuple[Facet, ...] = ()
    genre: tuple[Facet, ...] = ()
    issuer: tuple[Facet, ...] = ()
    origin: tuple[Facet, ...] = ()


FACETS = tuple(field.name for field in fields(Facets))
"""In this order pages, API and command line go through them."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Exact, never capped. `whole`: hits that begin and end where words do."""

    reports: int
    sections: int
    hits: int
    whole: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to one request; `canonical` is the query as it was understood.

    Where it finds nothing, `did_you_mean` are canonical queries that find something, and `by_words` is
    how many reports it would find with `words`; they are never counted as if they were found.
    """

    text: str
    canonical: str
    warnings: tuple[Message, ...]
    total: Totals
    took_ms: float
    page: int
    size: int
    reports: tuple[ReportHit, ...]
    facets: Facets
    did_you_mean: tuple[str, ...] = ()
    by_words: int = 0


@dataclass(frozen=True, slots=True)
class LookedIn:
    """The reports that an answer is a part of: those in which the query looks (its terms that find no text
    hold for them, see search.query.conditions) and that pass the filters; how many, and their facets."""

    reports: int
    facets: Facets


@dataclass(frozen=True, slots=True)
class Hit:
    """One occurrence: `start`/`end` in the report's canonical text."""

    start: int
    end: int


class ConcordanceLine(NamedTuple):
    """One hit in its line: `report` is the id, `left` and `right` the text on both sides as
    printed, up to 40 code points of the same line.

    `start`/`end` and `check` are those of the whole hit; of a very long `hit` the middle is cut.
    `place` is where in its file the line is printed. `issuer`, `published` and `original`, the address at
    which it was published, are the report's.
    """

    report: str
    title: str
    genre: str
    year: int | None
    region: tuple[Region, ...]
    section: SectionRef
    left: str
    hit: str
    right: str
    start: int
    end: int
    check: str
    place: Place = NO_PLACE
    issuer: str | None = None
    published: str | None = None
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Concordance:
    """A page of the hits, one a line. `hits` and `reports`, those that hold one, are exact.

    `finds_text` is False of a query that can have no hits: an empty one, or only fields and NOT.
    """

    canonical: str
    warnings: tuple[Message, ...]
    finds_text: bool
    hits: int
    reports: int
    lines: tuple[ConcordanceLine, ...]
    page: int
    size: int
