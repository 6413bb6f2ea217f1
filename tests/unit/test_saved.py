"""The file of what readers keep: whole or not at all, taken through every version."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from search.saved import database
from search.saved.database import Database, SavedError, saved_path

ONE = "CREATE TABLE note (text TEXT NOT NULL);\nCREATE INDEX by_text ON note (text);"
TWO = "ALTER TABLE note ADD COLUMN day TEXT NOT NULL DEFAULT '';"


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(database, "STEPS", (ONE,))
    return monkeypatch


def keep(kept: Database, text: str) -> None:
    with kept.writing() as open_:
        open_.execute("INSERT INTO note (text) VALUES (?)", (text,))


def keep_and_fail(kept: Database) -> None:
    with kept.writing() as open_:
        open_.execute("INSERT INTO note (text) VALUES ('二')")
        open_.execute("INSERT INTO none VALUES ('三')")


def texts(kept: Database) -> list[str]:
    with kept.reading() as open_:
        return [row["text"] for row in open_.execute("SELECT text FROM note ORDER BY text")]


@pytest.mark.parametrize("folder", ["gongkai-index", "索引", "a.b", "x/"])
def test_it_lies_beside_the_index(tmp_path: Path, folder: str) -> None:
    assert saved_path(tmp_path / folder).parent == tmp_path
    assert saved_path(tmp_path / folder).name == folder.strip("/") + ".saved"


def test_reading_makes_no_file(steps: object, tmp_path: Path) -> None:
    kept = Database(tmp_path / "i.saved")
    assert texts(kept) == []
    assert not kept.path.exists()
    keep(kept, "一")
    assert texts(kept) == ["一"]


def test_what_raises_keeps_nothing(steps: object, tmp_path: Path) -> None:
    kept = Database(tmp_path / "i.saved")
    keep(kept, "一")
    with pytest.raises(SavedError):
        keep_and_fail(kept)
    assert texts(kept) == ["一"]


def test_an_earlier_file_is_taken_through_the_further_steps(
    steps: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = Database(tmp_path / "i.saved")
    keep(kept, "一")
    steps.setattr(database, "STEPS", (ONE, TWO))
    with kept.reading() as open_:
        assert [tuple(row) for row in open_.execute("SELECT text, day FROM note")] == [("一", "")]


def test_a_step_that_fails_leaves_the_file_as_it_was(
    steps: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = Database(tmp_path / "i.saved")
    keep(kept, "一")
    steps.setattr(database, "STEPS", (ONE, TWO + "\nALTER TABLE none ADD COLUMN a;"))
    with pytest.raises(SavedError), kept.reading():
        pass
    steps.setattr(database, "STEPS", (ONE,))
    assert texts(kept) == ["一"]


def test_a_file_of_a_newer_version_is_not_touched(
    steps: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    steps.setattr(database, "STEPS", (ONE, TWO))
    kept = Database(tmp_path / "i.saved")
    keep(kept, "一")
    before = kept.path.read_bytes()
    steps.setattr(database, "STEPS", (ONE,))
    for way in (kept.reading, kept.writing):
        with pytest.raises(SavedError) as error, way():
            pass
        assert error.value.message.key == "saved_of_newer_version"
    assert kept.path.read_bytes() == before


@pytest.mark.parametrize("data", [b"not a database, but long enough to be one" * 40, b"SQLite f"])
def test_what_is_no_file_of_ours_has_a_reason(steps: object, tmp_path: Path, data: bytes) -> None:
    kept = Database(tmp_path / "i.saved")
    kept.path.write_bytes(data)
    with pytest.raises(SavedError) as error:
        keep(kept, "一")
    assert error.value.message.key == "saved_unusable"
    assert kept.path.read_bytes() == data


def test_writers_wait_for_each_other(steps: object, tmp_path: Path) -> None:
    kept = Database(tmp_path / "i.saved")
    writers = [
        threading.Thread(target=lambda first=first: [keep(kept, f"{first}{n}") for n in range(5)])
        for first in "abcd"
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert texts(kept) == sorted(f"{first}{n}" for first in "abcd" for n in range(5))


def test_a_reader_sees_one_state(steps: object, tmp_path: Path) -> None:
    kept = Database(tmp_path / "i.saved")
    keep(kept, "一")
    with kept.reading() as open_:
        assert open_.execute("SELECT count(*) FROM note").fetchone()[0] == 1
        late = sqlite3.connect(kept.path, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError):
            late.execute("INSERT INTO note (text) VALUES ('二')")
        late.close()
        assert open_.execute("SELECT count(*) FROM note").fetchone()[0] == 1
