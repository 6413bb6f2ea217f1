"""Indexing: only what changed is read, and nothing is lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import (
    CorpusError,
)
from indexer.messages import Message, word
from indexer.model import report_id
from indexer.pipeline import fill as fill_module
from indexer.pipeline.build import build
from indexer.pipeline.work import Outcome, Task
from indexer.store import directory
from indexer.store.reader import IndexReader
from indexer.store.verify import verify
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.three_reports import REPORT, counts, edit, found, run, touch, write
from tests.torture.recorder import Recorder


def test_first_run(corpus: Path, folder: Path) -> None:
    assert run(corpus, folder) == {"reports": 3, "added": 3, "read": 3}
    assert found(folder) == ["三元区/2018.txt", "东胜区/2018.txt", "昆山市/2018.txt"]


def test_second_run_reads_nothing(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, folder)
    before = IndexReader(folder).generation

    def refuse(task: Task) -> Outcome:
        raise AssertionError(f"{task.file.source} was read")

    monkeypatch.setattr(fill_module, "work", refuse)
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        assert corpus not in path.parents, f"{path} was read"
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert run(corpus, folder) == {"reports": 3, "unchanged": 3}
    assert IndexReader(folder).generation == before


def test_no_run_leaves_stray_files(corpus: Path, folder: Path) -> None:
    run(corpus, folder)
    before = sorted(path.name for path in folder.iterdir())
    run(corpus, folder)
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            lambda root: touch(root / "东胜区/2018.txt"),
            {"reports": 3, "unchanged": 3, "read": 1},
            id="touched",
        ),
        pytest.param(
            lambda root: edit(root / "东胜区/2018.txt"),
            {"reports": 3, "updated": 1, "unchanged": 2, "read": 1},
            id="edited",
        ),
        pytest.param(
            lambda root: (root / "东胜区/2018.txt").unlink(),
            {"reports": 2, "unchanged": 2, "removed": 1},
            id="removed",
        ),
        pytest.param(
            lambda root: (root / "东胜区").rename(root / "鄂尔多斯市东胜区"),
            {"reports": 3, "moved": 1, "unchanged": 2, "read": 1},
            id="moved",
        ),
        pytest.param(
            lambda root: write(root / "新增/2019.txt", REPORT.format(place="榆中县")),
            {"reports": 4, "added": 1, "unchanged": 3, "read": 1},
            id="added",
        ),
        pytest.param(
            lambda root: write(root / "metadata.csv", "source,year\n东胜区/2018.txt,2017\n"),
            {"reports": 3, "updated": 1, "unchanged": 2, "read": 1},
            id="overridden",
        ),
    ],
)
def test_later_run(
    corpus: Path, folder: Path, change: Callable[[Path], object], expected: dict[str, int]
) -> None:
    run(corpus, folder)
    change(corpus)
    assert run(corpus, folder) == expected
    after = {k: v for k, v in expected.items() if k == "reports"}
    assert run(corpus, folder) == {**after, "unchanged": expected["reports"]}
    verify(folder)


def test_an_edit_is_found_and_what_was_there_is_not(corpus: Path, folder: Path) -> None:
    run(corpus, folder)
    write(corpus / "东胜区/2018.txt", REPORT.format(place="东胜区").replace("三务", "党务"))
    touch(corpus / "东胜区/2018.txt")
    run(corpus, folder)
    assert found(folder) == ["三元区/2018.txt", "昆山市/2018.txt"]
    assert found(folder, "党务公开") == ["东胜区/2018.txt"]


def test_the_link_of_a_moved_report_goes_on(corpus: Path, folder: Path) -> None:
    run(corpus, folder)
    (corpus / "东胜区").rename(corpus / "甲")
    run(corpus, folder)
    (corpus / "甲").rename(corpus / "乙")
    run(corpus, folder)
    engine = IndexEngine(folder)
    ids = [report_id(f"{place}/2018.txt") for place in ("东胜区", "甲", "乙")]
    assert {engine.report(i).id for i in ids} == {ids[-1]}


def test_an_id_in_use_is_nobodys_former_one(corpus: Path, folder: Path) -> None:
    run(corpus, folder)
    (corpus / "东胜区").rename(corpus / "乙")
    run(corpus, folder)
    write(corpus / "东胜区/2018.txt", REPORT.format(place="榆中县"))
    run(corpus, folder)
    edit(corpus / "乙/2018.txt")
    run(corpus, folder)
    assert IndexEngine(folder).report(report_id("东胜区/2018.txt")).source == "东胜区/2018.txt"


def test_a_rebuild_keeps_the_links_of_moved_reports(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, folder)
    (corpus / "东胜区").rename(corpus / "乙")
    run(corpus, folder)
    monkeypatch.setattr(directory, "FORMAT_VERSION", 999)
    (corpus / "乙").rename(corpus / "丙")
    assert run(corpus, folder, rebuild=True) == {"reports": 3, "added": 2, "moved": 1, "read": 3}
    engine = IndexEngine(folder)
    for old in ("东胜区", "乙"):
        assert engine.report(report_id(f"{old}/2018.txt")).source == "丙/2018.txt"


def test_files_of_the_same_bytes_move_each_to_its_own_name(corpus: Path, folder: Path) -> None:
    places = ("榆中县", "永泰县", "鼓楼区", "秀英区")
    rows = "".join(f"同/{n}.txt,{p}\n移/{n}.txt,{p}\n" for n, p in enumerate(places))
    write(corpus / "metadata.csv", f"source,region\n{rows}")
    for number in range(4):
        write(corpus / "同" / f"{number}.txt", "2018年政府信息公开年度报告\n推进三务公开。\n")
    run(corpus, folder)
    (corpus / "同").rename(corpus / "移")
    assert run(corpus, folder) == {"reports": 7, "moved": 4, "unchanged": 3, "read": 4}
    engine = IndexEngine(folder)
    for number in range(4):
        assert engine.report(report_id(f"同/{number}.txt")).source == f"移/{number}.txt"


def test_a_report_that_was_unreadable_for_a_while_keeps_its_links(
    corpus: Path, folder: Path
) -> None:
    run(corpus, folder)
    (corpus / "东胜区").rename(corpus / "乙")
    run(corpus, folder)
    path = corpus / "乙/2018.txt"
    text = path.read_text(encoding="utf-8")
    for content in ("", text):
        write(path, content)
        touch(path)
        run(corpus, folder)
    assert IndexEngine(folder).report(report_id("东胜区/2018.txt")).source == "乙/2018.txt"


def test_processes_find_the_same(corpus: Path, tmp_path: Path) -> None:
    for number in range(70):
        write(corpus / "多" / f"{number}.txt", REPORT.format(place="昆山市") + f"第{number}项。")
    assert counts(build(corpus, tmp_path / "two", jobs=2)) == run(corpus, tmp_path / "one")
    assert found(tmp_path / "two") == found(tmp_path / "one")


def test_rejected_files_are_listed_and_the_rest_goes_on(corpus: Path, folder: Path) -> None:
    write(corpus / "空.txt", "")
    write(corpus / "图.png", "x")
    write(corpus / "README.md", "no report")
    write(corpus / ".hidden.txt", "no report")
    os.mkfifo(corpus / "管.txt")
    (corpus / "断.txt").symlink_to("nowhere.txt")
    (corpus / "环").symlink_to(corpus)
    Path(os.fsdecode(bytes(corpus) + b"/\xff.txt")).write_text("公开")
    for _ in range(2):
        summary = build(corpus, folder, jobs=1)
        assert summary.reports == 3
        listed = ["图.png", "断.txt", "环", "空.txt", "管.txt", "\ufffd.txt"]
        assert [r.source for r in summary.rejected] == listed
        assert [r.reason.key for r in summary.rejected] == [
            "not_a_picture",
            "cannot_open",
            "linked_folder",
            "empty_file",
            "not_a_file",
            "name_not_utf8",
        ]
    assert summary.read == 0


def test_saved_pages_are_read_once_and_their_parts_never(corpus: Path, folder: Path) -> None:
    """Under any name; a folder of parts is known by the page beside it."""
    before = build(corpus, folder, jobs=1).reports
    page = f"<!DOCTYPE html><html><body><p>{REPORT.format(place='榆中县')}</p></body></html>"
    write(corpus / "年报2018.shtml", page.replace("三务", "党务"))
    write(corpus / "年报2018_files" / "frame.html", page)
    write(corpus / "年报2019", page)
    write(corpus / "年报2019.FILES" / "page.htm", page)
    write(corpus / "other_files" / "年报2020.html", page.replace("三务", "政务"))
    summary = build(corpus, folder, jobs=1)
    assert summary.reports == before + 3
    write(corpus / "年报2019.htm", page.replace("三务", "村务"))
    assert build(corpus, folder, jobs=1).reports == before + 4


def test_metadata_csv_faults_cost_their_row_only(corpus: Path, folder: Path) -> None:
    table = "source,year\n东胜区/2018.txt,2011\n三元区/2018.txt,20x5\n无.txt,2012\n"
    write(corpus / "metadata.csv", table, "gb18030")
    write(corpus / "东胜区/metadata.csv", "foo,bar\n1,2\n")
    (corpus / "三元区/metadata.csv").unlink(missing_ok=True)
    os.mkfifo(corpus / "三元区/metadata.csv")
    summary = build(corpus, folder, jobs=1)
    listed = {rejected.source for rejected in summary.rejected}
    assert listed == {"metadata.csv", "东胜区/metadata.csv", "三元区/metadata.csv"}
    reasons = "".join(word(r.reason, "zh") for r in summary.rejected if r.source == "metadata.csv")
    assert "20x5" in reasons
    assert "无.txt" in reasons
    years = {h.source: h.year for h in IndexEngine(folder).search(SearchRequest()).reports}
    assert years == {"东胜区/2018.txt": 2011, "三元区/2018.txt": 2018, "昆山市/2018.txt": 2018}


@pytest.mark.parametrize("code", [errno.EIO, errno.EACCES])
@pytest.mark.parametrize(
    ("kind", "closed"),
    [
        ("list", ""),
        ("stat", ""),
        ("stat", "/2018.txt"),
        ("open", "/2018.txt"),
        ("read", "/2018.txt"),
    ],
)
def test_what_cannot_be_looked_at_keeps_what_it_had(
    corpus: Path, folder: Path, kind: str, closed: str, code: int
) -> None:
    """A disk fails for a while: no report is lost, and a new one is read when that is over."""
    run(corpus, folder)
    for place in ("东胜区", "榆中县"):
        write(corpus / place / "2018.txt", REPORT.format(place=place) + "今后改进。\n")
    touch(corpus / "东胜区/2018.txt")

    def refuse(step: str, name: str) -> None:
        if step == kind and name in {f"东胜区{closed}", f"榆中县{closed}"}:
            raise OSError(code, os.strerror(code))

    with Recorder(corpus, (), refuse):
        summary = build(corpus, folder, jobs=1)
    assert (summary.reports, summary.removed, len(found(folder))) == (3, 0, 3)
    assert {r.source for r in summary.rejected} == {f"东胜区{closed}", f"榆中县{closed}"}
    assert run(corpus, folder)["reports"] == 4
    assert len(found(folder, "今后改进")) == 2


@pytest.mark.parametrize("how", ["gone", "empty", "closed", "unreadable"])
def test_a_corpus_that_vanished_changes_nothing(corpus: Path, folder: Path, how: str) -> None:
    """A disk that is not connected is often seen as an empty folder."""
    run(corpus, folder)
    aside = corpus.rename(corpus.with_name("aside"))

    def refuse(step: str, name: str) -> None:
        if step == {"closed": "stat", "unreadable": "list"}.get(how) and name == "":
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    if how != "gone":
        corpus.mkdir()
    with Recorder(corpus, (), refuse), pytest.raises(CorpusError) as raised:
        build(corpus, folder, jobs=1)
    assert raised.value.hint
    assert len(found(folder)) == 3
    if how == "empty":
        assert run(corpus, folder, rebuild=True) == {"removed": 3}
        assert found(folder) == []
    else:
        if corpus.exists():
            corpus.rmdir()
        aside.rename(corpus)
        assert run(corpus, folder) == {"reports": 3, "unchanged": 3}


def test_a_folder_that_cannot_be_listed_keeps_what_it_had(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, folder)
    real = os.scandir

    def closed(path: str | Path) -> object:
        if str(path).endswith("东胜区"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    summary = build(corpus, folder, jobs=1)
    assert (summary.reports, summary.unchanged, summary.removed) == (3, 3, 0)
    assert [r.source for r in summary.rejected] == ["东胜区"]
    assert len(found(folder)) == 3


def test_a_rejected_file_that_was_mended_is_added(corpus: Path, folder: Path) -> None:
    path = write(corpus / "空.txt", "")
    run(corpus, folder)
    write(path, REPORT.format(place="榆中县"))
    summary = build(corpus, folder, jobs=1)
    assert (summary.added, summary.reports, summary.rejected) == (1, 4, [])


def test_a_fault_of_ours_in_one_file_does_not_stop_the_rest(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError("three")

    monkeypatch.setattr("indexer.pipeline.work.parse", break_down)
    summary = build(corpus, folder, jobs=1)
    assert summary.reports == 0
    fault = Message("our_fault", error="ZeroDivisionError: three")
    assert [r.reason for r in summary.rejected] == [fault] * 3


def test_rebuild_reads_all_anew(corpus: Path, folder: Path) -> None:
    run(corpus, folder)
    assert run(corpus, folder, rebuild=True) == {"reports": 3, "added": 3, "read": 3}
    assert len(found(folder)) == 3
    (corpus / "东胜区/2018.txt").unlink()
    expected = {"reports": 2, "added": 2, "removed": 1, "read": 2}
    assert run(corpus, folder, rebuild=True) == expected


def test_an_index_below_the_corpus_is_no_part_of_it(corpus: Path) -> None:
    run(corpus, corpus / "gongkai-index")
    assert run(corpus, corpus / "gongkai-index") == {"reports": 3, "unchanged": 3}


def test_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="没有资料文件夹"):
        build(tmp_path / "none", tmp_path / "index", jobs=1)
    assert not (tmp_path / "index").exists()
