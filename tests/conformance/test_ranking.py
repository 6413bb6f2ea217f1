"""The order of results: a table over the sample corpus, and each rule of the formula by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.pipeline.build import build
from search.local.engine import IndexEngine
from search.model import SearchRequest

TABLE = Path(__file__).parent / "samples" / "ranking.json"
FLOOR = 0.95
"""Mean reciprocal rank of the best reports of the table."""

FILLER = "全年工作平稳有序，各项任务按期推进，群众反映良好。"


def test_the_table(samples: IndexEngine) -> None:
    """One of the best reports comes first; MRR is printed, and what falls short of it."""
    ranks: list[float] = []
    for case in json.loads(TABLE.read_text(encoding="utf-8")):
        request = SearchRequest(q=case["q"], words=case.get("words", False), size=100)
        found = [hit.source for hit in samples.search(request).reports]
        rank = min(found.index(source) + 1 for source in case["best"] if source in found)
        ranks.append(1 / rank)
        if rank > 1:
            print(f"{case['q']}: rank {rank} ({case['why']}), first is {found[0]}")
    mean = sum(ranks) / len(ranks)
    print(f"MRR {mean:.3f} over {len(ranks)} queries")
    assert mean >= FLOOR


RULES: list[Any] = [
    pytest.param(
        "水利", ("水利工程报告", [FILLER]), ("工程报告", ["水利" + FILLER]), id="title before body"
    ),
    pytest.param(
        "水利",
        ("甲报告", ["一、水利", FILLER, FILLER]),
        ("乙报告", ["一、概况", "水利。" + FILLER, FILLER[:-2]]),
        id="heading before body",
    ),
    pytest.param(
        '"工程"',
        ("甲报告", ["工程开工。" + FILLER]),
        ("乙报告", ["员工程序熟练。" + FILLER]),
        id="word before accident",
    ),
    pytest.param(
        "水库移民",
        ("甲报告", ["水库移民安置完成。" + FILLER]),
        ("乙报告", ["水库蓄水，移民搬迁，水库清淤，移民就业。" + FILLER]),
        id="chunk in one piece before its words",
    ),
    pytest.param(
        '"水库" NEAR/20 "移民"',
        ("甲报告", ["水库的移民安置完成。" + FILLER]),
        ("乙报告", ["水库清淤十五处之后，再次安排移民。" + FILLER]),
        id="near before far",
    ),
    pytest.param(
        "水库 移民",
        ("甲报告", ["一、概况", "水库清淤，移民搬迁。" + FILLER, "二、其他", FILLER]),
        ("乙报告", ["一、概况", "水库清淤。" + FILLER, "二、其他", "移民搬迁。" + FILLER]),
        id="one section before two",
    ),
    pytest.param(
        "水利",
        ("甲报告", ["水利。水利。" + FILLER]),
        ("乙报告", ["水利。" + FILLER]),
        id="often before once",
    ),
    pytest.param(
        "水利",
        ("甲报告", ["水利。" + FILLER]),
        ("乙报告", ["水利。" + FILLER * 20]),
        id="short before long",
    ),
]


@pytest.mark.parametrize(("query", "better", "worse"), RULES)
def test_each_rule(
    query: str, better: tuple[str, list[str]], worse: tuple[str, list[str]], tmp_path: Path
) -> None:
    """`worse` comes first where they tie: its year is later."""
    for name, (title, lines) in (("a", better), ("b", worse)):
        year = 2010 if name == "a" else 2020
        text = "\n".join([f"{year}年{title}", *lines])
        (tmp_path / "corpus").mkdir(exist_ok=True)
        (tmp_path / "corpus" / f"{name}.txt").write_text(text, encoding="utf-8")
    for number in range(8):  # reports that say none of it: a word in every report weighs nothing
        text = f"2015年第{number}号报告\n{FILLER}"
        (tmp_path / "corpus" / f"c{number}.txt").write_text(text, encoding="utf-8")
    build(tmp_path / "corpus", tmp_path / "index", jobs=1)
    found = IndexEngine(tmp_path / "index").search(SearchRequest(q=query, words=True)).reports
    assert [hit.source for hit in found] == ["a.txt", "b.txt"]
    assert found[0].score > found[1].score
