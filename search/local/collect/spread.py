"""What a query finds by year, and by region and year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from indexer.arrays.segment import Ints
from indexer.model import Region
from search.local.collect.firsts import firsts
from search.local.collect.groups import Counted, Placed, Timeline, groups, placed, together
from search.local.collect.warnings import warnings
from search.local.facets.rows import rows_of
from search.local.plan import Plan
from search.spread import Below, Group, Row, Spread


def spread(plan: Plan, below: Below) -> Spread:
    """See `search.spread.Spread`. LimitError where it would have too many rows."""
    columns, request = plan.columns, plan.request
    regions = rows_of(request.region, below, columns.chains_of_code)
    every_year = np.flatnonzero(plan.filters.passing(plan.asked, but="year"))
    files = np.flatnonzero(plan.filters.passing(plan.asked))
    counted, timeline = Counted.of(plan), Timeline.of(columns, every_year)
    years = timeline.years
    by_year = groups(counted, files, timeline.slots.take(files), len(years) + 1)
    in_rows = placed(columns, [row.region.code for row in regions], files)
    rows = _rows(counted, timeline, in_rows, [row.region for row in regions])
    found = firsts(plan, counted, in_rows, rows, years)
    return Spread(
        canonical=plan.canonical,
        warnings=warnings(plan),
        finds_text=plan.answer.silent is None,
        years=years,
        chart=_chart(counted, timeline, every_year),
        rows=_shown(rows, [*(row.expected for row in regions), False]),
        undated=by_year[-1],
        total=together(by_year),
        first=found.first,
        firsts=found.of_rows,
        firsts_total=found.total,
        page=request.page,
        size=request.size,
    )


def _chart(counted: Counted, timeline: Timeline, files: Ints) -> tuple[Group, ...]:
    """A group for each year."""
    size = len(timeline.years)
    return tuple(groups(counted, files, timeline.slots.take(files), size + 1)[:size])


def _rows(
    counted: Counted, timeline: Timeline, in_rows: Placed, regions: Sequence[Region]
) -> list[Row]:
    """The rows of the regions, and one more for the reports in none of them."""
    width = len(timeline.years) + 1
    size = len(regions) + 1
    places = in_rows.rows * width + timeline.slots.take(in_rows.files)
    cells = groups(counted, in_rows.files, places, size * width)
    totals = groups(counted, in_rows.files, in_rows.rows, size)
    parts = (tuple(cells[a : b - 1]) for a, b in pairwise(range(0, size * width + 1, width)))
    return list(map(Row, [*regions, None], parts, totals))


def _shown(rows: Sequence[Row], expected: Sequence[bool]) -> tuple[Row, ...]:
    """The rows that are expected or have reports."""
    return tuple(
        row for row, there in zip(rows, expected, strict=True) if there or row.total.reports
    )
