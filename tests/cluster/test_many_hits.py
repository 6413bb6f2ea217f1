"""Reports that hold a text hundreds of times: hits and those of whole words are one score of 24 bits until then."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.pipeline.build import build
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.remote.engine import ClusterEngine
from tests.cluster.filled import filled, of_index

pytestmark = pytest.mark.cluster
WORD = "推进政府信息公开年度报告编制工作"
LENGTHS = range(1, len(WORD) + 1)
TIMES = (1, 100, 180, 255, 409, 512, 700, 1_023, 1_024, 1_500, 4_097)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[IndexEngine, ClusterEngine]]:
    folder = tmp_path_factory.mktemp("many")
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    for times in TIMES:
        (corpus / f"{times}.txt").write_text(text(times), "utf-8")
    build(corpus, index, jobs=1)
    with filled(of_index(index)) as cluster:
        yield IndexEngine(index), cluster


def text(times: int) -> str:
    """A report that says it so often, in two sections, whole and cut off by what stands beside it."""
    said = [
        f"{'已经' if at % 3 else '已'}{WORD}{'。' if at % 5 else '量。'}" for at in range(times)
    ]
    parts = ("甲县政府工作报告", "一、总体情况", *said[::2], "二、存在问题", *said[1::2])
    return "\n".join(parts) + "\n"


@pytest.mark.parametrize("length", LENGTHS)
def test_totals(both: tuple[IndexEngine, ClusterEngine], length: int) -> None:
    own, cluster = both
    for start in range(0, len(WORD) - length + 1, 3):
        query = WORD[start : start + length]
        for asked in (f'"{query}"', f'"{query}" OR "公开"', f'"{query}" 信息'):
            request = SearchRequest(asked, passages=0)
            assert cluster.count(request) == own.count(request), asked
            assert cluster.search(request).total == own.count(request), asked
