"""Who said it first: of all, and in each region of a spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from search.model import ReportHit
from search.remote.fetched import Statistics, shown
from search.remote.prepared import Prepared
from search.remote.shelf import Shelf
from search.remote.spreading import Cell, Earliest, Table, places_of
from search.spread import First


class Firsts(NamedTuple):
    """The first of all, those of a page of the rows, and how many rows have one."""

    first: First | None
    of_rows: tuple[First, ...]
    total: int


def firsts_of(
    shelf: Shelf,
    prepared: Prepared,
    table: Table,
    said: Sequence[Cell],
    earliest: Mapping[tuple[str, ...], Earliest],
    statistics: Statistics,
) -> Firsts:
    """`said`: the reports that are found by the year in which they count as said; `earliest`: the first of
    each region chain."""
    if not earliest:
        return Firsts(None, (), 0)
    request = prepared.request
    first = min(earliest.values())
    rows = _of_rows(table, earliest)
    order = sorted(rows, key=rows.__getitem__)
    page = order[(request.page - 1) * request.size : request.page * request.size]
    reports = _shown(shelf, prepared, [first, *(rows[row] for row in page)], statistics)
    same = _same_years(table, said)
    of_rows = tuple(
        First(
            table.regions[row].region,
            reports[rows[row].id],
            same[row, rows[row].said] - 1,
        )
        for row in page
    )
    of_year = sum(cell.reports for cell in said if cell.year == first.said)
    return Firsts(First(None, reports[first.id], of_year - 1), of_rows, len(rows))


def _of_rows(table: Table, earliest: Mapping[tuple[str, ...], Earliest]) -> dict[int, Earliest]:
    """The first of each row that is a region's."""
    found: dict[int, Earliest] = {}
    for chain, rows in places_of(table.regions, earliest.keys()).items():
        for row in rows:
            if row < len(table.regions):
                found[row] = min(earliest[chain], found.get(row, earliest[chain]))
    return found


def _same_years(table: Table, said: Sequence[Cell]) -> Counter[tuple[int, int | None]]:
    """How many reports of each row count as said in each year."""
    found: Counter[tuple[int, int | None]] = Counter()
    places = places_of(table.regions, {cell.chain for cell in said})
    for cell in said:
        for row in places[cell.chain]:
            found[row, cell.year] += cell.reports
    return found


def _shown(
    shelf: Shelf, prepared: Prepared, wanted: Sequence[Earliest], statistics: Statistics
) -> dict[str, ReportHit]:
    """The reports as a result shows them, with a passage at most."""
    kept = shelf.by_ids([*dict.fromkeys(one.id for one in wanted)])
    request = replace(prepared.request, passages=min(1, prepared.request.passages))
    return {hit.id: hit for hit in shown([*kept.values()], request, statistics)}
