"""Trend, matrix, first appearances and silence against the scan; facets against what a click gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import get_args

import pytest

from indexer.errors import GongkaiError
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.spread import Below
from tests.depth import draws
from tests.oracle import drawn
from tests.oracle.compare import check_clicks, check_places, check_spread
from tests.oracle.direct import engine_of
from tests.oracle.scan_engine import ScanEngine

BELOW: tuple[Below, ...] = get_args(Below)
REQUESTS = 6
"""Drawn for each small corpus."""


def lines_of(scan: ScanEngine) -> list[str]:
    return [line.text for report in scan.reports for line in report.lines()]


def drawn_request(chooser: Random, query: str) -> SearchRequest:
    """As others are drawn, with passages now and then."""
    return replace(drawn.request(chooser, query), passages=chooser.choice((0, 1, 3)))


def check(engine: IndexEngine, scan: ScanEngine, request: SearchRequest, below: Below) -> None:
    """The spread is the recount; facets count what a click gives, places are those of the list."""
    check_spread(engine, scan, request, below)
    try:
        engine.count(request)
    except GongkaiError:
        return
    for whole in (False, True):  # what the switches tell is what they give
        other = replace(request, whole=whole)
        assert engine.count(other) == engine.search(other).total
    check_clicks(engine, request)
    check_places(engine, request, [report.id for report in scan.reports][:10])


@pytest.mark.parametrize("seed", range(draws(8)))
def test_drawn_corpora(tmp_path: Path, seed: int) -> None:
    """In one to three segments, some reports deleted."""
    chooser = Random(1_000 + seed)
    reports = drawn.reports(chooser, 12)
    dead = {report.id for report in reports if chooser.random() < 0.15}
    cuts = sorted(chooser.choices(range(len(reports) + 1), k=2))
    segments = [reports[: cuts[0]], reports[cuts[0] : cuts[1]], reports[cuts[1] :]]
    engine = engine_of(tmp_path, segments, dead)
    scan = ScanEngine(report for report in reports if report.id not in dead)
    queries = drawn.Queries(chooser, lines_of(scan))
    for _ in range(REQUESTS):
        request = drawn_request(chooser, queries.query())
        check(engine, scan, request, chooser.choice(BELOW))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(draws(10)))
def test_20_requests_to_the_samples(
    samples: IndexEngine, scanned_samples: ScanEngine, seed: int
) -> None:
    """Of ten seeds, 200 in all."""
    chooser, scan = Random(200 + seed), scanned_samples
    queries = drawn.Queries(chooser, lines_of(scan), longest=8)
    for _ in range(20):
        request = drawn_request(chooser, queries.query())
        check(samples, scan, request, chooser.choice(BELOW))


@pytest.mark.real
def test_50_requests_to_300_work_reports(work_reports_index: Path, tmp_path: Path) -> None:
    chooser = Random(350)
    reports = chooser.sample(ScanEngine.of_index(work_reports_index).reports, 300)
    dead = {report.id for report in reports[:280:9]}
    engine = engine_of(tmp_path, [reports[:200], reports[200:280], reports[280:]], dead)
    scan = ScanEngine(report for report in reports if report.id not in dead)
    pool = lines_of(ScanEngine(chooser.sample(scan.reports, 60)))
    queries = drawn.Queries(chooser, pool, longest=10)
    for _ in range(50):
        request = replace(drawn_request(chooser, queries.query()), size=100)
        check(engine, scan, request, chooser.choice(BELOW))


@pytest.mark.real
def test_clicks_of_300_requests_to_150_work_reports(
    work_reports_index: Path, tmp_path: Path
) -> None:
    """Every value of every facet, whatever is asked: NOT, fields, scope, words, silence."""
    chooser = Random(351)
    reports = chooser.sample(ScanEngine.of_index(work_reports_index).reports, 150)
    engine = engine_of(tmp_path, [reports[:100], reports[100:]])
    lines = [line.text for report in reports[:60] for line in report.lines()]
    queries, clicks, asked = drawn.Queries(chooser, lines, longest=10), 0, 0
    while asked < 300:
        request = drawn_request(chooser, queries.query())
        try:
            engine.count(request)
        except GongkaiError:  # drawn with an error in it
            continue
        clicks += check_clicks(engine, request)
        asked += 1
    assert clicks > 10_000
