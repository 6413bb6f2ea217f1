"""The same report twice: one report with all its sources, nothing counted twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import report_id
from indexer.pipeline.build import build
from indexer.store.reader import known_files
from indexer.store.verify import verify
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.archives import zip_of
from tests.three_reports import REPORT, found, run, touch, write

TEXT = REPORT.format(place="榆中县")


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.pipeline.fill.is_light", lambda _: True)


def test_the_first_is_the_report_and_the_others_its_copies(corpus: Path, folder: Path) -> None:
    write(corpus / "乙.txt", TEXT)
    write(corpus / "甲.txt", TEXT)
    write(
        corpus / "丙" / "页.html", f"<html><body><p>{TEXT.replace('。', ' ， ')}</p></body></html>"
    )
    summary = build(corpus, folder, jobs=1)
    assert (summary.reports, summary.added, summary.copies, summary.rejected) == (4, 4, 2, [])
    engine = IndexEngine(folder)
    report = engine.report(report_id("甲.txt"))
    assert (report.source, report.copies) == ("丙/页.html", ("乙.txt", "甲.txt"))
    assert engine.search(SearchRequest(q="三务公开")).total.hits == 4
    assert engine.overview().rejected == ()
    assert known_files(folder)["甲.txt"].state.copy_of
    again = build(corpus, folder, jobs=1)
    assert (again.reports, again.unchanged, again.copies, again.read) == (4, 4, 2, 0)
    verify(folder)


@pytest.mark.parametrize("other", ["1.5亿元", "榆中县。", "15亿元；"])
def test_what_differs_by_a_letter_is_another_report(other: str, corpus: Path, folder: Path) -> None:
    write(corpus / "甲.txt", TEXT + "15亿元")
    write(corpus / "乙.txt", TEXT + other)
    summary = build(corpus, folder, jobs=1)
    assert (summary.reports, summary.copies) == ((4, 1) if other == "15亿元；" else (5, 0))


def test_equal_texts_of_two_regions_or_years_stay_two(corpus: Path, folder: Path) -> None:
    text = "政府信息公开年度报告\n推进三务公开。\n"
    for path in ("甘肃省/榆中县/2018.txt", "甘肃省/榆中县/2019.txt", "福建省/永泰县/2018.txt"):
        write(corpus / path, text)
    write(corpus / "甘肃省/榆中县/2018/副本.txt", text)
    summary = build(corpus, folder, jobs=1)
    assert (summary.reports, summary.copies) == (6, 1)


def test_a_copy_takes_the_place_of_a_report_that_goes(corpus: Path, folder: Path) -> None:
    for name in ("a", "b", "c"):
        write(corpus / f"{name}.txt", TEXT)
    run(corpus, folder)
    (corpus / "a.txt").unlink()
    assert run(corpus, folder) == {"reports": 4, "moved": 1, "unchanged": 3, "read": 2}
    engine = IndexEngine(folder)
    for name in ("a", "b", "c"):
        report = engine.report(report_id(f"{name}.txt"))
        assert (report.source, report.copies) == ("b.txt", ("c.txt",))
    write(corpus / "b.txt", TEXT + "另有一段。")
    touch(corpus / "b.txt")
    assert run(corpus, folder) == {
        "reports": 5,
        "added": 1,
        "updated": 1,
        "unchanged": 3,
        "read": 2,
    }
    assert IndexEngine(folder).report(report_id("c.txt")).source == "c.txt"
    verify(folder)


def test_a_report_becomes_a_copy_of_one_that_comes_before_it(corpus: Path, folder: Path) -> None:
    write(corpus / "b.txt", TEXT)
    write(corpus / "c.txt", TEXT)
    run(corpus, folder)
    write(corpus / "a.txt", TEXT)
    summary = build(corpus, folder, jobs=1)
    assert (summary.reports, summary.added, summary.unchanged, summary.copies) == (4, 1, 3, 2)
    report = IndexEngine(folder).report(report_id("c.txt"))
    assert (report.source, report.copies) == ("a.txt", ("b.txt", "c.txt"))
    assert "a.txt" in found(folder)
    again = build(corpus, folder, jobs=1)
    assert (again.reports, again.unchanged, again.copies, again.read) == (4, 4, 2, 0)
    verify(folder)


def test_copies_in_archives(corpus: Path, folder: Path) -> None:
    """In an archive files come as they lie, not in the order of their sources."""
    (corpus / "a.zip").write_bytes(zip_of({"z.txt": TEXT, "b.txt": TEXT, "m.txt": TEXT}))
    write(corpus / "c.txt", TEXT)
    summary = build(corpus, folder, jobs=1)
    assert (summary.reports, summary.added, summary.copies) == (4, 4, 3)
    report = IndexEngine(folder).report(report_id("a.zip/z.txt"))
    assert report.source == "a.zip/b.txt"
    assert report.copies == ("a.zip/m.txt", "a.zip/z.txt", "c.txt")
    verify(folder)
    (corpus / "a.zip").unlink()
    assert run(corpus, folder) == {"reports": 4, "moved": 1, "unchanged": 3, "read": 1}
    assert IndexEngine(folder).report(report_id("a.zip/b.txt")).source == "c.txt"
