"""The engine against the scan, on one request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from indexer.errors import GongkaiError
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import ReportHit, SearchRequest, SearchResult
from tests.oracle.scan_engine import ScanEngine


def check_same(
    engine: IndexEngine, scan: ScanEngine, request: SearchRequest, *, all_hits: bool = True
) -> SearchResult | None:
    """The two answer alike, or raise alike (then None).

    Reports whose scores differ by 1e-9 at most may stand in either order. Hits are compared in
    every report, or (not `all_hits`) in the first ten that match.
    """
    expected, found = _outcome(scan.unpaged, request), _outcome(engine.search, request)
    if isinstance(expected, GongkaiError) or isinstance(found, GongkaiError):
        assert type(found) is type(expected)
        return None
    assert _head(found) == _head(expected)
    shown = {hit.id: hit for hit in expected.reports}
    there = list(_every(engine, request))
    assert len(there) == len(shown)
    scores = _scores(engine, request, shown)
    for hit, wanted in zip(there, shown.values(), strict=True):
        own = shown[hit.id]
        assert _facts(hit) == _facts(own)
        assert scores[hit.id] == pytest.approx(own.score, abs=1e-6)
        alike = request.sort == "relevance" and abs(own.score - wanted.score) <= 1e-9
        assert hit.id == wanted.id or alike
    _check_page(found, there, request)
    ids = [report.id for report in scan.reports] if all_hits else list(shown)[:10]
    for report in ids:
        assert engine.hits(report, request) == scan.hits(report, request)
    return found


def _outcome(
    search: Callable[[SearchRequest], SearchResult], request: SearchRequest
) -> SearchResult | GongkaiError:
    try:
        return search(request)
    except GongkaiError as error:
        return error


def _head(result: SearchResult) -> dict[str, Any]:
    names = ("text", "canonical", "warnings", "total", "facets", "by_words", "page", "size")
    return {name: getattr(result, name) for name in names}


def _every(engine: Engine, request: SearchRequest) -> Iterator[ReportHit]:
    """The reports of all pages."""
    page = 1
    while shown := engine.search(replace(request, page=page, size=100, passages=0)).reports:
        yield from shown
        page += 1


def _facts(hit: ReportHit) -> ReportHit:
    return replace(hit, score=0.0, passages=())


def _scores(
    engine: IndexEngine, request: SearchRequest, reports: Iterable[str]
) -> dict[str, float]:
    """The scores of reports, by id, as they were before they were rounded."""
    scores = engine._planner.prepare(request).answer.scores
    return {report: float(scores[engine._file(report)]) for report in reports}


def _check_page(found: SearchResult, every: list[ReportHit], request: SearchRequest) -> None:
    """The page asked for is part of the whole."""
    first = (request.page - 1) * request.size
    page = every[first : first + request.size]
    assert [hit.id for hit in found.reports] == [hit.id for hit in page]
