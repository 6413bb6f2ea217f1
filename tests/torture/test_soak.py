"""Clients that ask while the index changes get what the scan finds in one of its generations."""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.torture.scanned import Answer
from tests.torture.soak import Asked, Changing, is_right, judged, soak

ALL = bool(os.environ.get("GONGKAI_TORTURE"))
CLIENTS, SECONDS, EVERY, THINK = (200, 600.0, 20.0, 4.0) if ALL else (8, 1.0, 1.0, 0.2)
ANSWER = Answer(2, 3, 5, {"a": 4, "b": 1}, {2019: 1, 2020: 1})
PAGE = '<div class="totals">\n<p><b>2</b> 份 / 9 份报告</p>\n<p class="quiet">{} 个章节 · 5 处</p>'


def told(hits: int, *, part: str = "公开", first: int = 4, reports: int = 2) -> dict[str, object]:
    passage = {"fragments": [{"text": "全面", "hit": False}, {"text": part, "hit": True}]}
    shown = [("a", first, [passage]), ("b", 1, [])][:reports]
    return {
        "total": {"reports": 2, "sections": 3, "hits": hits},
        "reports": [{"id": i, "hits": count, "passages": each} for i, count, each in shown],
    }


@pytest.mark.parametrize(
    ("way", "said", "right"),
    [
        ("search", told(5), True),
        ("search", told(5, part="“公 开”"), True),
        ("search", told(4), False),
        ("search", told(5, part="开放"), False),
        ("search", told(5, first=3), False),
        ("hits", told(5), True),
        ("search", told(5, reports=1), False),
        ("page", PAGE.format(3), True),
        ("page", PAGE.format(2), False),
        ("page", "", False),
        ("trend", {"years": [{"year": y, "matching": 1} for y in (2019, 2020)]}, True),
        ("trend", {"years": [{"year": 2019, "matching": 2}]}, False),
    ],
)
def test_what_is_right(way: str, said: object, right: bool) -> None:
    assert is_right(Asked(0, way, 0.0, 0.0, 200, said), "公开", ANSWER) is right


@pytest.mark.slow
def test_answers_while_the_index_changes(tmp_path: Path) -> None:
    corpus = ROOT / "corpus" if ALL else _few(tmp_path / "few")
    changing = Changing(corpus, tmp_path / "soak", phrases=6)
    outcome = soak(changing, CLIENTS, SECONDS, EVERY, THINK)
    print(asdict(outcome))
    assert not outcome.errors
    assert not outcome.wrong
    assert not outcome.back
    assert outcome.asked > CLIENTS
    assert outcome.seen > 1
    shifted = [each._replace(hits=each.hits + 1) for each in changing.generations[0][1]]
    one = Asked(0, "search", 1.0, 1.0, 200, _told_of(changing.generations[0][1][0]))
    changing.generations[:] = [(0.0, shifted)]
    assert judged([one], changing).wrong, "what is of no generation is told"


def _few(folder: Path) -> Path:
    """Some of the samples."""
    for path in sorted((ROOT / "corpus").rglob("*.txt"))[:12]:
        shutil.copytree(path.parent, folder / path.parent.name, dirs_exist_ok=True)
    return folder


def _told_of(answer: Answer) -> dict[str, object]:
    total = {"reports": answer.reports, "sections": answer.sections, "hits": answer.hits}
    return {"total": total, "reports": []}
