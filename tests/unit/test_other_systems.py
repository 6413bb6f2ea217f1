"""What other systems do otherwise, as far as it can be tried on this one."""

from __future__ import annotations

import locale
import sys
import types
from pathlib import Path

import pytest

from indexer.errors import LockedIndexError
from indexer.pipeline import pool
from indexer.store import directory, lock
from indexer.store.directory import replace_durably, sync_folder
from indexer.store.run_writer import RunWriter
from web.commands.language import language_of


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (directory, lock, pool):
        monkeypatch.setattr(room, "sys", types.SimpleNamespace(platform="win32"))


class BeingRead:
    """`Path.replace` as Windows has it while another program reads the file."""

    def __init__(self, times: int) -> None:
        self.times = times

    def __get__(self, new: Path, _: type[Path]) -> object:
        def replace(path: Path) -> Path:
            self.times -= 1
            if self.times >= 0:
                raise PermissionError(13, "Access is denied")
            path.write_bytes(new.read_bytes())
            new.unlink()
            return path

        return replace


@pytest.mark.usefixtures("windows")
def test_a_file_that_is_read_is_replaced_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(directory.time, "sleep", waits.append)
    monkeypatch.setattr(Path, "replace", BeingRead(2))
    replace_durably(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert len(waits) == 2
    monkeypatch.setattr(Path, "replace", BeingRead(1_000))
    with pytest.raises(PermissionError):
        replace_durably(tmp_path / "a", b"newer")
    assert (tmp_path / "a").read_bytes() == b"new"


@pytest.mark.usefixtures("windows")
def test_no_folder_is_synced_there(tmp_path: Path) -> None:
    sync_folder(tmp_path / "opening it would fail")


@pytest.mark.usefixtures("windows")
def test_the_lock_has_a_twin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def locking(file: int, mode: int, count: int) -> None:
        assert (mode, count) == (2, 1)
        if taken:
            raise PermissionError(13, "Permission denied")
        taken.append(file)

    twin = types.SimpleNamespace(locking=locking, LK_NBLCK=2)
    monkeypatch.setitem(sys.modules, "msvcrt", twin)
    held = lock.WriteLock(tmp_path)
    with pytest.raises(LockedIndexError):
        lock.WriteLock(tmp_path)
    held.release()


@pytest.mark.usefixtures("windows")
def test_no_more_processes_than_windows_can_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def started(self: pool.Pool[int, int]) -> None:
        asked.append(self._jobs)
        raise InterruptedError

    monkeypatch.setattr(pool.Pool, "_new", started)
    with pytest.raises(InterruptedError):
        list(pool.Pool(range, lambda task, _reason: task, 128).results([1, 2]))
    assert asked == [pool.MOST_ON_WINDOWS]


def test_a_run_that_is_still_mapped_is_left_for_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Access is denied")

    runs = RunWriter(tmp_path)
    monkeypatch.setattr(type(runs._gatherer), "paths", [tmp_path / "segment-0.run1"], raising=False)
    monkeypatch.setattr(Path, "unlink", refused)
    runs._remove_runs()


@pytest.mark.parametrize(
    ("system", "named", "expected"),
    [
        ("win32", "Chinese (Simplified)_China", "zh"),
        ("win32", "zh_CN", "zh"),
        ("win32", "English_United States", "en"),
        ("win32", "de_DE", "en"),
        ("win32", None, "zh"),
        ("linux", "de_DE", "zh"),
    ],
)
def test_windows_names_its_language_elsewhere(
    system: str, named: str | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.commands.language.sys", types.SimpleNamespace(platform=system))
    monkeypatch.setattr(locale, "getlocale", lambda: (named, "1252"))
    assert language_of([], {}) == expected
    assert language_of([], {"LANG": "en_US"}) == "en"
