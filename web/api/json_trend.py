"""What a query finds by year, and by region and year, as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.model import Region
from search.model import SearchRequest
from search.spread import Below, First, Group, Row, Spread
from web.api.json_lines import query_json
from web.api.json_shape import Shape, regions_of, report_hit_json


def trend_json(found: Spread, request: SearchRequest, below: Below) -> Shape:
    """A spread. Of rows, the years without any report are left out."""
    return {
        "query": query_json(found, request),
        "below": below,
        "total": _group(found.total),
        "undated": _group(found.undated),
        "years": _years(zip(found.years, found.chart, strict=True)),
        "rows": [_row(row, found.years) for row in found.rows],
        "first": _first(found.first, request) if found.first else None,
        "firsts": [_first(first, request) for first in found.firsts],
        "firsts_total": found.firsts_total,
        "page": found.page,
        "size": found.size,
    }


def _row(row: Row, years: Iterable[int]) -> Shape:
    held = ((year, g) for year, g in zip(years, row.years, strict=True) if g.reports)
    return {"region": _region(row.region), "total": _group(row.total), "years": _years(held)}


def _years(groups: Iterable[tuple[int, Group]]) -> list[Shape]:
    return [{"year": year, **_group(group)} for year, group in groups]


def _group(group: Group) -> Shape:
    return {
        "reports": group.reports,
        "matching": group.matching,
        "hits": group.hits,
        "characters": group.characters,
    }


def _first(first: First, request: SearchRequest) -> Shape:
    return {
        "region": _region(first.region),
        "year": first.year,
        "report": report_hit_json(first.report, request),
        "others": first.others,
    }


def _region(region: Region | None) -> Shape | None:
    return regions_of([region])[0] if region else None
