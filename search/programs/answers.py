"""What an index answers a program: values of the contract (search.model, search.spread), as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from indexer.messages import Message
from indexer.model import Line, Region, Report, Section
from search.links import checksum, passage_path
from search.model import (
    ConcordanceLine,
    Facets,
    ReportHit,
    SearchRequest,
    Totals,
    check_number,
)
from search.programs.table import Column, Table


def _chain(regions: Iterable[Region]) -> str:
    """All regions on the way down."""
    return " / ".join(region.name for region in regions)


def _code(regions: Sequence[Region]) -> str | None:
    """The code of the innermost."""
    return regions[-1].code if regions else None


_OF_REPORTS = (
    Column("title", "text", lambda row: row.title),
    Column("genre", "text", lambda row: row.genre),
    Column("year", "number", lambda row: row.year),
    Column("region", "text", lambda row: _chain(row.region)),
    Column("region_code", "text", lambda row: _code(row.region)),
)


@dataclass(frozen=True, slots=True, repr=False)
class Reports(Table[ReportHit]):
    """The reports that a query finds, best first; a row a report. `total`, `facets` and the rest are as
    in `search.model.SearchResult`, and exact."""

    request: SearchRequest
    canonical: str
    warnings: tuple[Message, ...]
    total: Totals
    reports: tuple[ReportHit, ...]
    facets: Facets
    did_you_mean: tuple[str, ...]
    root: str

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("id", "text", lambda row: row.id),
        *_OF_REPORTS,
        Column("issuer", "text", lambda row: row.issuer),
        Column("published", "text", lambda row: row.published),
        Column("hits", "number", lambda row: row.hits),
        Column("source", "text", lambda row: row.source),
        Column("link", "link", lambda row: f"/reports/{row.id}"),
    )
    GLANCE: ClassVar[tuple[str, ...]] = ("title", "year", "region", "hits", "link")

    def rows(self) -> tuple[ReportHit, ...]:
        return self.reports

    def says(self) -> tuple[Message, ...]:
        total = self.total
        found = Message(
            "answer_reports", query=self.canonical, reports=total.reports, hits=total.hits
        )
        return found, *self.warnings


@dataclass(frozen=True, slots=True, repr=False)
class Hits(Table[ConcordanceLine]):
    """The hits of a query, one a row, each with the link to quote it by. `hits` and `reports`, those that
    hold one, are of the whole answer; `finds_text` is False of a query that can have no hits."""

    request: SearchRequest
    canonical: str
    warnings: tuple[Message, ...]
    finds_text: bool
    hits: int
    reports: int
    lines: tuple[ConcordanceLine, ...]
    root: str

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("report", "text", lambda row: row.report),
        *_OF_REPORTS,
        Column("section", "text", lambda row: row.section.kind),
        Column("heading", "text", lambda row: " / ".join(row.section.headings)),
        Column("left", "text", lambda row: row.left),
        Column("hit", "text", lambda row: row.hit),
        Column("right", "text", lambda row: row.right),
        Column("page", "number", lambda row: row.place.page or None),
        Column("start", "number", lambda row: row.start),
        Column("end", "number", lambda row: row.end),
        Column("link", "link", lambda row: passage_path(row.report, row.start, row.end, row.check)),
    )
    GLANCE: ClassVar[tuple[str, ...]] = ("year", "region", "left", "hit", "right", "link")
    MARKED: ClassVar[str] = "hit"

    def rows(self) -> tuple[ConcordanceLine, ...]:
        return self.lines

    def says(self) -> tuple[Message, ...]:
        found = Message("answer_hits", query=self.canonical, hits=self.hits, reports=self.reports)
        return found, *self.warnings


class ReportLine(NamedTuple):
    """A line of a report and the section that it stands in."""

    line: Line
    section: Section


@dataclass(frozen=True, slots=True, repr=False)
class Text(Table[ReportLine]):
    """A whole report; a row a line of its body, each with the link to quote it by."""

    report: Report
    root: str

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("section", "text", lambda row: row.section.kind),
        Column("heading", "text", lambda row: row.section.title),
        Column("text", "text", lambda row: row.line.text),
        Column("page", "number", lambda row: row.line.place.page or None),
        Column("start", "number", lambda row: row.line.start),
        Column("end", "number", lambda row: row.line.end),
    )
    GLANCE: ClassVar[tuple[str, ...]] = ("heading", "text", "start", "end")

    def rows(self) -> tuple[ReportLine, ...]:
        return tuple(
            ReportLine(line, section)
            for section in self.report.sections
            for line in section.all_lines()
        )

    def says(self) -> tuple[Message, ...]:
        report = self.report
        return (
            Message(
                "answer_report",
                title=report.title,
                region=_chain(report.region),
                year=str(report.year or ""),
            ),
        )

    def link(self, start: int, end: int) -> str:
        """The link that quotes these code points of `report.text()`, end exclusive. RequestError where they
        are not in it.

        >>> with open_index(SAMPLES) as index:
        ...     text = index.report(index.search("“三务”公开").reports[0].id)
        >>> text.link(0, 4).endswith("/0-4/" + checksum(text.report.text()[:4]))
        True
        """
        text = self.report.text()
        check_number("start", start, 0, len(text) - 1)
        check_number("end", end, start + 1, len(text))
        return self.root + passage_path(self.report.id, start, end, checksum(text[start:end]))
