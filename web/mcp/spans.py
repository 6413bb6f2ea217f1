"""Quotes of reports, each checked against the report's text before anybody is given it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from indexer.model import Report, Section
from search.engine import Engine
from search.links import checksum, passage_path, resolve
from web.mcp.answers import Span
from web.printed import Places
from web.report.sentence import around


@dataclass(frozen=True)
class Source:
    """A report to quote from; `root` begins links to it, without "/" at its end."""

    report: Report
    root: str

    @cached_property
    def text(self) -> str:
        return self.report.text()

    @cached_property
    def region(self) -> str:
        return " / ".join(region.name for region in self.report.region)

    @cached_property
    def _places(self) -> Places:
        return Places(self.report)

    @property
    def link(self) -> str:
        return f"{self.root}/reports/{self.report.id}"

    def passage(self, start: int, end: int, hit: str = "") -> Span:
        """The passage as it stands there; the offsets lie in the text."""
        quote = self.text[start:end]
        section = self._section(start)
        return Span(
            quote=quote,
            hit=hit,
            link=self.root + passage_path(self.report.id, start, end, checksum(quote)),
            report=self.report.id,
            title=self.report.title,
            year=self.report.year,
            region=self.region,
            section=section.title if section else "",
            page=self._places.of(start, end).page or None,
            start=start,
            end=end,
        )

    def sentence(self, start: int, end: int, check: str) -> Span | None:
        """The sentence around a hit that an engine reported; None where the text has not that hit there."""
        if resolve(self.text, start, end, check).state != "exact":
            return None
        first, last = around(self.text, start, end)
        return self.passage(first, last, self.text[start:end])

    def _section(self, at: int) -> Section | None:
        """The last section that begins before or there; none for the title."""
        found = None
        for section in self.report.sections:
            line = next(section.all_lines(), None)
            if line is not None and line.start > at:
                break
            found = section if line is not None else found
        return found


@dataclass(slots=True)
class Quoting:
    """What quotes reports for one answer, each report read once; counts what it does not let pass."""

    engine: Engine
    root: str
    withheld: int = 0
    _sources: dict[str, Source] = field(default_factory=dict)

    def source(self, report: str) -> Source:
        """Raises UnknownReportError."""
        if report not in self._sources:
            self._sources[report] = Source(self.engine.report(report), self.root)
        return self._sources[report]

    def sentences(self, hits: Iterable[tuple[str, int, int, str]]) -> tuple[Span, ...]:
        """The sentences around hits, each (report, start, end, check) as an engine reported it; hits of one
        sentence give it once."""
        spans: dict[str, Span] = {}
        for report, start, end, check in hits:
            span = self.source(report).sentence(start, end, check)
            if span is None:
                self.withheld += 1
            else:
                spans.setdefault(span.link, span)
        return tuple(spans.values())
