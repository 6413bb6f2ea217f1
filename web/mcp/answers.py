"""What the tools answer. What reports say stands in a `Span` alone, with the link that proves it.

Without slots: the package that makes JSON schemas of them would take those for defaults.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["exact", "moved", "changed", "gone", "unknown"]


@dataclass(frozen=True)
class Span:
    """A quote that stands in a report, character by character: code points `start` to `end` (exclusive) of
    its text. `hit` is what of it was looked for, "" where nothing was. `link` opens the passage, and says so
    if the report has changed since."""

    quote: str
    hit: str
    link: str
    report: str
    title: str
    year: int | None
    region: str
    section: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True)
class FoundReport:
    """A report that a search finds: how many hits it has, and the first of them."""

    report: str
    title: str
    year: int | None
    region: str
    link: str
    hits: int
    quotes: tuple[Span, ...]


@dataclass(frozen=True)
class FoundReports:
    """A page of the reports that a search finds. `total_reports` and `total_hits` are exact. `withheld`:
    quotes left out since they did not stand in their report."""

    query: str
    total_reports: int
    total_hits: int
    page: int
    reports: tuple[FoundReport, ...]
    withheld: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class FoundHits:
    """A page of the hits of a search, one by one."""

    query: str
    total_reports: int
    total_hits: int
    page: int
    hits: tuple[Span, ...]
    withheld: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class YearCount:
    """Of a year: the reports that there are, those of them that say it, the hits in these."""

    year: int
    reports: int
    saying: int
    hits: int


@dataclass(frozen=True)
class Years:
    """A search year by year, and the first report that says it."""

    query: str
    reports: int
    saying: int
    hits: int
    years: tuple[YearCount, ...]
    first: Span | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Verified:
    """What became of a quote. exact: it stands where the link says, or without a link, in these reports;
    moved: elsewhere; changed: the report does not have it, and where there is a span, the link is of that;
    gone: the report of the link, or without a link the quote, is not here; unknown: too many reports begin like
    it to look at all. `quote_is_exact`: whether the quote that was given is that passage, character by character
    (None where none was given, or that is unknown); an exact one that is not is a part of it, or has other marks.
    `reports`: how many reports are known to hold it; `at_least`: others were not looked at."""

    verdict: Verdict
    quote_is_exact: bool | None
    spans: tuple[Span, ...]
    reports: int
    at_least: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outline:
    """The headings of a report, each as a quote; `length`: code points of its text."""

    report: str
    title: str
    year: int | None
    region: str
    length: int
    headings: tuple[Span, ...]
