"""What the tools do: questions to an engine, answered in verified spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from indexer.errors import RequestError
from indexer.messages import Message
from search.model import SearchRequest, check_number
from search.query.phrase import printed_phrase
from search.quoted import Quoted
from search.source import EngineSource
from search.verifying.model import FOUND, Claim
from search.verifying.verify import verify
from web.mcp.answers import (
    FoundHits,
    FoundReport,
    FoundReports,
    Outline,
    Span,
    Verified,
    YearCount,
    Years,
)
from web.mcp.spans import Quoting, Source
from web.report.copied import read_copied
from web.said import told

LONGEST = 4_000
"""Most code points of one passage."""
MOST_HITS = 50
"""Most hits of one answer."""
_HOLDING = 5  # reports that are named for a quote without a link
_OPENED = 1_000
"""Most reports that are opened for one."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools, over whatever generation answers at the moment; links begin with `root`. All of them raise
    GongkaiErrors alone."""

    engines: EngineSource
    root: str

    def search(self, asked: SearchRequest) -> FoundReports:
        """The reports that say it, best first, with the sentences of their first hits."""
        quoting = self._quoting()
        result = quoting.engine.search(asked)
        reports = []
        for hit in result.reports:
            source = quoting.source(hit.id)
            found = [(hit.id, each.start, each.end, each.check) for each in hit.passages]
            quotes = quoting.sentences(found)
            report = source.report
            reports.append(
                FoundReport(
                    hit.id, report.title, report.year, source.region, source.link, hit.hits, quotes
                )
            )
        return FoundReports(
            result.canonical,
            result.total.reports,
            result.total.hits,
            result.page,
            tuple(reports),
            quoting.withheld,
            _notes(result.warnings),
        )

    def hits(self, asked: SearchRequest) -> FoundHits:
        """Hit by hit, in reading order."""
        check_number("size", asked.size, 1, MOST_HITS)
        quoting = self._quoting()
        page = quoting.engine.concordance(asked)
        lines = [(line.report, line.start, line.end, line.check) for line in page.lines]
        return FoundHits(
            page.canonical,
            page.reports,
            page.hits,
            page.page,
            quoting.sentences(lines),
            quoting.withheld,
            _notes(page.warnings),
        )

    def trend(self, asked: SearchRequest) -> Years:
        """Year by year; years without reports are left out."""
        quoting = self._quoting()
        spread = quoting.engine.spread(replace(asked, size=1, passages=1))
        years = zip(spread.years, spread.chart, strict=True)
        first = spread.first.report if spread.first else None
        quotes = [(first.id, p.start, p.end, p.check) for p in first.passages] if first else []
        spans = quoting.sentences(quotes)
        total = spread.total
        return Years(
            spread.canonical,
            total.reports,
            total.matching,
            total.hits,
            tuple(
                YearCount(year, of.reports, of.matching, of.hits)
                for year, of in years
                if of.reports
            ),
            spans[0] if spans else None,
            _notes(spread.warnings),
        )

    def passage(self, report: str, start: int, end: int) -> Span:
        """A part of a report, as it stands there."""
        source = self._quoting().source(report)
        check_number("start", start, 0, len(source.text) - 1)
        check_number("end", end, start + 1, min(start + LONGEST, len(source.text)))
        return source.passage(start, end)

    def outline(self, report: str) -> Outline:
        """The headings of a report, and where they stand."""
        source = self._quoting().source(report)
        headings = [each.heading for each in source.report.sections if each.heading is not None]
        return Outline(
            source.report.id,
            source.report.title,
            source.report.year,
            source.region,
            len(source.text),
            tuple(source.passage(line.start, line.end) for line in headings),
        )

    def verify(self, quote: str, link: str) -> Verified:
        """What became of a quote, or of the passage of a link, or both together."""
        if link:
            return self._verify_link(quote, read_copied(link)[0])
        if not quote.strip():
            raise RequestError(Message("no_link"), parameter="link", hint=Message("no_link_hint"))
        return self._verify_quote(quote)

    def _verify_quote(self, quote: str) -> Verified:
        spans: list[Span] = []
        for opened, span in enumerate(self._candidates(quote)):
            if span is not None:
                spans.append(span)
            if opened + 1 == _OPENED or len(spans) > _HOLDING:
                break
        else:
            return Verified(
                "exact" if spans else "gone", bool(spans), tuple(spans), len(spans), at_least=False
            )
        exact = bool(spans) or None
        named = tuple(spans[:_HOLDING])
        return Verified("exact" if spans else "unknown", exact, named, len(spans), at_least=True)

    def _verify_link(self, quote: str, link: Quoted) -> Verified:
        """As `gongkai verify` does it. What a quote does not agree with is shown as a span, not told."""
        quoting = self._quoting()
        claim = Claim(link.id, link.start, link.end, link.check, quote, sources=link.sources)
        (verdict,) = verify(quoting.engine, [claim])
        found = verdict.outcome in FOUND
        spans: tuple[Span, ...] = ()
        if verdict.report is not None and (found or verdict.misquoted):
            source = quoting.source(verdict.report.id)
            spans = (source.passage(verdict.start, verdict.end),)
        exact = spans[0].quote == quote if found and quote else None
        return Verified(
            verdict.outcome,
            False if quote and verdict.outcome == "changed" else exact,
            spans,
            int(found),
            at_least=True,
            notes=() if verdict.misquoted else _notes(verdict.why),
        )

    def _candidates(self, quote: str) -> Iterator[Span | None]:
        """The quote in each report that has its beginning, one report at a time; None where that has not all of
        it, character by character."""
        phrase = printed_phrase(quote)
        if not phrase:
            return
        quoting = self._quoting()
        asked = SearchRequest(q=f'"{phrase}"', passages=0)
        for hit in quoting.engine.every_report(asked):
            source = Source(quoting.engine.report(hit.id), self.root)
            start = source.text.find(quote)
            yield source.passage(start, start + len(quote)) if start >= 0 else None

    def _quoting(self) -> Quoting:
        return Quoting(self.engines.now(), self.root)


def _notes(warnings: Iterable[Message]) -> tuple[str, ...]:
    return tuple(map(told, warnings))
