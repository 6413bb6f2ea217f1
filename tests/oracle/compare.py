"""The engine against the scan, on one request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from indexer.errors import GongkaiError
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import FACETS, ReportHit, SearchRequest, SearchResult
from search.spread import Below, First, Place, Spread
from tests.oracle.scan_engine import ScanEngine
from tests.oracle.spread import without_passages

_Answer = TypeVar("_Answer")


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


def check_spread(
    engine: IndexEngine, scan: ScanEngine, request: SearchRequest, below: Below
) -> Spread | None:
    """The engine's spread is the recount, and so is what it is a part of; or both raise alike (then None)."""
    expected = _outcome(lambda asked: scan.spread(asked, below), request)
    found = _outcome(lambda asked: engine.spread(asked, below), request)
    if isinstance(expected, GongkaiError) or isinstance(found, GongkaiError):
        assert type(found) is type(expected)
        return None
    assert without_passages(found) == without_passages(expected)
    assert engine.looked_in(request) == scan.looked_in(request)
    assert engine.looked_in(request).reports == found.total.reports
    for first in (found.first, *found.firsts):
        if first is not None:
            _check_first(engine, first, request)
    return found


def _check_first(engine: IndexEngine, first: First, request: SearchRequest) -> None:
    """A first has a passage, of one of its hits, where it has hits and passages are asked for."""
    report = first.report
    assert len(report.passages) == (request.passages > 0 and report.hits > 0)
    hits = {(hit.start, hit.end) for hit in engine.hits(report.id, request)}
    assert {(passage.start, passage.end) for passage in report.passages} <= hits


def check_clicks(engine: Engine, request: SearchRequest) -> int:
    """For every value of every facet, what it counts is what choosing it alone finds. How many values."""
    found, clicks = engine.search(request), 0
    for name in FACETS:
        for facet in getattr(found.facets, name):
            value = int(facet.value) if name == "year" else facet.value
            alone: dict[str, Any] = {name: (value,)}
            if name == "year":
                alone |= {"year_from": None, "year_to": None}
            clicked = replace(request, **alone)
            assert engine.count(clicked).reports == facet.reports, (request, name, value)
            clicks += 1
    return clicks


def check_places(engine: Engine, request: SearchRequest, reports: Iterable[str]) -> None:
    """Each report has the place that it has in the list, None where it is not there."""
    ids = [hit.id for hit in _every(engine, request)]
    assert engine.count(request) == engine.search(request).total
    around: list[str | None] = [None, *ids, None]
    places = {
        found: Place(at + 1, len(ids), around[at], around[at + 2]) for at, found in enumerate(ids)
    }
    for report in reports:
        assert engine.place(report, request) == places.get(report)


def _outcome(
    answer: Callable[[SearchRequest], _Answer], request: SearchRequest
) -> _Answer | GongkaiError:
    try:
        return answer(request)
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
