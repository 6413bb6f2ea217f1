"""What a query finds by year, and by region and year."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from indexer.arrays.segment import Ints
from search.budget import checkpoint
from search.local.collect.firsts import firsts
from search.local.collect.ground import Ground, Grounds
from search.local.collect.groups import together
from search.local.collect.ranked import hits_by_file
from search.local.collect.warnings import warnings
from search.local.plan import Plan
from search.spread import Below, Row, Spread


def spread(plan: Plan, below: Below, grounds: Grounds) -> Spread:
    """See `search.spread.Spread`. LimitError where it would have too many rows."""
    ground, by_file, matching = grounds.of(plan, below), hits_by_file(plan), plan.answer.files
    by_year = ground.by_year.groups(matching, by_file)
    checkpoint()
    rows = _rows(plan, ground, by_file)
    checkpoint()
    found = firsts(plan, by_file, ground.placed, rows)
    return Spread(
        canonical=plan.canonical,
        warnings=warnings(plan),
        finds_text=plan.answer.finds_text,
        years=ground.timeline.years,
        chart=tuple(ground.chart.groups(matching, by_file)[:-1]),
        rows=tuple(_shown(ground, rows)),
        undated=by_year[-1],
        total=together(by_year),
        first=found.first,
        firsts=found.of_rows,
        firsts_total=found.total,
        page=plan.request.page,
        size=plan.request.size,
    )


def _rows(plan: Plan, ground: Ground, by_file: Ints) -> list[Row]:
    """The rows of all regions, and one more for the reports in none of them."""
    cells = ground.cells.groups(plan.answer.files, by_file)
    totals = ground.totals.groups(plan.answer.files, by_file)
    width = len(ground.timeline.years) + 1
    parts = (tuple(cells[a : b - 1]) for a, b in pairwise(range(0, len(cells) + 1, width)))
    return list(map(Row, [*(row.region for row in ground.regions), None], parts, totals))


def _shown(ground: Ground, rows: list[Row]) -> Iterator[Row]:
    """The rows that are expected or have reports."""
    expected = [*(row.expected for row in ground.regions), False]
    return (row for row, there in zip(rows, expected, strict=True) if there or row.total.reports)
