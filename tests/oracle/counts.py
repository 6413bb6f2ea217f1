"""The counts of a list, each query by itself: what `Engine.counts` has to equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from indexer.errors import GongkaiError
from indexer.model import Region
from search.counts import Counted, Counts, Earliest, OfRegion, OfYear, Refused
from search.model import ReportHit, SearchRequest, Totals
from search.spread import Below, Spread


class Single(Protocol):
    """An engine that answers one query at a time."""

    def count(self, request: SearchRequest) -> Totals: ...

    def every_report(self, request: SearchRequest) -> Iterator[ReportHit]: ...

    def spread(self, request: SearchRequest, below: Below = "children") -> Spread: ...


def one_by_one(
    engine: Single,
    queries: Iterable[str],
    request: SearchRequest,
    below: Below | None,
    *,
    crossed: bool,
) -> Iterator[Counted]:
    """An answer a query: its totals, and its reports sorted by hand."""
    request = replace(request, page=1, size=1, passages=0)
    bare = engine.spread(replace(request, q="", silent=False), below or "children")
    regions = [row.region for row in bare.rows if row.region] if below else None
    return (_counted(engine, replace(request, q=q), regions, crossed) for q in queries)


def _counted(
    engine: Single, asked: SearchRequest, regions: Sequence[Region] | None, crossed: bool
) -> Counted:
    try:
        total, found = engine.count(asked), engine.spread(asked)
    except GongkaiError as error:
        return Refused(asked.q, error)
    reports, first = list(engine.every_report(asked)), found.first
    return Counts(
        query=asked.q,
        canonical=found.canonical,
        warnings=found.warnings,
        reports=total.reports,
        hits=total.hits,
        first=first
        and Earliest(first.report.id, first.report.title, first.year, first.report.region),
        years=() if regions is None else _years(reports),
        regions=() if regions is None else tuple(_regions(reports, regions, crossed)),
    )


def _years(reports: Sequence[ReportHit]) -> tuple[OfYear, ...]:
    by_year: dict[int | None, list[int]] = {}
    for report in reports:
        by_year.setdefault(report.year, []).append(report.hits)
    ordered = sorted(by_year, key=lambda year: (year is None, year or 0))
    return tuple(OfYear(year, len(by_year[year]), sum(by_year[year])) for year in ordered)


def _regions(
    reports: Sequence[ReportHit], regions: Sequence[Region], crossed: bool
) -> Iterator[OfRegion]:
    codes = {region.code for region in regions}
    rest = [r for r in reports if not codes & {region.code for region in r.region}]
    inside = [
        (region, [r for r in reports if region.code in {own.code for own in r.region}])
        for region in regions
    ]
    for region, own in (*inside, (None, rest)):
        if own:
            hits = sum(report.hits for report in own)
            yield OfRegion(region, len(own), hits, _years(own) if crossed else ())
