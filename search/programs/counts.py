"""What many queries find, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, ClassVar, NamedTuple

from indexer.messages import Message
from indexer.model import Region
from search.counts import Counted, Counts, Refused
from search.programs.frames import Cell
from search.programs.table import Column, Table


def _told(value: Callable[[Counts], Cell]) -> Callable[[Counted], Cell]:
    """A cell of what was counted; None where the query was refused."""
    return lambda row: None if isinstance(row, Refused) else value(row)


def _of_first(value: Callable[[Any], Cell]) -> Callable[[Counted], Cell]:
    return _told(lambda row: value(row.first) if row.first else None)


@dataclass(frozen=True, slots=True, repr=False)
class Batch(Table[Counted]):
    """What each of many queries finds; a row a query, in the order in which they were given. Where one cannot
    be answered, `error` says why. `by_year` and `by_region` have the rest."""

    counts: tuple[Counted, ...]
    root: str

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("query", "text", lambda row: row.query),
        Column("canonical", "text", _told(lambda row: row.canonical)),
        Column("reports", "number", _told(lambda row: row.reports)),
        Column("hits", "number", _told(lambda row: row.hits)),
        Column("first_year", "number", _of_first(lambda first: first.year)),
        Column(
            "first_region",
            "text",
            _of_first(lambda first: " / ".join(region.name for region in first.region)),
        ),
        Column("first_title", "text", _of_first(lambda first: first.title)),
        Column("first_report", "text", _of_first(lambda first: first.report)),
        Column("error", "text", lambda row: str(row.error) if isinstance(row, Refused) else None),
    )
    GLANCE: ClassVar[tuple[str, ...]] = (
        *("query", "reports", "hits", "first_year", "first_region", "error"),
    )

    def rows(self) -> tuple[Counted, ...]:
        return self.counts

    def says(self) -> tuple[Message, ...]:
        wrong = sum(1 for count in self.counts if isinstance(count, Refused))
        return (Message("answer_counts", queries=len(self.counts), wrong=wrong),)

    def by_year(self) -> Cells:
        """A row for each query and year in which something is found."""
        return Cells(tuple(chain.from_iterable(map(_years, self._found()))), self.root)

    def by_region(self) -> Cells:
        """A row for each query and region in which something is found; where the years of each were asked
        for (`crossed`), for each of these."""
        return Cells(tuple(chain.from_iterable(map(_regions, self._found()))), self.root)

    def _found(self) -> Iterator[Counts]:
        return (count for count in self.counts if isinstance(count, Counts))


class QueryCell(NamedTuple):
    """What a query finds in a region and year. `region` is None for reports in none of the regions, `year` for
    those that name none; and both where the table does not tell them."""

    query: str
    region: Region | None
    year: int | None
    reports: int
    hits: int


@dataclass(frozen=True, slots=True, repr=False)
class Cells(Table[QueryCell]):
    """What many queries find, part by part."""

    cells: tuple[QueryCell, ...]
    root: str

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("query", "text", lambda row: row.query),
        Column("region", "text", lambda row: row.region and row.region.name),
        Column("region_code", "text", lambda row: row.region and row.region.code),
        Column("year", "number", lambda row: row.year),
        Column("reports", "number", lambda row: row.reports),
        Column("hits", "number", lambda row: row.hits),
    )
    GLANCE: ClassVar[tuple[str, ...]] = ("query", "region", "year", "reports", "hits")

    def rows(self) -> tuple[QueryCell, ...]:
        return self.cells

    def says(self) -> tuple[Message, ...]:
        return (Message("answer_cells", rows=len(self.cells)),)


def _years(found: Counts) -> Iterator[QueryCell]:
    for year in found.years:
        yield QueryCell(found.query, None, *year)


def _regions(found: Counts) -> Iterator[QueryCell]:
    for of in found.regions:
        if of.years:
            for year in of.years:
                yield QueryCell(found.query, of.region, *year)
        else:
            yield QueryCell(found.query, of.region, None, of.reports, of.hits)
