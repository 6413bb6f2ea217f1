"""Counts as JSON: what the API answers, and what is noted of each line of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from search.counts import Counted, Earliest, OfRegion, OfYear, Refused
from search.model import SearchRequest
from search.spread import Below
from web.api.json_shape import Shape, error_json, notice_json, regions_of
from web.urls import report_url


def counts_json(found: Iterable[Counted], request: SearchRequest, below: Below) -> Shape:
    """What each of some queries finds, asked as the request asks."""
    return {"below": below, "counts": [counted_json(one, request) for one in found]}


def counted_json(found: Counted, request: SearchRequest) -> Shape:
    """One query; where it cannot be answered, its error, and nothing in the place of what it finds."""
    if isinstance(found, Refused):
        return {"query": found.query, **error_json(found.error), **_NOTHING}
    return {
        "query": found.query,
        "error": None,
        "canonical": found.canonical,
        "warnings": [notice_json(warning) for warning in found.warnings],
        "total": {"reports": found.reports, "hits": found.hits},
        "first": _first(found.first, replace(request, q=found.query)) if found.first else None,
        "years": _years(found.years),
        "regions": [_region(region) for region in found.regions],
    }


_NOTHING: Shape = {
    **dict.fromkeys(("canonical",)),
    "warnings": [],
    **dict.fromkeys(("total", "first")),
    "years": [],
    "regions": [],
}


def _first(first: Earliest, asked: SearchRequest) -> Shape:
    return {
        "report": first.report,
        "title": first.title,
        "year": first.year,
        "region": regions_of(first.region),
        "url": report_url(first.report, asked),
    }


def _region(found: OfRegion) -> Shape:
    return {
        "region": regions_of([found.region])[0] if found.region else None,
        "reports": found.reports,
        "hits": found.hits,
        "years": _years(found.years),
    }


def _years(found: Iterable[OfYear]) -> list[Shape]:
    return [{"year": year, "reports": reports, "hits": hits} for year, reports, hits in found]
