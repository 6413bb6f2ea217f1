"""What a query finds by year, and by region and year: cells of region chain and year, added up here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from indexer.model import Region
from search.local.collect.groups import NOBODY, together
from search.local.facets.rows import RowRegion
from search.local.facets.years import year_selected
from search.model import SearchRequest
from search.remote.asking import Cluster
from search.remote.documents import NOWHERE
from search.remote.dsl import Query, both, of_kinds, scored
from search.remote.prepared import Prepared
from search.spread import Group, Row

_AT_ONCE = 5_000
"""Cells of one answer."""
_CHAIN = "region_order"
_PRESENT: Query = {"term": {"present": True}}


class Cell(NamedTuple):
    """The reports of one region chain (its codes) and one year, None for none."""

    chain: tuple[str, ...]
    year: int | None
    reports: int
    value: int


class Earliest(NamedTuple):
    """The first to say it in a region chain: the year, the day, the order of ties, the report."""

    said: int
    day: str
    tie: str
    id: str


class Cells:
    """Reports of one index of a cluster, counted by cells."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    def looked_in(self, prepared: Prepared) -> list[Cell]:
        """The reports in which a query looks, that pass all filters but that of years; the value is their
        characters."""
        query = both(_PRESENT, prepared.candidates, *prepared.passing(but="year"))
        kinds = prepared.kinds
        if kinds is None:
            return list(self._cells(query, "year", {"sum": {"field": "characters"}}))
        inside: dict[str, Any] = {
            "nested": {"path": "units"},
            "aggs": {
                "of": {
                    "filter": of_kinds(kinds),
                    "aggs": {"sum": {"sum": {"field": "units.characters"}}},
                }
            },
        }
        return list(self._cells(query, "year", inside))

    def found(self, prepared: Prepared) -> list[Cell]:
        """The reports that are found, the same way; the value is their hits."""
        filters = prepared.passing(but="year")
        if prepared.request.silent or not prepared.finds_text:
            query = both(_PRESENT, prepared.matching, *filters)
            return [cell._replace(value=0) for cell in self._cells(query, "year", None)]
        query = scored(prepared.asked.counted("hits"), filters)
        score = {"sum": {"script": {"source": "Math.rint(_score.doubleValue())"}}}
        return list(self._cells(query, "year", score))

    def said(self, prepared: Prepared) -> list[Cell]:
        """The reports that are found and name a year, by the one in which they count as said."""
        return list(self._cells(self._dated(prepared), "said", None))

    def earliest(self, prepared: Prepared) -> dict[tuple[str, ...], Earliest]:
        """The first of each region chain."""
        order = [{"said": "asc"}, {"published": "asc"}, {"tie": "asc"}]
        first = {"top_hits": {"size": 1, "sort": order, "_source": False}}
        found: dict[tuple[str, ...], Earliest] = {}
        for bucket in self._buckets(self._dated(prepared), (_CHAIN,), {"first": first}):
            [hit] = bucket["first"]["hits"]["hits"]
            own = Earliest(int(hit["sort"][0]), hit["sort"][1], hit["sort"][2], hit["_id"])
            chain = _codes(bucket["key"][_CHAIN])
            found[chain] = min(own, found.get(chain, own))
        return found

    def values(self, field: str) -> frozenset[str]:
        """All values of a field: codes of regions, kinds of section."""
        found = self._buckets(_PRESENT, (field,), {})
        return frozenset(bucket["key"][field] for bucket in found if bucket["key"][field])

    @staticmethod
    def _dated(prepared: Prepared) -> Query:
        return both(_PRESENT, prepared.found, {"exists": {"field": "said"}})

    def _cells(self, query: Query, year: str, value: Mapping[str, Any] | None) -> Iterator[Cell]:
        aggs = {} if value is None else {"value": value}
        for bucket in self._buckets(query, (_CHAIN, year), aggs):
            inner = bucket.get("value", {})
            inner = inner.get("of", {}).get("sum", inner)
            key = bucket["key"]
            named = key[year]
            yield Cell(
                _codes(key[_CHAIN]),
                None if named is None else int(named),
                bucket["doc_count"],
                round(inner.get("value", 0)),
            )

    def _buckets(
        self, query: Query, fields: Sequence[str], aggs: Mapping[str, Any]
    ) -> Iterator[Mapping[str, Any]]:
        """All buckets of some fields, some at a time."""
        sources = [{f: {"terms": {"field": f, "missing_bucket": True}}} for f in fields]
        asked: dict[str, Any] = {"size": _AT_ONCE, "sources": sources}
        while True:
            cells = {"composite": asked, "aggs": dict(aggs)}
            body = {"size": 0, "track_total_hits": False, "query": query, "aggs": {"cells": cells}}
            [answer] = self._cluster.search(body)
            found = answer["aggregations"]["cells"]
            yield from found["buckets"]
            if "after_key" not in found:
                return
            asked["after"] = found["after_key"]


def _codes(chain: str) -> tuple[str, ...]:
    return () if chain == NOWHERE else tuple(chain.split(" "))


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of what a query looks in and of what it finds, in years and rows. The last row is for what is
    in none of the regions."""

    regions: Sequence[RowRegion]
    years: tuple[int, ...]
    looked_in: Sequence[Cell]
    found: Sequence[Cell]
    request: SearchRequest

    @staticmethod
    def of(
        regions: Sequence[RowRegion],
        looked_in: Sequence[Cell],
        found: Sequence[Cell],
        request: SearchRequest,
    ) -> Table:
        stated = [cell.year for cell in looked_in if cell.year is not None]
        years = tuple(range(min(stated), max(stated) + 1)) if stated else ()
        return Table(regions, years, looked_in, found, request)

    def chart(self) -> tuple[Group, ...]:
        """Of each year, whatever years are asked for."""
        by_year = self._groups(lambda cell: (cell.year,), passing=False)
        return tuple(by_year.get(year, NOBODY) for year in self.years)

    def undated(self) -> Group:
        """What names no year."""
        return self._groups(lambda cell: (cell.year,)).get(None, NOBODY)

    def total(self) -> Group:
        """All that passes the filters."""
        return together([*self._groups(lambda _: (0,)).values()])

    def rows(self) -> list[Row]:
        """A row for each region and one for none of them."""
        places = self.places()
        cells = self._groups(lambda cell: [(row, cell.year) for row in places[cell.chain]])
        totals = self._groups(lambda cell: places[cell.chain])
        found: list[Row] = []
        names: list[Region | None] = [*(row.region for row in self.regions), None]
        for number, region in enumerate(names):
            of_years = tuple(cells.get((number, year), NOBODY) for year in self.years)
            found.append(Row(region, of_years, totals.get(number, NOBODY)))
        return found

    def places(self) -> Mapping[tuple[str, ...], Sequence[int]]:
        """For each region chain, the rows that it is in."""
        return places_of(self.regions, {cell.chain for cell in (*self.looked_in, *self.found)})

    def _groups(
        self, keys: Callable[[Cell], Collection[Any]], *, passing: bool = True
    ) -> dict[Any, Group]:
        found: dict[Any, Group] = {}
        for cells, looked in ((self.looked_in, True), (self.found, False)):
            for cell in cells:
                if passing and not passes(self.request, cell.year):
                    continue
                more = (
                    Group(cell.reports, 0, 0, cell.value)
                    if looked
                    else Group(0, cell.reports, cell.value, 0)
                )
                for key in keys(cell):
                    found[key] = together([found.get(key, NOBODY), more])
        return found


def passes(asked: SearchRequest, year: int | None) -> bool:
    """Whether a year, None for none, passes the filter of years."""
    filtered = asked.year or asked.year_from is not None or asked.year_to is not None
    return not filtered or year_selected(asked, year)


def places_of(
    regions: Sequence[RowRegion], chains: Collection[tuple[str, ...]]
) -> dict[tuple[str, ...], Sequence[int]]:
    """For each region chain, the numbers of the rows that it is in, that of no region where in none."""
    numbers = {row.region.code: number for number, row in enumerate(regions)}
    return {
        chain: sorted({numbers[code] for code in chain if code in numbers}) or [len(regions)]
        for chain in chains
    }
