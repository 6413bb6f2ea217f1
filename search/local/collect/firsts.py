"""Who said it first: of all, and in each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.arrays.distinct import distinct
from indexer.arrays.segment import NO_YEAR, Ints
from search.local.collect.groups import Placed
from search.local.collect.reports import shown_reports
from search.local.plan import Plan
from search.model import ReportHit
from search.spread import First, Row


@dataclass(frozen=True, slots=True)
class Firsts:
    """The first of all, those of a page of the rows, and how many rows have one."""

    first: First | None
    of_rows: tuple[First, ...]
    total: int


def firsts(plan: Plan, by_file: Ints, placed: Placed, rows: Sequence[Row]) -> Firsts:
    """See `search.spread.First`. Rows are numbered as in `placed`; the last one is no region's.
    `by_file`: for each file, its number of hits."""
    request, columns = plan.request, plan.columns
    dated = np.flatnonzero(plan.passing & (columns.year != NO_YEAR))
    if not len(dated):
        return Firsts(None, (), 0)
    earliest = int(dated[np.argmin(columns.time_rank[dated])])
    year = columns.said_year[dated]
    others = int(np.count_nonzero(year == columns.said_year[earliest])) - 1
    files, numbers, of_year = _of_rows(plan, placed, len(rows) - 1)
    page = slice((request.page - 1) * request.size, request.page * request.size)
    shown = _shown(plan, by_file, np.append(files[page], earliest))
    parts = (files[page].tolist(), numbers[page].tolist(), of_year[page].tolist())
    of_rows = (
        First(rows[number].region, shown[file], same - 1)
        for file, number, same in zip(*parts, strict=True)
    )
    return Firsts(First(None, shown[earliest], others), tuple(of_rows), len(files))


def _of_rows(plan: Plan, placed: Placed, none: int) -> tuple[Ints, Ints, Ints]:
    """The first file of each row that has one, the row, and how many of it are of the same year, the
    earliest first; row `none` has none."""
    columns = plan.columns
    kept = plan.passing[placed.files] & (columns.year[placed.files] != NO_YEAR)
    kept &= placed.rows != none
    files, rows = placed.files[kept], placed.rows[kept]
    order = np.argsort(columns.time_rank[files], kind="stable")
    _, first = np.unique(rows[order], return_index=True)
    chosen = order[np.sort(first)]
    years = columns.said_year[files]
    year_of_row = np.zeros(none + 1, np.int64)
    year_of_row[rows[chosen]] = years[chosen]
    same = np.bincount(rows[years == year_of_row[rows]], minlength=none + 1)
    return files[chosen], rows[chosen], same[rows[chosen]]


def _shown(plan: Plan, by_file: Ints, files: Ints) -> dict[int, ReportHit]:
    """The files as a result shows them; a file that is named twice is made once."""
    once = distinct(files)
    most = min(1, plan.request.passages)
    return dict(zip(once.tolist(), shown_reports(plan, once, by_file, most), strict=True))
