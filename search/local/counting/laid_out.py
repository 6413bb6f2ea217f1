"""What queries match, laid out by year and region and told as the contract has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import NamedTuple, TypeVar

import numpy as np

from indexer.arrays.distinct import first_of_each
from indexer.arrays.segment import NO_YEAR, Ints
from indexer.model import Region
from search.counts import OfRegion, OfYear
from search.local.collect.ground import Ground
from search.local.counting.matched import Matched
from search.local.facts.columns import Columns

_CELLS = 1 << 20
"""Cells of a table that is made at once: 16 bytes each."""
_Item = TypeVar("_Item", OfYear, OfRegion)


class Laid(NamedTuple):
    """Of one query: see search.counts.Counts. `first` is the file that said it first, None for none."""

    reports: int
    hits: int
    first: int | None
    years: tuple[OfYear, ...]
    regions: tuple[OfRegion, ...]


class Layout:
    """The years and regions of a ground; None: none are told. `crossed`: of each region, the years, too."""

    def __init__(self, columns: Columns, ground: Ground | None, *, crossed: bool) -> None:
        self._columns = columns
        self._crossed = crossed
        self._parted = ground is not None
        self._years: list[int | None] = [None]
        self._regions: list[Region | None] = [None]
        if ground is not None:
            self._slots = ground.timeline.slots
            self._years = [*ground.timeline.years, None]
            self._regions = [*(row.region for row in ground.regions), None]
            self._rows = list(_rows(ground, columns.files))

    def lay_out(self, found: Matched) -> Iterator[Laid]:
        """Each query's own, in their order."""
        width = len(self._regions) * (len(self._years) if self._crossed else 1)
        size = found.size
        step = max(1, _CELLS // width)
        if size <= step:
            yield from self._laid(found)
            return
        for first in range(0, size, step):
            some = np.flatnonzero((found.queries >= first) & (found.queries < first + step))
            yield from self._laid(
                Matched(
                    min(step, size - first),
                    found.queries.take(some) - first,
                    found.files.take(some),
                    found.hits.take(some),
                )
            )

    def _laid(self, found: Matched) -> Iterator[Laid]:
        size = found.size
        totals = _Table.of(found.queries, found.hits, size)
        years: list[tuple[OfYear, ...]] = [()] * size
        regions: list[tuple[OfRegion, ...]] = [()] * size
        if self._parted:
            slots = self._slots.take(found.files)
            years, regions = self._by_year(found, slots), self._by_region(found, slots)
        return map(
            Laid,
            totals.reports.tolist(),
            totals.hits.tolist(),
            self._firsts(found),
            years,
            regions,
        )

    def _by_year(self, found: Matched, slots: Ints) -> list[tuple[OfYear, ...]]:
        width = len(self._years)
        size = found.size
        table = _Table.of(found.queries * width + slots, found.hits, size * width)
        return table.told(OfYear, self._years, size)

    def _by_region(self, found: Matched, slots: Ints) -> list[tuple[OfRegion, ...]]:
        size, width = found.size, len(self._regions)
        years = len(self._years) if self._crossed else 1
        table = _Table(*np.zeros((2, size * width * years), np.int64))
        for rows in self._rows:
            row = rows.take(found.files)
            keys = (found.queries * width + row) * years + (slots if self._crossed else 0)
            table = table.plus(keys[row >= 0], found.hits[row >= 0])
        if not self._crossed:
            return table.told(OfRegion, self._regions, size)
        return self._crossed_rows(table, size)

    def _crossed_rows(self, table: _Table, size: int) -> list[tuple[OfRegion, ...]]:
        rows, width = size * len(self._regions), len(self._years)
        cells = table.told(OfYear, self._years, rows)
        sums = _Table(*(a.reshape(rows, width).sum(axis=1) for a in (table.reports, table.hits)))
        there = [cell for cell in cells if cell]
        return sums.told(OfRegion, self._regions, size, there)

    def _firsts(self, found: Matched) -> list[int | None]:
        """For each query, the file that said it first: of those of a year."""
        columns = self._columns
        if not len(found.queries):
            return [None] * found.size
        runs = first_of_each(found.queries)
        of_runs = np.minimum.reduceat(columns.time_rank.take(found.files), runs)
        ranks = np.full(found.size, columns.files, np.int64)
        np.minimum.at(ranks, found.queries.take(runs), of_runs)
        files = np.append(columns.by_time, 0).take(ranks)
        dated = (ranks < columns.files) & (columns.year.take(files) != NO_YEAR)
        return [
            file if known else None
            for file, known in zip(files.tolist(), dated.tolist(), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class _Table:
    """Reports and hits of each cell."""

    reports: Ints
    hits: Ints

    @staticmethod
    def of(keys: Ints, hits: Ints, size: int) -> _Table:
        """Sums of floats are exact below 2**53."""
        summed = np.bincount(keys, weights=hits, minlength=size).astype(np.int64)
        return _Table(np.bincount(keys, minlength=size), summed)

    def plus(self, keys: Ints, hits: Ints) -> _Table:
        more = _Table.of(keys, hits, len(self.reports))
        return _Table(self.reports + more.reports, self.hits + more.hits)

    def told(
        self,
        make: type[_Item],
        names: Sequence[object],
        rows: int,
        more: Sequence[tuple[OfYear, ...]] | None = None,
    ) -> list[tuple[_Item, ...]]:
        """For each row, its cells that have reports as named tuples: a name, reports and hits; `more` has one
        part more of each such cell."""
        there = np.flatnonzero(self.reports)
        parts: list[Iterable[object]] = [
            map(names.__getitem__, (there % len(names)).tolist()),
            self.reports.take(there).tolist(),
            self.hits.take(there).tolist(),
        ]
        if make is OfRegion:
            parts.append(repeat(()) if more is None else more)
        cells = list(
            map(tuple.__new__, repeat(make), zip(*parts))  # noqa: B905 (one may be endless)
        )  # twice as fast as _make
        bounds = np.searchsorted(there, np.arange(rows + 1) * len(names)).tolist()
        return [tuple(cells[begin:end]) for begin, end in pairwise(bounds)]


def _rows(ground: Ground, files: int) -> Iterator[Ints]:
    """For each file, the row that it is in, -1 for none; once more for those that are in another, too."""
    order = ground.placed.files.argsort(kind="stable")
    held, rows = ground.placed.files.take(order), ground.placed.rows.take(order)
    while len(held):
        first = np.ones(len(held), bool)
        first[1:] = held[1:] != held[:-1]
        of_files = np.full(files, -1)
        of_files[held[first]] = rows[first]
        yield of_files
        held, rows = held[~first], rows[~first]
