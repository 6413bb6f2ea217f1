"""The bench's own parts on the sample corpus; nothing is timed here."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Report
from tests.benchmarks.copies import write_copies
from tests.benchmarks.corpus import files
from tests.benchmarks.draw import draw
from tests.benchmarks.figures import Figures, Run, Times
from tests.benchmarks.peers.fts5 import Fts5
from tests.benchmarks.queries import CLASSES, DISTANCE, Query
from tests.benchmarks.table import markdown, plain, render
from tests.benchmarks.texts import facts_of, fold_reports, parse_corpus, stored
from tests.benchmarks.timing import percentile
from tests.benchmarks.truth import expected, find_parts
from tests.conftest import SAMPLES


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the parsed and the folded samples."""
    folder = tmp_path_factory.mktemp("bench")
    parse_corpus(SAMPLES, folder / "reports", 1)
    fold_reports(folder / "reports", folder / "folded")
    return folder


def test_draws_every_class_and_the_same_twice(texts: Path) -> None:
    drawn = draw(texts / "reports", texts / "folded", count=3, seed=7)
    assert {query.kind for query in drawn.queries} >= set(CLASSES)
    assert drawn == draw(texts / "reports", texts / "folded", count=3, seed=7)


def test_a_peer_answers_what_it_can(texts: Path, tmp_path: Path) -> None:
    if Fts5().version() is None:
        pytest.skip("this SQLite has no trigram tokenizer")
    builder = Fts5().builder(tmp_path)
    reports = list(stored(texts / "reports", Report))
    for report in reports:
        builder.add(builder.convert(report))
    builder.close()
    query = Query("common phrase", ("政府信息公开",))
    facts = [facts_of(report) for report in reports]
    numbers = expected(query, find_parts([query], stored(texts / "folded", str)), facts)
    opened = Fts5().open(tmp_path)
    found = opened.found(query)
    assert opened.answer(query, snippets=True) == len(found) > 0
    assert set(found) <= {facts[number].id for number in numbers}
    assert not opened.can(Query("rare word", ("公开",)))
    opened.close()


@pytest.mark.parametrize(
    ("query", "line", "holds"),
    [
        (Query("wildcard", ("甲乙", "丙"), "?"), "甲乙丁丙", True),
        (Query("wildcard", ("甲乙", "丙"), "?"), "甲乙丙", False),
        (Query("wildcard", ("甲乙", "丙"), "*"), "甲乙丙", True),
        (Query("wildcard", ("甲乙", "丙"), "*"), "甲乙\n丙", False),
        (Query("NEAR", ("甲乙", "丙丁"), "near"), "丙丁" + "一" * DISTANCE + "甲乙", True),
        (Query("NEAR", ("甲乙", "丙丁"), "near"), "丙丁" + "一" * (DISTANCE + 1) + "甲乙", False),
    ],
)
def test_what_lies_within_a_line(query: Query, line: str, holds: bool) -> None:
    assert any(pattern.search(line) for pattern in query.patterns) is holds


def test_copies_leave_the_markers_out(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    sentences = "".join(f"第{at}项工作按照年初的计划顺利完成。" for at in range(20))
    for at in range(20):
        marked = "这里写着标记短语一处。" if at == 3 else ""
        (corpus / f"{at}.txt").write_text(f"标题\n\n{marked}{sentences}\n", encoding="utf-8")
    write_copies(corpus, tmp_path / "copies", times=3, markers=["标记短语"], seed=1)
    written = [path.read_text(encoding="utf-8") for path in files(tmp_path / "copies")]
    assert len(written) == 60
    assert sum("标记短语" in text for text in written) == 1


def test_table_shows_what_is_not_installed() -> None:
    ours = Figures("Gongkai", "here", "", 1, times={"NEAR": Times(3, 1.0, 2.0)})
    theirs = Figures("Groonga", "13", "", 1, times={"NEAR": Times(3, 2.0, 2.0)})
    run = Run({}, {}, [ours, theirs, Figures("Tantivy", None, "", 1)])
    assert "0.50 / 1.00" in render(run, plain)
    assert "| Tantivy | not installed |" in render(run, markdown)


def test_percentile_is_a_value_of_its_own() -> None:
    assert [percentile([3, 1, 2, 4], share) for share in (25, 50, 95)] == [1, 2, 4]
