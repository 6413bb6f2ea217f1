"""Single characters counted beside an open index: what is found and weighed stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.arrays.frequent import unpacked
from indexer.model import Line, Report, Section
from search.local.engine import IndexEngine
from search.local.facts.columns import Columns
from search.local.facts.counts import Counts
from search.local.hits.leaves import Leaves
from search.local.hits.singles import count_singles
from search.local.hits.weighed import Counted, Positions
from search.query.tree import Phrase
from tests.oracle import drawn
from tests.oracle.direct import engine_of


@pytest.fixture(autouse=True)
def _any_is_common(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.local.hits.singles.LEAST", 1)


@pytest.fixture
def columns(tmp_path: Path) -> Columns:
    """Twelve reports in three segments, two of them deleted."""
    chooser = Random(11)
    reports = [drawn.report(chooser, f"{number}.txt") for number in range(12)]
    segments = [reports[:5], reports[5:11], reports[11:]]
    return engine_of(tmp_path, segments, {reports[2].id, reports[7].id})._columns


def leaf(columns: Columns, character: str) -> tuple[list[int], list[int], list[float], list[type]]:
    found = Leaves(columns, literal=False).hits(Phrase(character, character))
    every = np.arange(len(found.blocks))
    kinds = [type(weighed) for _, weighed in found.weighed]
    return (
        found.blocks.tolist(),
        found.hits.tolist(),
        np.round(found.weigh(every).weights, 9).tolist(),
        kinds,
    )


def characters(columns: Columns) -> list[str]:
    texts = [searched.arrays.folded.tolist() for searched in columns.segments]
    return sorted(
        {chr(code_unit) for text in texts for code_unit in text if chr(code_unit).isalnum()}
    )


def counts(columns: Columns) -> list[Mapping[int, object]]:
    return [searched.singles for searched in columns.segments]


def test_counted_characters_are_found_as_others(columns: Columns) -> None:
    asked = characters(columns)
    before = {character: leaf(columns, character) for character in asked}
    assert not any(counts(columns))
    count_singles(columns.segments)
    for character in asked:
        kinds = leaf(columns, character)[3]
        assert set(kinds) == {Counted if character > "\x7f" else Positions}
        assert leaf(columns, character)[:3] == before[character][:3], character


def test_the_commonest_are_counted_while_there_is_room(columns: Columns) -> None:
    def hits(code_unit: int) -> int:
        return sum(
            int((searched.arrays.folded == code_unit).sum()) for searched in columns.segments
        )

    count_singles(columns.segments, 300)
    counted = set(columns.segments[0].singles)
    assert counted
    assert all(set(searched.singles) == counted for searched in columns.segments)
    assert (
        sum(rows.nbytes for searched in columns.segments for rows in searched.singles.values())
        <= 300
    )
    others = {ord(c) for c in characters(columns) if c > "\x7f"} - counted
    assert min(map(hits, counted)) >= max(map(hits, others))


def test_a_character_too_often_in_a_section_is_not_counted(tmp_path: Path) -> None:
    """A row has two bytes for each count."""
    text = "县" * 65_536
    section = Section("other", None, 1, (), (Line("甲", 2), Line(text, 4)))
    report = Report("a.txt", "题", "other", 2020, None, None, None, None, (), (section,))
    engine = engine_of(tmp_path, [[report]])
    count_singles(engine._columns.segments)
    (searched,) = engine._columns.segments
    assert ord("县") not in searched.singles
    assert ord("甲") in searched.singles
    assert leaf(engine._columns, "县")[1][-1] == 65_536


@given(st.data())
def test_counts_are_those_of_the_rows(data: st.DataObject) -> None:
    held = data.draw(st.lists(st.booleans(), max_size=40))
    count = st.integers(0, 0xFFFF) | st.integers(253, 258)
    rows = np.array(
        [(block, 0, *sorted(data.draw(st.tuples(count, count, count)), reverse=True))
         for block, holds in enumerate(held) if holds],
        np.uint16,
    ).reshape(-1, 5)  # fmt: skip
    expected, found = unpacked(rows), Counts.of(rows, len(held)).frequent()
    for name in ("blocks", "hits", "aligned", "heading"):
        assert getattr(found, name).dtype == getattr(expected, name).dtype
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()


def test_counts_are_smaller_than_rows() -> None:
    rows = np.stack([np.arange(1_000), *np.ones((4, 1_000))], axis=1).astype(np.uint16)
    rows[:, [1, 4]] = 0
    assert Counts.of(rows, 1_000).nbytes == 2_000 + 125
    assert rows.nbytes == 10_000


def test_a_warm_engine_has_counted(samples_index: Path) -> None:
    engine = IndexEngine(samples_index)
    engine.warm()
    assert ord("的") in engine._columns.segments[0].singles
