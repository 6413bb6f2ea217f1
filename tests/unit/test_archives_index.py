"""Archives, mails and lists of reports in a corpus: each file in them is a report of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from indexer.messages import Message
from indexer.model import report_id
from indexer.pipeline.build import build
from indexer.pipeline.work import Outcome, Task
from indexer.store.reader import known_files
from indexer.store.verify import verify
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.archives import zip_of
from tests.three_reports import REPORT, found, run, touch, write

Work = Callable[[Task], Iterable[Outcome]]


@pytest.fixture(autouse=True)
def _in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes take seconds to start; one test has them."""
    if "processes" not in request.node.name:
        monkeypatch.setattr("indexer.pipeline.fill.is_light", lambda _: True)


def put(path: Path, files: dict[str, str | bytes]) -> Path:
    """Write an archive, later than whatever was there."""
    later = path.stat().st_mtime_ns if path.exists() else 0
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zip_of(files))
    while path.stat().st_mtime_ns <= later:
        touch(path)
    return path


def report(place: str) -> str:
    return REPORT.format(place=place)


def test_every_file_in_an_archive_is_a_report(corpus: Path, folder: Path) -> None:
    inner = zip_of({"永泰县.txt": report("永泰县")})
    put(corpus / "附件.zip", {"2016/榆中县.txt": report("榆中县"), "内/b.zip": inner})
    assert run(corpus, folder) == {"reports": 5, "added": 5, "read": 4}
    assert {"附件.zip/2016/榆中县.txt", "附件.zip/内/b.zip/永泰县.txt"} <= {*found(folder)}
    assert run(corpus, folder) == {"reports": 5, "unchanged": 5}
    engine = IndexEngine(folder)
    assert engine.report(report_id("附件.zip/2016/榆中县.txt")).region[-1].name == "榆中县"
    verify(folder)
    known = known_files(folder)
    assert known["附件.zip"].state.holds == 2
    assert known["附件.zip/2016/榆中县.txt"].state.within == "附件.zip"


def test_changes_in_an_archive(corpus: Path, folder: Path) -> None:
    files: dict[str, str | bytes] = {"甲.txt": report("榆中县"), "乙.txt": report("永泰县")}
    put(corpus / "a.zip", files)
    run(corpus, folder)
    put(corpus / "a.zip", files | {"甲.txt": report("榆中县") + "新增一行。"})
    assert run(corpus, folder) == {"reports": 5, "updated": 1, "unchanged": 4, "read": 1}
    put(corpus / "a.zip", {"丙.txt": report("永泰县")})
    assert run(corpus, folder) == {
        "reports": 4,
        "moved": 1,
        "unchanged": 3,
        "removed": 1,
        "read": 1,
    }
    engine = IndexEngine(folder)
    assert engine.report(report_id("a.zip/乙.txt")).source == "a.zip/丙.txt"
    (corpus / "a.zip").rename(corpus / "b.zip")
    assert run(corpus, folder) == {"reports": 4, "moved": 1, "unchanged": 3, "read": 1}
    engine = IndexEngine(folder)
    assert engine.report(report_id("a.zip/乙.txt")).source == "b.zip/丙.txt"
    (corpus / "b.zip").unlink()
    assert run(corpus, folder) == {"reports": 3, "unchanged": 3, "removed": 1}
    verify(folder)


def test_a_copy_of_a_file_in_a_changed_archive_is_no_move(corpus: Path, folder: Path) -> None:
    files: dict[str, str | bytes] = {"乙.txt": report("永泰县")}
    put(corpus / "z.zip", files)
    run(corpus, folder)
    put(corpus / "z.zip", files | {"新.txt": report("榆中县")})
    write(corpus / "乙.txt", report("永泰县"))
    assert run(corpus, folder) == {"reports": 5, "added": 1, "unchanged": 4, "read": 2}
    engine = IndexEngine(folder)
    assert engine.report(report_id("乙.txt")).source == "z.zip/乙.txt"
    assert engine.report(report_id("z.zip/乙.txt")).copies == ("乙.txt",)


def test_rejected_files_are_listed_under_their_own_source(corpus: Path, folder: Path) -> None:
    put(
        corpus / "a.zip",
        {
            "../上.txt": report("榆中县"),
            "图.mp4": "x",
            "空.txt": "",
            "好.txt": report("榆中县"),
            "__MACOSX/._好.txt": "x",
            "README.txt": "x",
            "页.html": f"<html><body><p>{report('永泰县')}</p></body></html>",
            "页_files/部分.html": "<html><p>x</p></html>",
        },
    )
    put(corpus / "空.zip", {})
    write(corpus / "坏.zip", "PK\x03\x04 nothing")
    for _ in range(2):
        summary = build(corpus, folder, jobs=1)
        assert summary.reports == 5
        assert [(r.source, r.reason.key) for r in summary.rejected] == [
            ("a.zip/__/上.txt", "member_above"),
            ("a.zip/图.mp4", "unknown_ending"),
            ("a.zip/空.txt", "empty_file"),
            ("坏.zip", "broken_archive"),
            ("空.zip", "empty_archive"),
        ]
    assert summary.read == 0
    listed = IndexEngine(folder).overview().rejected
    assert [r.source for r in listed] == [r.source for r in summary.rejected]


def test_metadata_csv_knows_files_in_archives(corpus: Path, folder: Path) -> None:
    put(corpus / "夹/a.zip", {"2016/x.txt": report("榆中县"), "y.txt": report("永泰县")})
    write(corpus / "metadata.csv", "source,year\n夹/a.zip/2016/x.txt,2011\n夹/a.zip/无.txt,2011\n")
    write(corpus / "夹/metadata.csv", "source,year\na.zip/y.txt,2012\n")
    summary = build(corpus, folder, jobs=1)
    assert [(r.source, r.reason.key) for r in summary.rejected] == [("metadata.csv", "csv_row")]
    years = {h.source: h.year for h in IndexEngine(folder).search(SearchRequest()).reports}
    assert years["夹/a.zip/2016/x.txt"] == 2011
    assert years["夹/a.zip/y.txt"] == 2012
    assert build(corpus, folder, jobs=1).read == 0
    write(corpus / "夹/metadata.csv", "source,year\na.zip/y.txt,2013\n")
    assert run(corpus, folder) == {"reports": 5, "updated": 1, "unchanged": 4, "read": 1}


def test_of_two_files_of_one_name_the_first_counts(corpus: Path, folder: Path) -> None:
    made = zip_of({"x.txt": report("榆中县"), "y.txt": report("永泰县")})
    (corpus / "a.zip").write_bytes(made.replace(b"y.txt", b"x.txt"))
    for _ in range(2):
        summary = build(corpus, folder, jobs=1)
        assert summary.reports == 4
        assert [(r.source, r.reason.key) for r in summary.rejected] == [
            ("a.zip/x.txt (2)", "same_member")
        ]
    assert IndexEngine(folder).report(report_id("a.zip/x.txt")).region[-1].name == "榆中县"


def test_processes_read_archives_too(corpus: Path, tmp_path: Path) -> None:
    for number in range(70):
        put(
            corpus / f"{number}.zip",
            {n: f"{report('永泰县')}第{number}、{n}。" for n in ("a.txt", "b.txt")},
        )
    summary = build(corpus, tmp_path / "two", jobs=2)
    assert (summary.reports, summary.added, summary.read) == (143, 143, 73)
    build(corpus, tmp_path / "one", jobs=1)
    assert found(tmp_path / "two") == found(tmp_path / "one")


class Ending:
    """A pool in which the reading of some files does not come to its end."""

    bad: frozenset[str] = frozenset()

    def __init__(self, work: Work, lost: Callable[[Task, Message], Outcome], _: int) -> None:
        self._work = work
        self._lost = lost

    def results(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        for task in tasks:
            for outcome in self._work(task):
                if outcome.source in self.bad and outcome.prepared:
                    yield self._lost(task, Message("reader_slow", seconds=30))
                    break
                yield outcome


def test_a_file_that_ends_its_reader_costs_itself_alone(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"{n}.txt": f"{report('榆中县')}第{n}项。" for n in range(6)}
    put(corpus / "a.zip", files)
    write(corpus / "b.txt", report("永泰县"))
    bad = {"a.zip/0.txt", "a.zip/3.txt", "a.zip/5.txt", "b.txt"}
    monkeypatch.setattr("indexer.pipeline.fill.is_light", lambda _: False)
    monkeypatch.setattr("indexer.pipeline.fill.Pool", Ending)
    monkeypatch.setattr(Ending, "bad", frozenset(bad))
    summary = build(corpus, folder, jobs=1)
    assert (summary.reports, summary.added, summary.read) == (6, 6, 5)
    assert {r.source: r.reason.key for r in summary.rejected} == dict.fromkeys(bad, "reader_slow")
    assert known_files(folder)["a.zip"].state.holds == 6
    assert build(corpus, folder, jobs=1).read == 0
