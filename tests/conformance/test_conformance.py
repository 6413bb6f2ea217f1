"""Searches and what they must answer: each engine behind the `Engine` protocol runs them all.

A scenario is a folder: its reports and its searches.json. A search holds a SearchRequest and what
is expected: `reports` (source -> hits, all of them), `sections`, `total` (reports, hits),
`on_boundaries` (hits on word boundaries), `by_words` (reports found by words, where none is), `facets` (value -> count, of the values named), `order`
(sources, on that page).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.pipeline.build import build
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import SearchRequest, SearchResult
from tests.oracle.scan_engine import ScanEngine

HERE = Path(__file__).parent
EXPECTED = (
    *("reports", "sections", "total", "on_boundaries", "by_words", "facets", "order"),
    *("why", "skip_hits"),
)


def searches(scenario: str) -> list[Any]:
    cases = json.loads((HERE / scenario / "searches.json").read_text(encoding="utf-8"))
    return [
        pytest.param(case, id=json.dumps(case_request(case), ensure_ascii=False)) for case in cases
    ]


def case_request(case: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in case.items() if k not in EXPECTED}


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "index": IndexEngine,
    "scan": ScanEngine.of_index,
}


@pytest.fixture(scope="module", params=ENGINES)
def small(request: pytest.FixtureRequest, small_index: Path) -> Engine:
    return ENGINES[request.param](small_index)


@pytest.fixture(scope="module")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "index"
    build(HERE / "small" / "reports", folder, jobs=1)
    return folder


@pytest.fixture(scope="module", params=ENGINES)
def sampled(request: pytest.FixtureRequest, samples_index: Path) -> Engine:
    return ENGINES[request.param](samples_index)


@pytest.mark.parametrize("case", searches("small"))
def test_small(small: Engine, case: dict[str, Any]) -> None:
    check(small, case)


@pytest.mark.parametrize("case", searches("samples"))
def test_samples(sampled: Engine, case: dict[str, Any]) -> None:
    check(sampled, case)


def check(engine: Engine, case: dict[str, Any]) -> None:
    request = SearchRequest(**{"size": 100, **case_request(case)})
    result = engine.search(request)
    if "reports" in case:
        check_reports(result, case)
    if "sections" in case:
        assert result.total.sections == case["sections"]
    if "total" in case:
        assert [result.total.reports, result.total.hits] == case["total"]
    if "on_boundaries" in case:
        assert result.total.whole == case["on_boundaries"]
    assert result.by_words == case.get("by_words", result.by_words)
    if "order" in case:
        assert [hit.source for hit in result.reports] == case["order"]
    for name, values in case.get("facets", {}).items():
        counts = {facet.value: facet.reports for facet in getattr(result.facets, name)}
        assert {value: counts.get(value, 0) for value in values} == values
    check_links(engine, result, request)


def check_reports(result: SearchResult, case: dict[str, Any]) -> None:
    found = {hit.source: hit.hits for hit in result.reports}
    if case.get("skip_hits"):
        assert found.keys() == case["reports"].keys()
        return
    assert found == case["reports"]
    assert (result.total.reports, result.total.hits) == (len(found), sum(found.values()))


def check_links(engine: Engine, result: SearchResult, request: SearchRequest) -> None:
    """Passages show the report's own characters, where they say; `hits` agrees with the search."""
    for hit in result.reports:
        text = engine.report(hit.id).text()
        spans = engine.hits(hit.id, request)
        if not request.section:
            assert len(spans) == hit.hits
        for passage in hit.passages:
            shown = "".join(part.text for part in passage.fragments if part.text != "…")
            assert shown in text
            assert (passage.start, passage.end) in [(span.start, span.end) for span in spans]
