"""The corpus at a glance: examples that find something, and the files that were rejected."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.pipeline.build import build
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.spread import Example
from tests.oracle.direct import engine_of
from tests.oracle.scan_engine import ScanEngine
from tests.three_reports import REPORT, write


def check(engine: IndexEngine) -> tuple[Example, ...]:
    """Each finds what it says, each is another, and only fields come twice."""
    found = engine.overview().examples
    for example in found:
        assert example.reports > 0
        assert engine.count(SearchRequest(q=example.query)).reports == example.reports
        assert not engine.search(SearchRequest(q=example.query)).warnings
    assert len({example.query for example in found}) == len(found) <= 6
    kinds = [example.kind for example in found if example.kind != "field"]
    assert len(set(kinds)) == len(kinds)
    return found


def test_the_samples_have_an_example_of_each_kind(samples: IndexEngine) -> None:
    found = check(samples)
    assert [example.kind for example in found] == [
        *("phrase", "quoted", "near", "field", "field", "not")
    ]
    reports = samples.count(SearchRequest()).reports
    assert all(example.reports <= 0.7 * reports for example in found)
    shown = samples.search(SearchRequest(q=found[1].query, size=1)).reports[0].passages[0]
    assert found[1].query in [part.text for part in shown.fragments if part.hit]


def test_the_same_index_has_the_same_examples(samples_index: Path) -> None:
    engine = IndexEngine(samples_index)
    assert engine.overview() == IndexEngine(samples_index).overview()
    assert engine.overview() is engine.overview()


def test_warming_makes_the_overview(samples_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = IndexEngine(samples_index)
    engine.warm()
    monkeypatch.setattr("search.local.overview.examples", None)
    assert engine.overview().examples


def test_a_tiny_corpus_has_fewer(corpus: Path, folder: Path) -> None:
    build(corpus, folder, jobs=1)
    check(IndexEngine(folder))


def test_what_all_reports_say_serves_where_nothing_else_is(tmp_path: Path) -> None:
    lines = (f"大家都很关心{c * 4}，乡村振兴，{c * 4}又有了新的进展。" for c in "甲乙丙丁戊己庚辛")
    text = "\n\n".join(lines)
    write(tmp_path / "corpus" / "东胜区" / "2018.txt", f"2018年工作总结\n\n{text}\n")
    build(tmp_path / "corpus", tmp_path / "index", jobs=1)
    assert check(IndexEngine(tmp_path / "index"))


def test_no_report_no_example(tmp_path: Path, samples_index: Path) -> None:
    (tmp_path / "corpus").mkdir()
    build(tmp_path / "corpus", tmp_path / "index", jobs=1)
    assert IndexEngine(tmp_path / "index").overview().examples == ()
    reports = ScanEngine.of_index(samples_index).reports
    gone = engine_of(tmp_path, [reports], {report.id for report in reports})
    assert gone.overview().examples == ()


def test_rejected_files_are_told_by_source(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write(corpus / "东胜区" / "2018.txt", REPORT.format(place="东胜区"))
    write(corpus / "空" / "b.txt", "")
    write(corpus / "空" / "a.html", "<p></p>")
    build(corpus, tmp_path / "index", jobs=1)
    rejected = IndexEngine(tmp_path / "index").overview().rejected
    assert [file.source for file in rejected] == ["空/a.html", "空/b.txt"]
    assert [file.reason.key for file in rejected] == ["no_text", "empty_file"]
    write(corpus / "空" / "b.txt", REPORT.format(place="三元区"))
    (corpus / "空" / "a.html").unlink()
    build(corpus, tmp_path / "index", jobs=1)
    assert IndexEngine(tmp_path / "index").overview().rejected == ()


@pytest.mark.real
def test_the_seeds_and_the_work_reports_have_examples(
    shared: Path, work_reports_engine: IndexEngine, tmp_path: Path
) -> None:
    build(shared / "corpora/seeds", tmp_path / "index", jobs=1)
    assert len(check(IndexEngine(tmp_path / "index"))) >= 5
    assert len(check(work_reports_engine)) == 6
