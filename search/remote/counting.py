"""Many queries counted, one after the other: by the cells of a spread."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.messages import Message
from indexer.model import Region
from search.counts import Counts, Earliest, OfRegion, OfYear
from search.remote.spreading import Cell, Table, places_of

_Sum = tuple[int, int]


def counts_of(
    query: str,
    canonical: str,
    warnings: Sequence[Message],
    cells: Sequence[Cell],
    first: Earliest | None,
    table: Table | None,
    *,
    crossed: bool,
) -> Counts:
    """What one query finds, by its cells; `table`: the rows and years of all queries, None where none are
    told."""
    reports = sum(cell.reports for cell in cells)
    hits = sum(cell.value for cell in cells)
    years: tuple[OfYear, ...] = ()
    regions: tuple[OfRegion, ...] = ()
    if table is not None:
        years = _years(cells)
        regions = tuple(_regions(table, cells, crossed=crossed))
    return Counts(query, canonical, tuple(warnings), reports, hits, first, years, regions)


def _years(cells: Sequence[Cell]) -> tuple[OfYear, ...]:
    sums: dict[int | None, _Sum] = {}
    for cell in cells:
        reports, hits = sums.get(cell.year, (0, 0))
        sums[cell.year] = reports + cell.reports, hits + cell.value
    named = sorted(year for year in sums if year is not None)
    order: list[int | None] = [*named, *([None] if None in sums else [])]
    return tuple(OfYear(year, *sums[year]) for year in order)


def _regions(table: Table, cells: Sequence[Cell], *, crossed: bool) -> list[OfRegion]:
    places = places_of(table.regions, {cell.chain for cell in cells})
    by_row: dict[int, list[Cell]] = {}
    for cell in cells:
        for row in places[cell.chain]:
            by_row.setdefault(row, []).append(cell)
    names: list[Region | None] = [*(row.region for row in table.regions), None]
    return [
        OfRegion(
            names[row],
            sum(cell.reports for cell in own),
            sum(cell.value for cell in own),
            _years(own) if crossed else (),
        )
        for row, own in sorted(by_row.items())
    ]
