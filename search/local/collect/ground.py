"""What a spread counts on, whatever text is looked for: of the plan's *candidates* (the reports that the
query looks in), those that pass the filters, laid out by row and year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.arrays.segment import Ints
from search.cache import Cache
from search.local.collect.groups import Parts, Placed, Timeline, placed
from search.local.facets.rows import RowRegion, rows_of
from search.local.matching.frames import allowed
from search.local.plan import Plan
from search.model import FACETS
from search.query.conditions import regions_asked
from search.spread import Below

CACHE_BYTES = 8 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The rows and years of some conditions and filters, and the candidates in them.

    `chart`: those that pass all but the filter of years, by year. The others are of those that pass all:
    `by_year` (the last group names no year), `totals` by row, and `cells` by row and year, a row after
    the other, each with one more for no year.
    """

    regions: tuple[RowRegion, ...]
    timeline: Timeline
    placed: Placed
    chart: Parts
    by_year: Parts
    totals: Parts
    cells: Parts

    @property
    def bytes(self) -> int:
        parts = (self.chart, self.by_year, self.totals, self.cells)
        return self.timeline.slots.nbytes + sum(part.bytes for part in parts)


class Grounds:
    """Those of the last filters; threads may share it."""

    def __init__(self) -> None:
        self._kept: Cache[Ground] = Cache(CACHE_BYTES, lambda ground: ground.bytes)

    def of(self, plan: Plan, below: Below) -> Ground:
        """LimitError where there would be too many rows."""
        asked = plan.request
        filters = (getattr(asked, name) for name in FACETS)
        years = asked.year_from, asked.year_to
        key = (below, plan.conditions, asked.scope, years, asked.since, *filters)
        return self._kept.get(key, lambda: _ground(plan, below))


def _ground(plan: Plan, below: Below) -> Ground:
    columns, characters = plan.columns, _characters(plan)
    named = plan.request.region or regions_asked(plan.conditions)
    regions = rows_of(named, below, columns.chains_of_code)
    candidates = plan.candidates.files
    every_year = np.flatnonzero(plan.filters.passing(candidates, but="year"))
    files = np.flatnonzero(plan.filters.passing(candidates))
    timeline = Timeline.of(columns, every_year)
    width, slots = len(timeline.years) + 1, timeline.slots
    in_rows = placed(columns, [row.region.code for row in regions], files)
    held, rows, size = in_rows.files, in_rows.rows, len(regions) + 1
    return Ground(
        regions,
        timeline,
        in_rows,
        chart=Parts.of(every_year, slots.take(every_year), width, characters),
        by_year=Parts.of(files, slots.take(files), width, characters),
        totals=Parts.of(held, rows, size, characters),
        cells=Parts.of(held, rows * width + slots.take(held), size * width, characters),
    )


def _characters(plan: Plan) -> Ints:
    """For each file, the characters of its sections of the kinds asked for, by filter and by field."""
    columns, kinds = plan.columns, plan.kinds
    if kinds is None:
        return columns.file_characters
    blocks = np.flatnonzero(allowed(columns, np.arange(columns.blocks), kinds))
    files = columns.block_file.take(blocks)
    found = np.bincount(files, columns.characters.take(blocks), minlength=columns.files)
    return found.astype(np.int64)
