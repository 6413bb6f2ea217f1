"""A commit is all or nothing, one at a time; what is damaged is seen, and mended by a rebuild."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.arrays.array_file import read_array_file
from indexer.arrays.prepare import prepare
from indexer.errors import (
    DamagedIndexError,
    IndexUnusableError,
    LockedIndexError,
    MissingIndexError,
    OtherVersionError,
)
from indexer.messages import Message, word
from indexer.pipeline import fill as fill_module
from indexer.pipeline.build import build
from indexer.pipeline.work import Outcome, Task, work
from indexer.store import directory
from indexer.store import reader as reader_module
from indexer.store.manifest import Manifest, current_generation
from indexer.store.reader import IndexReader, known_files
from indexer.store.segments import LiveSegment, open_segments
from indexer.store.verify import verify
from indexer.store.writer import IndexWriter
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.invented import STATE, report
from tests.three_reports import REPORT, counts, edit, expected_names, found, names, run, write


def test_an_interrupted_run_changes_nothing(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, folder)
    write(corpus / "新增.txt", REPORT.format(place="榆中县"))

    def interrupt(task: Task) -> Outcome:
        raise KeyboardInterrupt

    monkeypatch.setattr(fill_module, "work", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build(corpus, folder, jobs=1)
    monkeypatch.setattr(fill_module, "work", work)
    assert len(found(folder)) == 3
    verify(folder)
    assert run(corpus, folder) == {"reports": 4, "added": 1, "unchanged": 3, "read": 1}


@pytest.mark.parametrize(
    ("place", "reports"),
    [
        ("indexer.store.run_writer.merge", 3),
        ("indexer.store.commit.toc_bytes", 3),
        ("indexer.store.commit.write_durably", 3),
        ("indexer.store.commit.replace_durably", 3),
        ("indexer.store.commit.remove_leftovers", 4),
    ],
)
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, MemoryError])
def test_an_interrupted_commit_is_all_or_nothing(
    corpus: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    reports: int,
    error: type[BaseException],
) -> None:
    """Before the manifest is renamed nothing changes, after it all did."""
    run(corpus, folder)
    before = names(folder)
    write(corpus / "新增.txt", REPORT.format(place="榆中县"))

    def interrupt(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        writer = IndexWriter(folder, rebuild=False)  # it removes leftovers itself
        patch.setattr(place, interrupt)
        writer.add(prepare(report("新增.txt", "题", ("other", None, ("三务公开",)))), STATE)
        with pytest.raises((KeyboardInterrupt, IndexUnusableError, MemoryError)) as raised:
            writer.__exit__(None, None, None)
    assert not isinstance(raised.value, DamagedIndexError)
    assert len(found(folder)) == reports
    left = {path.name for path in folder.glob("*.run*")}  # for the next run to take over
    assert reports == 4 or names(folder) - left == before
    assert not left or error is not OSError  # the disk may be full
    assert run(corpus, folder)["reports"] == 4
    verify(folder)
    assert names(folder) == expected_names(folder)


@pytest.mark.parametrize("state", ["none", "built", "rebuild"])
def test_a_run_may_be_killed_before_any_of_its_writes(
    corpus: Path, folder: Path, tmp_path: Path, state: str
) -> None:
    """The last good generation answers, the next run mends and goes on, and nothing piles up."""
    if state != "none":
        run(corpus, folder)
        write(corpus / "新增.txt", REPORT.format(place="榆中县"))
    done = subprocess.run(
        [sys.executable, "-m", "tests.kills", corpus, folder, tmp_path / "copies", state],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10, "it was not killed often enough"


def test_a_commit_while_opening_is_seen(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that are gone are those of an older generation: the newer one is opened."""
    run(corpus, folder)
    overtakes(corpus, folder, monkeypatch, first=True)
    reader = IndexReader(folder)
    monkeypatch.undo()
    assert reader.generation == IndexReader(folder).generation == current_generation(folder)
    assert sum(int(segment.live.sum()) for segment in reader.segments) == 4


def test_a_generation_s_name_stands_for_what_was_opened(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, folder)
    before = current_generation(folder)
    overtakes(corpus, folder, monkeypatch, first=False)
    reader = IndexReader(folder)
    monkeypatch.undo()
    assert reader.generation == before != current_generation(folder)
    assert sum(int(segment.live.sum()) for segment in reader.segments) == 3


def overtakes(corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, *, first: bool) -> None:
    """A commit comes between the manifest's being read and its segments' being opened, or after."""
    opened: list[Manifest] = []

    def overtaken(folder: Path, manifest: Manifest) -> Iterator[LiveSegment]:
        opened.append(manifest)
        segments = [] if first else list(open_segments(folder, manifest))
        if len(opened) == 1:
            write(corpus / "新增.txt", REPORT.format(place="榆中县"))
            writer = IndexWriter(folder, rebuild=True)
            for number in range(4):
                source = f"{number}.txt"
                writer.add(prepare(report(source, "题", ("other", None, ("三务",)))), STATE)
            writer.__exit__(None, None, None)
        yield from open_segments(folder, manifest) if first else segments

    monkeypatch.setattr(reader_module, "open_segments", overtaken)


def test_a_killed_run_is_no_damage(corpus: Path, folder: Path) -> None:
    """What a killed first run leaves: an empty index, and files that nothing refers to."""
    writer = IndexWriter(folder, rebuild=False)
    writer.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    left = ("segment-0123456789abcdef.arrays", "segment-0123456789abcdef.run0", "_MAIN_1.toc")
    for name in left:
        (folder / name).write_bytes(b"half")
    verify(folder)
    assert found(folder) == []
    assert run(corpus, folder) == {"reports": 3, "added": 3, "read": 3}
    verify(folder)
    assert not {*left[:2]} & names(folder)


@pytest.mark.parametrize("left", [["gongkai.json.new"], ["MAIN_WRITELOCK", "gongkai.json.new"]])
@pytest.mark.parametrize("rebuild", [False, True])
def test_what_a_kill_at_the_very_beginning_leaves_is_no_obstacle(
    corpus: Path, folder: Path, left: list[str], rebuild: bool
) -> None:
    folder.mkdir()
    for name in left:
        (folder / name).write_bytes(b"ha")
    assert run(corpus, folder, rebuild=rebuild) == {"reports": 3, "added": 3, "read": 3}
    assert "gongkai.json.new" not in names(folder)
    verify(folder)


def test_a_folder_that_is_no_index_is_left_alone(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError, match="不是索引"):
        build(corpus, tmp_path, jobs=1)


def test_missing_index(tmp_path: Path) -> None:
    with pytest.raises(MissingIndexError, match="里没有索引"):
        IndexEngine(tmp_path)


def test_one_writer_at_a_time(corpus: Path, folder: Path) -> None:
    """The other one is told who writes, and since when."""
    run(corpus, folder)
    with IndexWriter(folder, rebuild=False):
        with pytest.raises(LockedIndexError, match=rf"进程 {os.getpid()}，20\d\d-"):
            build(corpus, folder, jobs=1)
        assert len(found(folder)) == 3
        verify(folder)
    run(corpus, folder)


def test_the_lock_of_a_dead_writer_is_taken_over(corpus: Path, folder: Path) -> None:
    run(corpus, folder)
    holds = "import sys, pathlib, indexer.store.lock as l; k = l.WriteLock(pathlib.Path(sys.argv[1])); print(1, flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", holds, folder]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"1\n"
        with pytest.raises(LockedIndexError, match=f"进程 {other.pid}，"):
            build(corpus, folder, jobs=1)
        other.kill()
    assert run(corpus, folder)["reports"] == 3


def test_another_version_is_refused_until_rebuilt(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, folder)
    monkeypatch.setattr(directory, "PARSER_VERSION", 999)
    for use in (lambda: IndexEngine(folder), lambda: verify(folder)):
        with pytest.raises(OtherVersionError, match="999") as error:
            use()
        assert error.value.hint == Message("other_version_hint")
    summary = build(corpus, folder, jobs=1)
    assert counts(summary) == {"reports": 3, "added": 3, "read": 3}
    assert summary.notice
    assert "→ 999），已全部重建" in word(summary.notice, "zh")
    assert len(found(folder)) == 3
    assert build(corpus, folder, jobs=1).notice is None


@pytest.mark.parametrize("suffix", [".arrays", ".toc", ".json"])
def test_check_sees_every_changed_byte(corpus: Path, folder: Path, suffix: str) -> None:
    run(corpus, folder)
    verify(folder)
    (path,) = (path for path in folder.glob(f"*{suffix}") if path.name != directory.CORPUS_NOTE)
    data = path.read_bytes()
    for at in range(0, len(data), max(1, len(data) // 23)):
        damaged = bytearray(data)
        damaged[at] ^= 0x20
        path.unlink()
        path.write_bytes(damaged)
        with pytest.raises(IndexUnusableError):
            verify(folder)
    path.write_bytes(data)
    verify(folder)


@pytest.mark.parametrize("name", ["_MAIN_1.toc", "*.arrays", "gongkai.json"])
@pytest.mark.parametrize("content", [b"", b"g", b"[]", b"{}", b"[" * 100_000, None])
def test_a_rebuild_mends_whatever_is_damaged(
    corpus: Path, folder: Path, name: str, content: bytes | None
) -> None:
    run(corpus, folder)
    (path,) = folder.glob(name)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    elif name == "gongkai.json":
        return  # then it is no index: see test_a_folder_that_is_no_index_is_left_alone
    with pytest.raises(DamagedIndexError) as error:
        verify(folder)
    assert error.value.hint == Message("rebuild_hint")
    assert run(corpus, folder, rebuild=True)["reports"] == 3
    verify(folder)
    assert len(found(folder)) == 3


def test_a_full_disk_is_said(corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(corpus, folder)
    edit(corpus / "东胜区/2018.txt")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("indexer.store.commit.write_durably", full)
    with pytest.raises(IndexUnusableError, match="No space left"):
        build(corpus, folder, jobs=1)
    monkeypatch.undo()
    assert len(found(folder)) == 3
    assert run(corpus, folder) == {"reports": 3, "updated": 1, "unchanged": 2, "read": 1}


@pytest.mark.parametrize("size", [0, 27, 100, -1, -28])
def test_a_truncated_index_is_said_to_be_damaged(corpus: Path, folder: Path, size: int) -> None:
    run(corpus, folder)
    (segment,) = folder.glob("*.arrays")
    segment.write_bytes(segment.read_bytes()[:size])
    for use in (
        lambda: IndexEngine(folder).search(SearchRequest(q="公开")),
        lambda: build(corpus, folder, jobs=1),
        lambda: verify(folder),
    ):
        with pytest.raises(DamagedIndexError, match="已损坏") as error:
            use()
        assert error.value.hint == Message("rebuild_hint")


def test_damage_is_not_merged_away(corpus: Path, folder: Path) -> None:
    """In a new segment its bytes would have right checksums."""
    run(corpus, folder)
    (path,) = folder.glob("*.arrays")
    start, end = read_array_file(path).byte_ranges["positions"]
    data = bytearray(path.read_bytes())
    assert end > start
    data[start] ^= 1
    path.unlink()
    path.write_bytes(data)
    for name in ("东胜区", "三元区", "昆山市"):
        edit(corpus / name / "2018.txt")
    before = names(folder)
    with pytest.raises(DamagedIndexError, match=path.name):
        build(corpus, folder, jobs=1)
    assert names(folder) == before
    assert run(corpus, folder, rebuild=True)["reports"] == 3
    verify(folder)


def test_a_segment_of_another_index_is_damage(corpus: Path, folder: Path, tmp_path: Path) -> None:
    run(corpus, folder)
    edit(corpus / "东胜区/2018.txt")
    run(corpus, tmp_path / "other")
    (segment,), (other,) = folder.glob("*.arrays"), (tmp_path / "other").glob("*.arrays")
    rows = other.read_bytes()
    segment.unlink()
    segment.write_bytes(rows)
    with pytest.raises(DamagedIndexError, match="已损坏"):
        IndexEngine(folder)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (MemoryError(), MemoryError),
        (ModuleNotFoundError("No module named 'numpy'"), ModuleNotFoundError),
        (RuntimeError("can't start new thread"), RuntimeError),
        (RecursionError(), RecursionError),
        (OSError(5, "Input/output error"), IndexUnusableError),
        (OSError(24, "Too many open files"), IndexUnusableError),
        (PermissionError(13, "Permission denied"), IndexUnusableError),
    ],
)
def test_our_own_faults_are_no_damage(
    corpus: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    said: type[Exception],
) -> None:
    """Nobody is told to rebuild an index for want of memory, or of a module."""
    run(corpus, folder)
    edit(corpus / "东胜区/2018.txt")

    def fails(*_: object, **__: object) -> None:
        raise fault

    for place in (
        "indexer.store.segments.open_segment",
        "indexer.arrays.array_file.mmap.mmap",
        "indexer.store.commit.toc_bytes",
        "indexer.store.run_writer.merge",
    ):
        uses = [lambda: build(corpus, folder, jobs=1)]
        if not place.endswith(("toc_bytes", "merge")):
            uses += [lambda: IndexEngine(folder), lambda: verify(folder)]
            uses += [lambda: known_files(folder)]
        for use in uses:
            with monkeypatch.context() as patch:
                patch.setattr(place, fails)
                with pytest.raises(said) as raised:
                    use()
            assert not isinstance(raised.value, DamagedIndexError)
            if isinstance(fault, OSError):
                assert fault.strerror in str(raised.value)
    assert len(found(folder)) == 3
    assert run(corpus, folder)["updated"] == 1
