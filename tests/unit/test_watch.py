"""`gongkai watch` runs when the corpus has changed, and has come to rest."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.pipeline.watch import watch
from tests.three_reports import REPORT, edit, touch, write

Step = Callable[[Path], object]


def nothing(_: Path) -> None:
    """Time goes by."""


def grow(corpus: Path) -> None:
    path = corpus / "大.txt"
    write(path, (path.read_text(encoding="utf-8") if path.exists() else "") + "公开。\n")
    touch(path)


def facts(corpus: Path) -> None:
    write(corpus / "metadata.csv", "file,year\n兰州市.txt,2019\n")


def vanish(corpus: Path) -> None:
    shutil.move(corpus, corpus.with_name("away"))


def come_back(corpus: Path) -> None:
    shutil.move(corpus.with_name("away"), corpus)


CASES: list[tuple[list[Step], int]] = [
    ([nothing] * 5, 1),
    ([lambda c: write(c / "新.txt", REPORT), nothing, nothing], 2),
    ([lambda c: edit(c / "兰州市.txt"), nothing, nothing], 2),
    ([lambda c: (c / "兰州市.txt").unlink(), nothing], 2),
    ([facts, nothing], 2),
    ([grow, grow, grow, nothing, nothing, nothing], 2),
    ([grow, nothing, grow, nothing], 3),
    ([grow], 1),
    ([vanish, nothing, nothing, come_back, nothing, nothing], 1),
    ([vanish, nothing, nothing, come_back, grow, nothing, nothing], 2),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write(tmp_path / "corpus" / "兰州市.txt", REPORT)
    return tmp_path / "corpus"


def runs(corpus: Path, steps: list[Step], run: Callable[[], bool]) -> int:
    """How often it ran while all that happened."""
    times = 0
    remaining = iter(steps)

    def counted() -> bool:
        nonlocal times
        times += 1
        return run()

    def pause(_: float) -> None:
        try:
            step = next(remaining)
        except StopIteration:
            raise KeyboardInterrupt from None
        step(corpus)

    looks: list[None] = []
    with pytest.raises(KeyboardInterrupt):
        watch(corpus, counted, lambda: looks.append(None), pause=pause)
    assert len(looks) == len(steps)  # whatever there was to see
    return times


@pytest.mark.parametrize(("steps", "expected"), CASES)
def test_when_it_runs(corpus: Path, steps: list[Step], expected: int) -> None:
    assert runs(corpus, steps, lambda: True) == expected


def test_what_failed_is_tried_again(corpus: Path) -> None:
    outcomes = iter([False, False, True])
    assert runs(corpus, [nothing] * 6, lambda: next(outcomes)) == 3


def test_what_changes_during_a_run_is_seen(corpus: Path) -> None:
    def first_then_none() -> bool:
        if not (corpus / "新.txt").exists():
            write(corpus / "新.txt", REPORT)
        return True

    assert runs(corpus, [nothing] * 3, first_then_none) == 2
