"""What a plan has ready for the collectors."""

from __future__ import annotations

import pytest

from indexer.arrays.segment import TITLE_KIND
from search.local import plan as plans
from search.local.engine import IndexEngine
from search.local.matching.candidates import candidates
from search.local.plan import Plan
from search.model import SearchRequest


def plan(engine: IndexEngine, q: str, *, silent: bool) -> Plan:
    return engine._planner.prepare(SearchRequest(q=q, silent=silent))


@pytest.mark.parametrize(
    ("q", "finds_text"), [("公开", True), ("公开 年份:2018", True), ("-公开", False), ("", False)]
)
def test_a_silent_answer_finds_text_where_the_query_does(
    samples: IndexEngine, q: str, finds_text: bool
) -> None:
    for silent in (False, True):
        assert plan(samples, q, silent=silent).answer.finds_text == finds_text


def test_sections_of_what_was_found_are_not_told_of_the_silent(samples: IndexEngine) -> None:
    found, silent = (plan(samples, "-三务", silent=silent) for silent in (False, True))
    assert found.answer.sections_alone is not None
    assert silent.answer.sections_alone is not None
    assert found.answer.sections_alone.any()
    assert not silent.answer.sections_alone.any()
    own = silent.passing.take(silent.columns.block_file) & (silent.columns.block_kind != TITLE_KIND)
    assert samples.count(silent.request).sections == own.sum() > 0


def test_candidates_are_evaluated_once(
    samples: IndexEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluated = []
    monkeypatch.setattr(
        plans, "candidates", lambda *a, **k: evaluated.append(a) or candidates(*a, **k)
    )
    asked = SearchRequest(q="三务 年份:2016..2018 机构:人民政府", silent=True)
    samples.search(asked)
    samples.spread(asked)
    samples.spread(asked, "city")
    samples.spread(SearchRequest(q="公开 年份:2016..2018 机构:人民政府", year=(2017,)))
    assert len(evaluated) == 1
