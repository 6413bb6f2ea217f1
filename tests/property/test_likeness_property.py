"""What reports have in common is what /compare counts; and likenesses are those that trying all pairs finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.likeness.candidates import Sketches, candidates
from indexer.likeness.sketch import ALL, LEAST_KEPT, sketch
from indexer.likeness.units import Ordered, common, ordered, units
from indexer.pipeline.build import build
from indexer.text.fold import fold
from indexer.text.fold_array import code_units
from search.comparing.carried import carried, carried_spans
from search.local.engine import IndexEngine
from tests.depth import draws
from tests.drawn_reports import drawn_reports, write_reports
from tests.oracle.scan_engine import ScanEngine

FEW = st.text("甲乙𠮷a1", max_size=40)
LINES = st.lists(
    st.one_of(FEW, st.sampled_from(["合计", "为人民服务一二三四五六七八九"])), max_size=6
)


def _units(lines: list[str]) -> Ordered:
    return ordered(units(code_units("".join(line + "\n" for line in lines))))


@given(LINES, LINES, st.integers(0, 3))
def test_common_is_what_a_comparison_counts(a: list[str], b: list[str], cut: int) -> None:
    folded = [fold(line) for line in a]
    other = [fold(line) for line in (*b, *(line[cut:] for line in a))]
    of_a, of_b = common(_units(folded), _units(other))
    assert of_a == carried(folded, carried_spans(folded, other)).carried
    assert of_b == carried(other, carried_spans(other, folded)).carried


@given(st.lists(st.integers(0, 500), max_size=2000))
def test_a_sketch_keeps_the_smallest_hashes(numbers: list[int]) -> None:
    text = "".join(chr(0x4E00 + number) for number in numbers)
    found = units(code_units(text + "\n"))
    kept = sketch(found)
    distinct = sorted(set(found.hashes.tolist()))
    assert kept.values.tolist() == [value & ALL for value in distinct[: len(kept.values)]]
    assert len(kept.values) >= min(LEAST_KEPT, len(distinct))
    rest = distinct[len(kept.values) :]
    assert all(value >> 32 >= kept.bound for value in rest) if rest else True
    assert (kept.bound == ALL) is (len(distinct) <= LEAST_KEPT) or not rest


@pytest.mark.parametrize("seed", range(draws(30)))
def test_likenesses_are_those_that_trying_all_pairs_finds(seed: int, tmp_path: Path) -> None:
    """Reports of up to 900 characters; most are longer than what a sketch holds."""
    build(write_reports(tmp_path / "corpus", drawn_reports(seed)), tmp_path / "index", jobs=1)
    engine, scan = IndexEngine(tmp_path / "index"), ScanEngine.of_index(tmp_path / "index")
    for report in scan.reports:
        assert engine.alike(report.id) == scan.alike(report.id)
    assert sorted(engine.every_alike()) == sorted(scan.every_alike())


def test_every_pair_is_a_candidate_once() -> None:
    """Of equal reports, more than a window holds: each beside some, and all are told to have more."""
    count = 100
    one = np.arange(64, dtype=np.uint32)
    found = candidates(
        Sketches(np.tile(one, count), np.arange(count + 1) * 64, np.full(count, ALL, np.uint32))
    )
    every = [
        pair for part in found.parts for pair in zip(*map(np.ndarray.tolist, part), strict=True)
    ]
    assert (
        len(set(map(frozenset, every)))
        == len(every)
        == sum(min(32, count - 1 - at) for at in range(count))
    )
    assert found.crowded.all()
