"""The engine against the scan: same reports, hits, offsets, totals, facets, warnings and scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.pipeline.build import build
from search.local.engine import IndexEngine
from search.local.hits.singles import MOST_BYTES, count_singles
from search.model import SearchRequest
from tests.conftest import SAMPLES
from tests.depth import draws
from tests.oracle import drawn
from tests.oracle.compare import check_same
from tests.oracle.direct import engine_of
from tests.oracle.scan_engine import ScanEngine

REQUESTS = 8
"""Drawn for each small corpus."""


@pytest.fixture(autouse=True, scope="module")
def _any_pair_is_frequent(samples_index: Path) -> Iterator[None]:
    """But in the samples' index, which other tests share: it is built before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.arrays.frequent.LEAST", 2)
        patch.setattr("indexer.arrays.frequent.SHARE", 1 << 40)
        patch.setattr("search.local.matching.evaluate._FEW", 2)  # so that both ways are gone
        patch.setattr("search.local.printed.origins._AT_ONCE", 20)
        patch.setattr("search.local.hits.singles.LEAST", 2)
        yield


def lines_of(scan: ScanEngine) -> list[str]:
    return [line.text for report in scan.reports for line in report.lines()]


def check_corpus(chooser: Random) -> None:
    """A drawn corpus in one to three segments, some reports deleted, under drawn requests."""
    reports = drawn.reports(chooser)
    dead = {report.id for report in reports if chooser.random() < 0.15}
    cuts = sorted(chooser.choices(range(len(reports) + 1), k=2))
    segments = [reports[: cuts[0]], reports[cuts[0] : cuts[1]], reports[cuts[1] :]]
    scan = ScanEngine(report for report in reports if report.id not in dead)
    queries = drawn.Queries(chooser, lines_of(scan))
    with TemporaryDirectory() as folder:
        engine = engine_of(Path(folder), segments, dead)
        if chooser.random() < 0.5:
            count_singles(engine._columns.segments, chooser.choice([1_000, MOST_BYTES]))
        for _ in range(REQUESTS):
            check_same(engine, scan, drawn.request(chooser, queries.query()))


@pytest.mark.parametrize("seed", range(draws(40)))
def test_drawn_corpora(seed: int) -> None:
    check_corpus(Random(seed))


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
@settings(max_examples=draws(25))
def test_any_corpus(chooser: Random) -> None:
    check_corpus(chooser)


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> tuple[IndexEngine, ScanEngine]:
    """Twelve drawn reports in two segments, one deleted."""
    chooser = Random(7)
    reports = [drawn.report(chooser, f"{number}.txt") for number in range(12)]
    folder = tmp_path_factory.mktemp("twelve")
    engine = engine_of(folder, [reports[:4], reports[4:]], {reports[5].id})
    return engine, ScanEngine(report for report in reports if report is not reports[5])


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("“三务” OR “三務”", id="phrases that fold alike"),
        pytest.param('"𠮷1"', id="two characters, three code units"),
        pytest.param('"公?" NEAR/3 "公开"', id="one span on both sides"),
        pytest.param('title:"公开" NOT title:"没有"', id="hits in titles alone"),
        pytest.param("section:fees section:overview", id="sections that exclude each other"),
        pytest.param("公公", id="overlapping hits"),
        pytest.param("", id="the empty query"),
    ],
)
@pytest.mark.parametrize("scope", ["report", "section"])
@pytest.mark.parametrize("sort", ["relevance", "year", "-year", "hits", "region", "-changed"])
def test_what_went_wrong_once(
    twelve: tuple[IndexEngine, ScanEngine], query: str, scope: str, sort: str
) -> None:
    engine, scan = twelve
    for literal in (False, True):
        request = SearchRequest(q=query, scope=scope, sort=sort, literal=literal)  # type: ignore[arg-type]
        check_same(engine, scan, request)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(draws(10)))
def test_40_requests_to_the_samples(
    samples: IndexEngine, scanned_samples: ScanEngine, seed: int
) -> None:
    chooser = Random(seed)
    queries = drawn.Queries(chooser, lines_of(scanned_samples), longest=8)
    for _ in range(40):
        request = drawn.request(chooser, queries.query())
        check_same(samples, scanned_samples, request, all_hits=chooser.random() < 0.2)


@pytest.mark.slow
def test_an_index_that_grew_and_shrank(tmp_path: Path) -> None:
    """Files are added, changed and removed by later runs: segments stay, with deletions in them."""
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    files = sorted(path for path in SAMPLES.rglob("*") if path.suffix in (".txt", ".md", ".html"))
    chooser = Random(5)
    for count in (len(files) - 3, len(files) - 1, len(files)):
        for path in files[:count]:
            copy = corpus / path.relative_to(SAMPLES)
            copy.parent.mkdir(parents=True, exist_ok=True)
            if not copy.exists():
                copy.write_bytes(path.read_bytes())
        changed = chooser.choice(sorted(path for path in corpus.rglob("*") if path.is_file()))
        changed.write_bytes(changed.read_bytes() + "\n\n三务公开，公开三务。\n".encode())
        build(corpus, folder, jobs=1)
        check_index(folder, chooser)
    for path in (corpus / files[0].relative_to(SAMPLES), corpus / files[2].relative_to(SAMPLES)):
        path.unlink()
    build(corpus, folder, jobs=1)
    assert len(IndexEngine(folder)._columns.segments) > 1
    check_index(folder, chooser)


def check_index(folder: Path, chooser: Random) -> None:
    engine, scan = IndexEngine(folder), ScanEngine.of_index(folder)
    queries = drawn.Queries(chooser, lines_of(scan), longest=6)
    for _ in range(20):
        check_same(engine, scan, drawn.request(chooser, queries.query()), all_hits=False)


@pytest.mark.real
def test_475_requests_to_300_work_reports(work_reports_index: Path, tmp_path: Path) -> None:
    """Boolean, NEAR and wildcard queries; the scan takes some tenths of a second each."""
    chooser = Random(300)
    reports = chooser.sample(ScanEngine.of_index(work_reports_index).reports, 300)
    dead = {report.id for report in reports[:280:9]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.arrays.frequent.LEAST", 200)
        engine = engine_of(tmp_path, [reports[:200], reports[200:280], reports[280:]], dead)
    scan = ScanEngine(report for report in reports if report.id not in dead)
    check_many(engine, scan, chooser, 475)


@pytest.mark.real
def test_25_requests_to_all_work_reports(work_reports_index: Path) -> None:
    engine, scan = IndexEngine(work_reports_index), ScanEngine.of_index(work_reports_index)
    engine.warm()
    check_many(engine, scan, Random(3074), 25)


def check_many(engine: IndexEngine, scan: ScanEngine, chooser: Random, count: int) -> None:
    """Drawn requests, with texts cut from sixty of the reports."""
    pool = lines_of(ScanEngine(chooser.sample(scan.reports, 60)))
    queries = drawn.Queries(chooser, pool, longest=10)
    for _ in range(count):
        request = replace(drawn.request(chooser, queries.query()), size=100)
        check_same(engine, scan, request, all_hits=False)
