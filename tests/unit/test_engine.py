"""The engine beyond its answers: what it keeps, runs and segments, corrections, suggestions."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.arrays import gather
from indexer.model import UNKNOWN_TIMES
from indexer.pipeline.build import build
from search.cache import Cache
from search.local import plan, related
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.conftest import SAMPLES

QUERIES = ("“三务”公开", "示范", "政府信息公开培训", "公开 -培训", '"三务*公开"', "标题:2018", "")


def plain(engine: IndexEngine, query: str) -> object:
    """The answer without what may differ between two runs."""
    found = engine.search(SearchRequest(q=query, size=100))
    reports = tuple(replace(hit, indexed=UNKNOWN_TIMES) for hit in found.reports)
    return replace(found, took_ms=0.0, reports=reports)


def test_the_cache_drops_what_was_used_longest_ago() -> None:
    cache: Cache[str] = Cache(6, len)
    made: list[str] = []

    def get(key: str) -> str:
        return cache.get(key[:1], lambda: made.append(key) or key)  # type: ignore[func-returns-value]

    assert [get(key) for key in ("aa", "bb", "cc", "a!", "dd", "aa", "bb")] == [
        *("aa", "bb", "cc", "aa", "dd", "aa", "bb")
    ]
    assert made == ["aa", "bb", "cc", "dd", "bb"]
    assert get("e" * 7) == "e" * 7
    assert get("e" * 7) == "e" * 7
    assert made[-2:] == ["e" * 7, "e" * 7], "what is larger than the cache is not kept"


def test_pages_and_sorts_of_a_query_are_not_evaluated_anew(
    samples_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluated: list[object] = []
    answer = plan.answer
    monkeypatch.setattr(plan, "answer", lambda *a, **k: evaluated.append(a[1]) or answer(*a, **k))
    engine = IndexEngine(samples_index)
    request = SearchRequest(q="公开", size=10)
    for page in (1, 2, 3):
        engine.search(replace(request, page=page))
    engine.search(replace(request, sort="year", region=("150000",), q="「公開」"))
    assert len(evaluated) == 1
    engine.search(replace(request, scope="section"))
    assert len(evaluated) == 2


def test_without_a_cache_the_answers_are_the_same(samples_index: Path) -> None:
    kept, fresh = IndexEngine(samples_index), IndexEngine(samples_index, cache_bytes=0)
    for query in QUERIES * 2:
        assert plain(kept, query) == plain(fresh, query)


def test_threads_share_an_engine(samples_index: Path) -> None:
    engine = IndexEngine(samples_index, cache_bytes=20_000)
    alone = {query: plain(engine, query) for query in QUERIES}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: plain(engine, query), QUERIES * 8))
    assert together == [alone[query] for query in QUERIES * 8]


def test_many_runs_give_the_same_index(
    samples_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "RUN_CODE_UNITS", 1_000)
    build(SAMPLES, tmp_path / "index", jobs=1)
    assert [path.suffix for path in (tmp_path / "index").glob("segment-*")] == [".arrays"]
    runs, one = (next(f.glob("*.arrays")) for f in (tmp_path / "index", samples_index))
    assert runs.stat().st_size == one.stat().st_size
    engine, whole = IndexEngine(tmp_path / "index"), IndexEngine(samples_index)
    for query in QUERIES:
        assert plain(engine, query) == plain(whole, query)


def test_many_commits_give_the_same_answers(samples_index: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    for part in sorted(path for path in SAMPLES.iterdir() if path.is_dir()):
        shutil.copytree(part, corpus / part.name)
        build(corpus, tmp_path / "index", jobs=1)
    parts, whole = IndexEngine(tmp_path / "index"), IndexEngine(samples_index)
    for query in QUERIES:
        assert plain(parts, query) == plain(whole, query)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("“三物”公开", '"三务公开"'),
        ('"公三务开"', None),
        ('"营商还境"', '"营商环境"'),
        ("罕台镇 AND 河常制", None),
        ('"政付信息 公开"', '"政府信息公开"'),
    ],
)
def test_did_you_mean(samples: IndexEngine, typed: str, meant: str | None) -> None:
    found = samples.search(SearchRequest(q=typed))
    assert found.total.reports == 0
    for query in found.did_you_mean:
        assert samples.search(SearchRequest(q=query)).total.reports > 0
    if meant is not None:
        assert found.did_you_mean[0] == meant


def test_a_warm_engine_has_loaded_what_corrections_need(
    samples_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = IndexEngine(samples_index)
    engine.warm()
    monkeypatch.setattr("search.related.vocabulary._load", None)
    monkeypatch.setattr(related, "Suggester", None)
    assert engine.search(SearchRequest(q="“三物”公开")).did_you_mean[0] == '"三务公开"'
    assert engine.suggest("罕台")


def test_threads_may_be_the_first(samples_index: Path) -> None:
    """What is loaded at first use is loaded by several threads at once."""
    engine = IndexEngine(samples_index, cache_bytes=0)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda q: plain(engine, q), ("“三物”公开", "公开", "示范") * 8))
        suggested = set(pool.map(engine.suggest, ["公开"] * 8))
    assert len({str(answer) for answer in found}) == 3
    assert len(suggested) == 1


def test_what_finds_something_is_not_corrected(samples: IndexEngine) -> None:
    assert samples.search(SearchRequest(q="公开")).did_you_mean == ()


def test_corrections_keep_the_filters(samples: IndexEngine) -> None:
    request = SearchRequest(q="“三物”公开", region=("650000",), year=(2009,))
    assert samples.search(request).did_you_mean == ()


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("罕台", "罕台镇2018年政府信息公开年度报告"),
        ("依申请", "依申请公开情况"),
        ("zdgk", "主动公开情况"),
    ],
)
def test_suggest(samples: IndexEngine, typed: str, suggested: str) -> None:
    found = samples.suggest(typed, limit=8)
    assert suggested in found
    assert len(found) == len(set(found)) <= 8
    assert samples.suggest("！") == ()
