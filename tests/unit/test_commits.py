"""A commit is all or nothing, one at a time; what is damaged is seen, and mended by a rebuild."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
import whoosh.index
from whoosh.index import FileIndex

from indexer.errors import (
    DamagedIndexError,
    IndexUnusableError,
    LockedIndexError,
    MissingIndexError,
    OtherVersionError,
)
from indexer.pipeline import build as build_module
from indexer.pipeline.build import build
from indexer.pipeline.work import Outcome, Task, work
from indexer.store import directory
from indexer.store import reader as reader_module
from indexer.store.reader import IndexReader, LiveSegment
from indexer.store.verify import verify
from indexer.store.writer import IndexWriter
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.three_reports import REPORT, edit, found, run, write


def test_an_interrupted_run_changes_nothing(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, folder)
    write(corpus / "新增.txt", REPORT.format(place="榆中县"))

    def interrupt(task: Task) -> Outcome:
        raise KeyboardInterrupt

    monkeypatch.setattr(build_module, "work", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build(corpus, folder, jobs=1)
    monkeypatch.setattr(build_module, "work", work)
    assert len(found(folder)) == 3
    verify(folder)
    assert run(corpus, folder) == {"reports": 4, "added": 1, "unchanged": 3, "read": 1}


@pytest.mark.parametrize(
    ("place", "reports"),
    [
        ("indexer.store.run_writer.merge", 3),
        ("whoosh.index.TOC.write", 3),
        ("whoosh.index.clean_files", 4),
    ],
)
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_an_interrupted_commit_is_all_or_nothing(
    corpus: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    reports: int,
    error: type[BaseException],
) -> None:
    """Before the new table of contents stands nothing changes, after it all did."""
    run(corpus, folder)
    write(corpus / "新增.txt", REPORT.format(place="榆中县"))
    done = whoosh.index.clean_files if place.endswith("clean_files") else None

    def interrupt(*arguments: object) -> None:
        if done is not None:
            done(*arguments)
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(place, interrupt)
        with pytest.raises((KeyboardInterrupt, IndexUnusableError)):
            build(corpus, folder, jobs=1)
    assert len(found(folder)) == reports
    assert not list(folder.glob("*.run*"))
    assert run(corpus, folder)["reports"] == 4
    verify(folder)


def test_a_commit_while_opening_is_seen(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generation's name stands for what was opened, not for what came meanwhile."""
    run(corpus, folder)
    live_segments = reader_module.live_segments
    opened: list[object] = []

    def overtaken(index: FileIndex) -> list[LiveSegment]:
        segments = list(live_segments(index))
        opened.append(index)
        if len(opened) == 1:
            write(corpus / "新增.txt", REPORT.format(place="榆中县"))
            build(corpus, folder, jobs=1)
        return segments

    monkeypatch.setattr(reader_module, "live_segments", overtaken)
    reader = IndexReader(folder)
    monkeypatch.undo()
    assert reader.generation == IndexReader(folder).generation
    assert sum(int(segment.live.sum()) for segment in reader.segments) == 4


def test_a_killed_run_is_no_damage(corpus: Path, folder: Path) -> None:
    """What a killed first run leaves: an empty index, and files that nothing refers to."""
    writer = IndexWriter(folder, rebuild=False)
    writer.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    (folder / "MAIN_abc.arrays").write_bytes(b"half")
    (folder / "MAIN_abc.run0").write_bytes(b"half")
    verify(folder)
    assert found(folder) == []
    assert run(corpus, folder) == {"reports": 3, "added": 3, "read": 3}
    verify(folder)


def test_a_folder_that_is_no_index_is_left_alone(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError, match="不是索引"):
        build(corpus, tmp_path, jobs=1)


def test_missing_index(tmp_path: Path) -> None:
    with pytest.raises(MissingIndexError, match="里没有索引"):
        IndexEngine(tmp_path)


def test_one_writer_at_a_time(corpus: Path, folder: Path) -> None:
    run(corpus, folder)
    with IndexWriter(folder, rebuild=False), pytest.raises(LockedIndexError):
        build(corpus, folder, jobs=1)


def test_another_version_is_refused_until_rebuilt(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, folder)
    monkeypatch.setattr(directory, "FORMAT_VERSION", 999)
    for use in (lambda: IndexEngine(folder), lambda: build(corpus, folder, jobs=1)):
        with pytest.raises(OtherVersionError, match="999") as error:
            use()
        assert "--rebuild" in error.value.hint
    del error
    gc.collect()
    assert run(corpus, folder, rebuild=True) == {"reports": 3, "added": 3, "read": 3}
    assert len(found(folder)) == 3


whoosh_leaves_files_open = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@whoosh_leaves_files_open
@pytest.mark.parametrize("suffix", [".arrays", ".toc", ".json"])
def test_check_sees_every_changed_byte(corpus: Path, folder: Path, suffix: str) -> None:
    run(corpus, folder)
    verify(folder)
    path = next(p for p in sorted(folder.iterdir()) if p.suffix == suffix)
    data = bytearray(path.read_bytes())
    for at in range(0, len(data), max(1, len(data) // 23)):
        damaged = bytearray(data)
        damaged[at] ^= 0x20
        path.write_bytes(damaged)
        with pytest.raises(IndexUnusableError):
            verify(folder)
    path.write_bytes(data)
    verify(folder)
    gc.collect()


@whoosh_leaves_files_open
@pytest.mark.parametrize("name", ["_MAIN_1.toc", "checksums.json", "gongkai.json"])
@pytest.mark.parametrize("content", [b"", b"g", b"[]"])
def test_a_rebuild_mends_whatever_is_damaged(
    corpus: Path, folder: Path, name: str, content: bytes
) -> None:
    run(corpus, folder)
    (folder / name).write_bytes(content)
    with pytest.raises(IndexUnusableError):
        verify(folder)
    assert run(corpus, folder, rebuild=True)["reports"] == 3
    verify(folder)
    assert len(found(folder)) == 3
    gc.collect()


def test_a_full_disk_is_said(corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(corpus, folder)
    edit(corpus / "东胜区/2018.txt")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("whoosh.writing.SegmentWriter.commit", full)
    with pytest.raises(IndexUnusableError, match="No space left"):
        build(corpus, folder, jobs=1)
    monkeypatch.undo()
    assert len(found(folder)) == 3
    assert run(corpus, folder) == {"reports": 3, "updated": 1, "unchanged": 2, "read": 1}


@whoosh_leaves_files_open
def test_a_truncated_index_is_said_to_be_damaged(corpus: Path, folder: Path) -> None:
    run(corpus, folder)
    segment = next(folder.glob("*.arrays"))
    segment.write_bytes(segment.read_bytes()[:100])
    with pytest.raises(DamagedIndexError, match="已损坏") as error:
        IndexEngine(folder).search(SearchRequest(q="公开"))
    assert "--rebuild" in error.value.hint
    del error
    gc.collect()
