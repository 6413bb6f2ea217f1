"""The counts of a list, each query by itself: what `Engine.counts` has to equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from indexer.errors import GongkaiError
from search.counts import Counted, Counts, Earliest, OfRegion, OfYear, Refused
from search.model import SearchRequest, Totals
from search.spread import Below, Group, Row, Spread


class Single(Protocol):
    """An engine that answers one query at a time."""

    def count(self, request: SearchRequest) -> Totals: ...

    def spread(self, request: SearchRequest, below: Below = "children") -> Spread: ...


def one_by_one(
    engine: Single, queries: Iterable[str], request: SearchRequest, below: Below, *, crossed: bool
) -> Iterator[Counted]:
    """An answer a query, from its totals and its spread."""
    request = replace(request, page=1, size=1, passages=0)
    engine.spread(replace(request, q=""), below)  # raises what is wrong with the filters
    return (_counted(engine, replace(request, q=q), below, crossed) for q in queries)


def _counted(engine: Single, asked: SearchRequest, below: Below, crossed: bool) -> Counted:
    try:
        found = engine.spread(asked, below)
    except GongkaiError as error:
        return Refused(asked.q, error)
    total = engine.count(asked)
    first = found.first
    return Counts(
        query=asked.q,
        canonical=found.canonical,
        warnings=found.warnings,
        reports=total.reports,
        sections=total.sections,
        hits=total.hits,
        first=first
        and Earliest(first.report.id, first.report.title, first.year, first.report.region),
        years=tuple(_years(found, found.chart, asked)),
        regions=tuple(
            OfRegion(
                row.region,
                row.total.matching,
                row.total.hits,
                tuple(_of_row(found, row)) if crossed else (),
            )
            for row in found.rows
            if row.total.matching
        ),
    )


def _years(found: Spread, chart: Iterable[Group], asked: SearchRequest) -> Iterator[OfYear]:
    for year, group in zip(found.years, chart, strict=True):
        if group.matching and _is_asked(year, asked):
            yield OfYear(year, group.matching, group.hits)
    if found.undated.matching:
        yield OfYear(None, found.undated.matching, found.undated.hits)


def _of_row(found: Spread, row: Row) -> Iterator[OfYear]:
    for year, group in zip((*found.years, None), (*row.years, row.undated), strict=True):
        if group.matching:
            yield OfYear(year, group.matching, group.hits)


def _is_asked(year: int, asked: SearchRequest) -> bool:
    if not asked.year and asked.year_from is None and asked.year_to is None:
        return True
    ranged = asked.year_from is not None or asked.year_to is not None
    return year in asked.year or (
        ranged and (asked.year_from or 0) <= year <= (asked.year_to or 9_999)
    )
