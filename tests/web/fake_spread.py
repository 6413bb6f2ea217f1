"""What an engine of few reports finds by year and place, as plainly as can be.

Rows are made of the reports' own regions, and of one more province of which there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.messages import Message
from indexer.model import Region, Report
from search.model import ReportHit, SearchRequest
from search.spread import Below, First, Group, Row, Spread, said_in

NOWHERE = Region("990000", "无报省", "province")


@dataclass(frozen=True)
class FakeSpread:
    """`but_years` pass the filters but for that of years, `passing` all of them; `hits` has how many a
    report holds, None where it does not match."""

    request: SearchRequest
    below: Below
    but_years: Sequence[Report]
    passing: Sequence[Report]
    hits: Callable[[Report], int | None]
    shown: Callable[[Report], ReportHit]

    def spread(self, canonical: str, warnings: tuple[Message, ...], *, finds_text: bool) -> Spread:
        stated = [report.year for report in self.but_years if report.year is not None]
        years = tuple(range(min(stated), max(stated) + 1)) if stated else ()
        regions = self._regions()
        rows = [self._row(region, years, self._inside(region)) for region in regions]
        rest = [r for r in self.passing if not set(r.region) & set(regions)]
        firsts = [
            first for region in regions for first in self._first(region, self._inside(region))
        ]
        firsts.sort(key=lambda first: (first.year, first.report.published or "~"))
        page = slice(
            (self.request.page - 1) * self.request.size, self.request.page * self.request.size
        )
        return Spread(
            canonical=canonical,
            warnings=warnings,
            finds_text=finds_text,
            years=years,
            chart=tuple(self._group(_of_year(self.but_years, year)) for year in years),
            rows=(*rows, *([self._row(None, years, rest)] if rest else ())),
            undated=self._group(_of_year(self.passing, None)),
            total=self._group(self.passing),
            first=next(self._first(None, self.passing), None),
            firsts=tuple(firsts[page]),
            firsts_total=len(firsts),
            page=self.request.page,
            size=self.request.size,
        )

    def _regions(self) -> list[Region]:
        found = {region for report in self.but_years for region in self._rows_of(report)}
        nowhere = set() if self.request.region else {NOWHERE}
        return sorted(found | nowhere, key=lambda region: region.code)

    def _rows_of(self, report: Report) -> Iterator[Region]:
        """The region of a report that is a row."""
        asked = self.request.region
        depths = [n for n, r in enumerate(report.region) if r.code in asked or r.name in asked]
        if self.below != "children":
            yield from (region for region in report.region if region.level == self.below)
        elif not asked:
            yield from report.region[:1]
        elif depths:
            yield from report.region[depths[0] + 1 : depths[0] + 2]

    def _inside(self, region: Region) -> list[Report]:
        return [report for report in self.passing if region in report.region]

    def _row(self, region: Region | None, years: Iterable[int], reports: Sequence[Report]) -> Row:
        by_year = tuple(self._group(_of_year(reports, year)) for year in years)
        return Row(region, by_year, self._group(reports))

    def _group(self, reports: Sequence[Report]) -> Group:
        hits = [found for report in reports if (found := self.hits(report)) is not None]
        characters = sum(len(line.text) for report in reports for line in report.lines())
        return Group(len(reports), len(hits), sum(hits), characters)

    def _first(self, region: Region | None, reports: Sequence[Report]) -> Iterator[First]:
        dated = [r for r in reports if r.year is not None and self.hits(r) is not None]
        if dated:
            first = min(dated, key=lambda r: (_said(r), r.published or "~", r.source))
            others = sum(_said(report) == _said(first) for report in dated) - 1
            hit = self.shown(first)
            passages = hit.passages[: min(1, self.request.passages)]
            yield First(region, replace(hit, passages=passages), others)


def _said(report: Report) -> int | None:
    return said_in(report.genre, report.year, report.published)


def _of_year(reports: Iterable[Report], year: int | None) -> list[Report]:
    return [report for report in reports if report.year == year]
