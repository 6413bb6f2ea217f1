"""Whatever two reports hold: every line once, marks within lines, equal is equal, sides exchanged."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.likeness.measure import RUN
from indexer.model import Report
from indexer.text.fold import fold
from search.comparing.carried import carried_spans
from search.comparing.compare import compare
from search.comparing.model import Comparison, Pair, Side
from search.comparing.runs import common_runs, differences
from tests.two_years import report

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["三务公开", "“三务” 公开。", "合计\t3\t4", "——", "全年公开信息 128 条，办结 9 件"]
        ),
        st.text("三务公开甲乙丙丁，。 12a", min_size=0, max_size=30),
        st.text(max_size=12).map(lambda text: text.replace("\n", " ")),
    ),
    max_size=8,
)
SECTIONS = st.lists(
    st.tuples(
        st.sampled_from(["overview", "plan", "other"]),
        st.sampled_from(["", "一、总体情况", "二、问题", "三、打算"]),
        LINES,
    ),
    min_size=1,
    max_size=4,
)


def _pairs(found: Comparison) -> list[Pair]:
    return [pair for section in found.sections for pair in section.pairs]


def _check_side(own: Report, side: Side) -> None:
    """The line is the report's, and marks lie in it, apart and in order."""
    assert own.text()[side.line.start : side.line.end] == side.line.text
    done = side.line.start
    for start, end in side.spans:
        assert done <= start < end <= side.line.end
        done = end
    lines = list(own.sections[side.section].all_lines()) if side.section is not None else []
    assert side.section is None or side.line in lines


@given(SECTIONS, SECTIONS)
def test_every_line_stands_once(
    one: list[tuple[str, str, list[str]]], other: list[tuple[str, str, list[str]]]
) -> None:
    a, b = report("a", one), report("b", other)
    pairs = _pairs(compare(a, b))
    assert sorted(pair.a.line.start for pair in pairs if pair.a) == [x.start for x in a.lines()]
    assert [pair.b.line for pair in pairs if pair.b] == list(b.lines())
    for pair in pairs:
        for own, side in ((a, pair.a), (b, pair.b)):
            if side:
                _check_side(own, side)
        if pair.a and pair.b:
            equal = fold(pair.a.line.text) == fold(pair.b.line.text)
            assert equal == (pair.state in ("copied", "moved"))
            assert bool(pair.a.spans or pair.b.spans) != equal
            assert pair.elsewhere or pair.state != "moved"
        else:
            assert pair.state == ("dropped" if pair.a else "new")


@given(SECTIONS, SECTIONS)
def test_exchanged_sides_give_the_same(
    one: list[tuple[str, str, list[str]]], other: list[tuple[str, str, list[str]]]
) -> None:
    a, b = report("a", one), report("b", other)
    found, back = compare(a, b), compare(b, a)
    exchanged = {"new": "dropped", "dropped": "new"}
    assert {
        (exchanged.get(pair.state, pair.state), pair.elsewhere, pair.b, pair.a)
        for pair in _pairs(found)
    } == set(_pairs(back))
    assert (found.a, found.b) == (back.b, back.a)


@given(SECTIONS)
def test_a_copy_is_carried_over_whole(body: list[tuple[str, str, list[str]]]) -> None:
    a = report("a", body)
    found = compare(a, replace(a, source="b"))
    assert {pair.state for pair in _pairs(found)} == {"copied"}
    assert found.a == found.b
    assert found.a.carried == found.a.characters


@given(st.lists(st.text("甲乙", max_size=40)), st.lists(st.text("甲乙", max_size=40)))
def test_what_is_carried_over_is_what_the_definition_says(
    lines: list[str], other: list[str]
) -> None:
    for line, spans in zip(lines, carried_spans(lines, other), strict=True):
        within = {at for start, end in spans for at in range(start, end)}
        assert within == {
            at
            for at in range(len(line))
            if any(
                line[start : start + RUN] in there
                for there in other
                for start in range(max(0, at - RUN + 1), min(at, len(line) - RUN) + 1)
            )
            or (len(line) < RUN and line in other)
        }
        assert all(end < start for (_, end), (start, _) in pairwise(spans))


@given(st.text("甲乙丙丁", max_size=30), st.text("甲乙丙丁", max_size=30))
def test_runs_are_common_and_the_rest_is_different(a: str, b: str) -> None:
    runs = common_runs(a, b)
    assert all(a[run.a : run.a + run.size] == b[run.b : run.b + run.size] for run in runs)
    only_a, only_b = differences(runs, len(a), len(b))
    size = sum(run.size for run in runs)
    assert sum(end - start for start, end in only_a) == len(a) - size
    assert sum(end - start for start, end in only_b) == len(b) - size
