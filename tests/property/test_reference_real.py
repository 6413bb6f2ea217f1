"""The engine against the shared reference itself, on real reports."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.pipeline.build import build
from indexer.text.fold import fold
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.query.tree import Phrase
from tests import reference
from tests.oracle.occurrences import occurrences
from tests.phrases import Lines, check_hits, drawn_phrases, expected_hits

pytestmark = pytest.mark.real

Occurrences = Callable[[str, str], list[tuple[int, int]]]


@pytest.fixture(scope="session")
def shared_reference(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("exact", shared / "reference/exact_match.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("seeds") / "index"
    assert build(shared / "corpora/seeds", folder, jobs=1).reports == 5
    return IndexEngine(folder)


def lines_of(engine: Engine, wanted: int | None = None) -> Lines:
    """Lines of the engine's reports, of some drawn ones where `wanted` says how many."""
    ids: list[str] = []
    page = 1
    while True:
        result = engine.search(SearchRequest(size=100, page=page))
        ids += [hit.id for hit in result.reports]
        if page * 100 >= result.total.reports:
            break
        page += 1
    if wanted is not None:
        ids = random.Random(1).sample(ids, wanted)
    return {i: [(line.start, line.text) for line in engine.report(i).lines()] for i in ids}


def check_phrase(
    engine: Engine,
    reference_of: ModuleType,
    phrase: str,
    lines: Lines,
    folded: Mapping[str, str],
    chooser: random.Random,
) -> None:
    """All hits are counted by the scan; the reference says where they stand in 20 reports at most.

    It walks every character in Python: of a common phrase it would take ten seconds. `folded` are
    the folds of each report's lines joined by "\\n"; that they are the reference's is tested beside.
    """
    needle, _ = reference_of.fold(phrase)
    counts = {
        report: len(occurrences(Phrase(phrase, needle), text))
        for report, text in folded.items()
        if needle in text
    }
    request = SearchRequest(q=f'"{phrase}"', size=1, passages=0)
    total = engine.search(request).total
    assert total.reports == sum(count > 0 for count in counts.values()), phrase
    assert total.hits == sum(counts.values()), phrase
    for report in chooser.sample(sorted(counts), min(20, len(counts))):
        likely = {report: [found for found in lines[report] if needle in fold(found[1])]}
        spans = expected_hits(reference_of.occurrences, phrase, likely).get(report, [])
        assert len(spans) == counts[report], (phrase, report)
        assert [(h.start, h.end) for h in engine.hits(report, request)] == spans, (phrase, report)


def test_our_reference_is_the_shared_one(shared_reference: ModuleType, seeds: Engine) -> None:
    lines = lines_of(seeds)
    for found in lines.values():
        for _, line in found:
            folded, origins = shared_reference.fold(line)
            pairs = reference.fold(line)
            assert (folded, origins) == ("".join(c for c, _ in pairs), [at for _, at in pairs])
            assert folded == fold(line)


def test_500_phrases_of_the_seeds(seeds: Engine, shared_reference: ModuleType) -> None:
    lines = lines_of(seeds)
    for phrase in drawn_phrases(lines, 500, seed=5):
        expected = expected_hits(shared_reference.occurrences, phrase, lines)
        check_hits(seeds, phrase, expected)


@pytest.mark.parametrize("query", ["“三务”公开", "三务公开", '"三务 公开"'])
def test_the_phrase_of_the_house(seeds: Engine, query: str) -> None:
    result = seeds.search(SearchRequest(q=query))
    assert [(hit.year, hit.hits) for hit in result.reports] == [(2020, 14)]
    codes = [region.code for region in result.reports[0].region]
    assert codes == ["150000", "152900", "152922", "152922100"]
    assert (result.total.reports, result.total.hits) == (1, 14)


@pytest.mark.parametrize(("query", "place"), [("示范", "乌兰察布"), ('"15条"', "三元区")])
def test_six_hits(seeds: Engine, query: str, place: str) -> None:
    result = seeds.search(SearchRequest(q=query))
    assert [(place in hit.title, hit.hits) for hit in result.reports] == [(True, 6)]


def test_2000_phrases_of_the_work_reports(
    work_reports_engine: IndexEngine, shared_reference: ModuleType
) -> None:
    """Drawn from 60 reports and looked for in all 3,074; by sixty of them the folds are held."""
    engine, chooser = work_reports_engine, random.Random(7)
    lines = lines_of(engine)
    folded = {i: "\n".join(fold(line) for _, line in found) for i, found in lines.items()}
    pool = {i: lines[i] for i in chooser.sample(sorted(lines), 60)}
    for found in pool.values():
        for _, line in found:
            assert shared_reference.fold(line)[0] == fold(line)
    for phrase in drawn_phrases(pool, 2_000, seed=3074):
        check_phrase(engine, shared_reference, phrase, lines, folded, chooser)


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_any_phrase_of_the_seeds(
    seeds: Engine, shared_reference: ModuleType, data: st.DataObject
) -> None:
    lines = lines_of(seeds)
    found = lines[data.draw(st.sampled_from(sorted(lines)))]
    line = data.draw(st.sampled_from([text for _, text in found if len(text) > 3]))
    start = data.draw(st.integers(0, len(line) - 3))
    phrase = line[start : start + data.draw(st.integers(3, 14))].replace('"', "")
    if fold(phrase) and not set(phrase) & set("?*？＊“”"):
        expected = expected_hits(shared_reference.occurrences, phrase, lines)
        check_hits(seeds, phrase, expected)
