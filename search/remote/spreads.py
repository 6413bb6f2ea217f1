"""Spreads, and what each query of a list finds: both from cells of region and year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from indexer.messages import Message
from search.counts import Counts, Earliest
from search.local.facets.rows import rows_of
from search.query.conditions import regions_asked
from search.remote.asking import Cluster
from search.remote.counting import counts_of
from search.remote.fetched import Statistics
from search.remote.firsts import firsts_of
from search.remote.prepared import Prepared
from search.remote.shelf import Shelf
from search.remote.spreading import Cells, Table, passes
from search.spread import Below, Row, Spread


class Spreads:
    """Over one index of a cluster. Threads may share it."""

    def __init__(self, cluster: Cluster, shelf: Shelf) -> None:
        self._cells = Cells(cluster)
        self._shelf = shelf

    @cached_property
    def _regions(self) -> frozenset[str]:
        return self._cells.values("region")

    def table(self, prepared: Prepared, below: Below) -> Table:
        """The rows and years of a request; LimitError where they are too many."""
        named = prepared.request.region or regions_asked(prepared.conditions)
        regions = rows_of(named, below, self._regions)
        looked_in = self._cells.looked_in(prepared)
        return Table.of(regions, looked_in, self._cells.found(prepared), prepared.request)

    def spread(
        self,
        prepared: Prepared,
        below: Below,
        warnings: tuple[Message, ...],
        statistics: Statistics,
    ) -> Spread:
        """See `search.spread.Spread`."""
        table = self.table(prepared, below)
        said, earliest = self._cells.said(prepared), self._cells.earliest(prepared)
        first = firsts_of(self._shelf, prepared, table, said, earliest, statistics)
        return Spread(
            canonical=prepared.canonical,
            warnings=warnings,
            finds_text=prepared.finds_text,
            years=table.years,
            chart=table.chart(),
            rows=tuple(_told(table)),
            undated=table.undated(),
            total=table.total(),
            first=first.first,
            firsts=first.of_rows,
            firsts_total=first.total,
            page=prepared.request.page,
            size=prepared.request.size,
        )

    def counts(
        self,
        prepared: Prepared,
        warnings: Sequence[Message],
        table: Table | None,
        *,
        crossed: bool,
    ) -> Counts:
        """What one query of a list finds; `table`: the rows of all of them, None where none are told."""
        request = prepared.request
        every = self._cells.found(prepared)
        cells = [cell for cell in every if passes(request, cell.year)]
        first = self._earliest(prepared)
        asked = (request.q, prepared.canonical, warnings)
        return counts_of(*asked, cells, first, table, crossed=crossed)

    def _earliest(self, prepared: Prepared) -> Earliest | None:
        """The report that said it first."""
        found = self._cells.earliest(prepared)
        if not found:
            return None
        first = min(found.values())
        report = self._shelf.shown_report(first.id)
        return Earliest(first.id, report.title, first.said, report.region)


def _told(table: Table) -> Iterator[Row]:
    """The rows that are expected or have reports."""
    expected = [*(row.expected for row in table.regions), False]
    return (
        row for row, there in zip(table.rows(), expected, strict=True) if there or row.total.reports
    )
