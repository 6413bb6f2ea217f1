"""How what a query finds spreads over years and regions, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from indexer.messages import Message
from indexer.model import Region
from search.model import SearchRequest
from search.programs.frames import Cell, Series
from search.programs.table import Column, Table
from search.spread import Group, Row, Spread

_YEARS = 8  # columns of a matrix at a glance


def _share(group: Group) -> Cell:
    return group.matching / group.reports if group.reports else None


_OF_GROUPS = (
    Column("reports", "number", lambda row: row.group.reports),
    Column("matching", "number", lambda row: row.group.matching),
    Column("share", "share", lambda row: _share(row.group)),
    Column("hits", "number", lambda row: row.group.hits),
    Column("characters", "number", lambda row: row.group.characters),
)


class YearGroup(NamedTuple):
    """The reports of a year, and what of them the query finds; see `search.spread.Group`."""

    year: int
    group: Group


@dataclass(frozen=True, slots=True, repr=False)
class Trend(Table[YearGroup]):
    """What a query finds year by year; a row a year. `spread` is the whole answer."""

    request: SearchRequest
    spread: Spread
    root: str

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("year", "number", lambda row: row.year),
        *_OF_GROUPS,
    )
    GLANCE: ClassVar[tuple[str, ...]] = ("year", "reports", "matching", "share", "hits")
    LAST: ClassVar[bool] = True

    def rows(self) -> tuple[YearGroup, ...]:
        return tuple(map(YearGroup, self.spread.years, self.spread.chart))

    def says(self) -> tuple[Message, ...]:
        return _spread_says(self.spread)


class RegionYear(NamedTuple):
    """The reports of a region and year; `region` is None for those in none of the table's regions,
    `year` for those that name none."""

    region: Region | None
    year: int | None
    group: Group


@dataclass(frozen=True, slots=True, repr=False)
class Matrix(Table[RegionYear]):
    """What a query finds by region and year; a row each, those without reports too, but for reports that
    name no year: these have a row where there are any. `spread` is the whole answer."""

    request: SearchRequest
    spread: Spread
    root: str

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("region", "text", lambda row: row.region and row.region.name),
        Column("region_code", "text", lambda row: row.region and row.region.code),
        Column("level", "text", lambda row: row.region and row.region.level),
        Column("year", "number", lambda row: row.year),
        *_OF_GROUPS,
    )

    def rows(self) -> tuple[RegionYear, ...]:
        return tuple(
            RegionYear(row.region, year, group)
            for row in self.spread.rows
            for year, group in (
                *zip(self.spread.years, row.years, strict=True),
                *([(None, row.undated)] if row.undated.reports else []),
            )
        )

    def says(self) -> tuple[Message, ...]:
        return _spread_says(self.spread)

    def glance(self, most: int) -> Mapping[str, Series]:
        """A row a region that has reports: of its latest years, those found of all that there are."""
        rows, first = self._with_reports()[:most], max(0, len(self.spread.years) - _YEARS)
        names = tuple(row.region.name if row.region else None for row in rows)
        groups = [[*row.years[first:], row.total] for row in rows]
        heads = [*map(str, self.spread.years[first:]), "total"]
        return {"region": Series("text", names)} | {
            head: Series("text", tuple(_of(groups_of[at]) for groups_of in groups))
            for at, head in enumerate(heads)
        }

    def glanced(self) -> int:
        return len(self._with_reports())

    def _with_reports(self) -> list[Row]:
        return [row for row in self.spread.rows if row.total.reports]


def _of(group: Group) -> str:
    return f"{group.matching}/{group.reports}" if group.reports else ""


def _spread_says(spread: Spread) -> tuple[Message, ...]:
    total = spread.total
    found = Message(
        "answer_spread",
        query=spread.canonical,
        matching=total.matching,
        reports=total.reports,
        hits=total.hits,
    )
    return found, *spread.warnings
