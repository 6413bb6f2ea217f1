"""Likenesses of the government work reports: those that are there, and copies that were edited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import numpy as np
import pytest

from indexer.arrays.records import read_record, read_report
from indexer.likeness.candidates import Sketches, candidates
from indexer.likeness.find import likenesses
from indexer.likeness.sketch import Sketch, sketch
from indexer.likeness.texts import Texts, texts
from indexer.likeness.units import Units, common, ordered, units
from indexer.store.alike_file import AlikeArrays
from indexer.store.reader import IndexReader
from indexer.text.fold_array import code_units, fold_code_units
from tests.depth import draws

pytestmark = [pytest.mark.real, pytest.mark.slow]

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+$")
_CHARACTERS = "的一是在不了有和人这中大为上个国我以要他"
DRAWN = draws(300)
ALIKE = {
    frozenset(("其他地市/池州市/2016.md", "其他地市/沧州市/2016.md")),
    frozenset(("省自治区/四川省/2019.md", "省自治区/四川省/2020.md")),
    frozenset(("主要城市/兰州市/2021.md", "主要城市/兰州市/2022.md")),
}
"""Files that hold nearly one report under two names, all of them: each pair was looked at. (淮南市/2016.md and
淮安市/2016.md are equal but for furniture: one report.)"""


@pytest.fixture(scope="module")
def reader(work_reports_index: Path) -> IndexReader:
    return IndexReader(work_reports_index)


@pytest.fixture(scope="module")
def every(reader: IndexReader) -> Texts:
    return texts(reader.segments)


def _shares(found: AlikeArrays) -> np.ndarray:
    """The greater share of each pair."""
    of_a = found.pair_of_a / found.report_characters[found.pair_a]
    of_b = found.pair_of_b / found.report_characters[found.pair_b]
    return np.maximum(of_a, of_b)


def test_files_that_hold_one_report_are_found(reader: IndexReader, every: Texts) -> None:
    found = likenesses(reader, None)

    def name(report: int) -> str:
        segment, file = int(every.segment[report]), int(every.file[report])
        source: str = read_record(every.segments[segment], file)["source"]
        return source.partition("政府工作报告-")[2]

    alike = np.flatnonzero(_shares(found) >= 0.6)
    pairs = zip(found.pair_a[alike].tolist(), found.pair_b[alike].tolist(), strict=True)
    assert {frozenset((name(a), name(b))) for a, b in pairs} == ALIKE
    assert not found.report_crowded.any()


Edit = Callable[[list[str], list[str], float, Random], str]


def _sentences(by: str) -> Edit:
    """Some sentences are replaced by those of other reports, left out, followed by such, or exchanged."""

    def edit(own: list[str], others: list[str], share: float, draw: Random) -> str:
        chosen = draw.sample(range(len(own)), max(1, round(share * len(own))))
        edited = list(own)
        for at in chosen:
            how = draw.choice(("replace", "leave out", "insert", "swap")) if by == "any" else by
            if how == "swap":
                to = draw.choice(chosen)
                edited[at], edited[to] = edited[to], edited[at]
            else:
                kept = edited[at] if how == "insert" else ""
                edited[at] = kept + (draw.choice(others) if how != "leave out" else "")
        return "".join(edited)

    return edit


def _characters(own: list[str], others: list[str], share: float, draw: Random) -> str:
    """Some characters are others."""
    return "".join(
        draw.choice(_CHARACTERS) if character != "\n" and draw.random() < share else character
        for character in "".join(own)
    )


EDITS = [
    *(
        (by, _sentences(by), share)
        for by in ("replace", "leave out", "insert", "swap", "any")
        for share in (0.05, 0.2, 0.4)
    ),
    *(("characters", _characters, share) for share in (0.01, 0.05, 0.08)),
]


@pytest.fixture(scope="module")
def sketches(every: Texts) -> list[Sketch]:
    return [sketch(units(every.folded(report))) for report in range(len(every))]


@pytest.mark.parametrize(("by", "edit", "share"), EDITS)
def test_edited_copies_are_found(
    every: Texts, sketches: list[Sketch], by: str, edit: Edit, share: float
) -> None:
    """99 of 100 whose text is common to 50 %, exactly counted; and all the copies are that."""
    draw = Random(f"{by} {share}")
    drawn = draw.sample(range(len(every)), DRAWN)
    others = [s for report in draw.sample(range(len(every)), 50) for s in _own(every, report)]
    copies = [_folded(edit(_own(every, report), others, share, draw)) for report in drawn]
    found = set(_paired([*sketches, *map(sketch, copies)]))
    alike = [
        (report, len(sketches) + at)
        for at, report in enumerate(drawn)
        if _alike(units(every.folded(report)), copies[at])
    ]
    assert len(alike) >= 0.99 * DRAWN
    assert sum(pair in found for pair in alike) >= 0.99 * len(alike)


def _own(every: Texts, report: int) -> list[str]:
    """The sentences of a report as printed."""
    segment = every.segments[int(every.segment[report])]
    return _SENTENCE.findall(read_report(segment, int(every.file[report])).text())


def _folded(text: str) -> Units:
    return units(fold_code_units(code_units(text.rstrip("\n") + "\n")).folded)


def _alike(report: Units, copy: Units) -> bool:
    of_report, of_copy = common(ordered(report), ordered(copy))
    return of_report >= report.characters / 2 or of_copy >= copy.characters / 2


def _paired(sketches: list[Sketch]) -> Iterator[tuple[int, int]]:
    """The candidates, the lower number first."""
    found = candidates(
        Sketches(
            np.concatenate([each.values for each in sketches]),
            np.cumsum([0, *(len(each.values) for each in sketches)]),
            np.array([each.bound for each in sketches], np.uint32),
        )
    )
    for part in found.parts:
        for a, b in zip(part.a.tolist(), part.b.tolist(), strict=True):
            yield min(a, b), max(a, b)
