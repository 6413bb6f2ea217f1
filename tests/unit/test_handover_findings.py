"""Findings in a pack: they go along, what else readers keep does not."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from zipfile import ZipFile

import pytest

from indexer.errors import (
    IndexUnusableError,
)
from search.handover.kept import open_pack
from search.handover.pack import Packed, pack
from search.saved import copied
from search.saved.database import Database, saved_path
from search.saved.finding import Finding, Passage
from search.saved.findings import Findings
from tests.packs import INDEX_FILE, crafted, refused

FINDING = "CREATE TABLE finding (number INTEGER PRIMARY KEY, quote TEXT);"
SECRET = "CREATE TABLE alert (number INTEGER PRIMARY KEY, secret TEXT);"


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """What readers keep, with findings and a secret."""
    for room in ("search.saved.database", "search.saved.copied"):
        monkeypatch.setattr(f"{room}.STEPS", (FINDING, SECRET))


@pytest.mark.usefixtures("tables")
def test_findings_go_along_and_secrets_stay(
    packed: Packed, corpus: Path, folder: Path, out: Path, packs: Path
) -> None:
    mine = Database(saved_path(folder))
    with mine.writing() as open_:
        open_.execute("INSERT INTO finding (quote) VALUES ('三务公开'), ('党务公开')")
        open_.execute("INSERT INTO alert (secret) VALUES ('hush-hush')")
    again = pack(folder, corpus, out / "again.gongkai")
    assert again.contents.findings == 2
    assert pack(folder, corpus, out / "third.gongkai").digest == again.digest
    with ZipFile(again.path) as archive:
        assert b"hush" not in archive.read("index.saved")
    opened = open_pack(again.path, packs)
    theirs = Database(saved_path(opened.index))
    with theirs.writing() as open_:
        assert [row[0] for row in open_.execute("SELECT quote FROM finding")] == [
            "三务公开",
            "党务公开",
        ]
        assert open_.execute("SELECT count(*) FROM alert").fetchone()[0] == 0
        open_.execute("INSERT INTO finding (quote) VALUES ('村务公开')")
    assert open_pack(again.path, packs).anew is False
    with theirs.reading() as open_:
        assert open_.execute("SELECT count(*) FROM finding").fetchone()[0] == 3
    with mine.reading() as open_:
        assert open_.execute("SELECT count(*) FROM alert").fetchone()[0] == 1


def test_what_is_handed_over_is_what_readers_find(tmp_path: Path) -> None:
    """The tables by their names in the schema: findings go along, whatever else is kept does not."""
    with Database(tmp_path / "x.saved").writing() as open_:
        found = {
            row[0] for row in open_.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    assert set(copied.HANDED_OVER) <= found
    assert not set(copied.HANDED_OVER) & {"search", "known", "news", "target", "outbox"}
    assert copied.copy_findings(tmp_path / "x.saved", tmp_path / "copy") == 0
    assert not (tmp_path / "copy").exists()


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE finding (number INTEGER PRIMARY KEY, quote TEXT); PRAGMA user_version = 1;"
        "CREATE TRIGGER t AFTER INSERT ON finding BEGIN DELETE FROM finding; END;",
        "CREATE VIEW finding AS SELECT 1; PRAGMA user_version = 1;",
        "PRAGMA user_version = 1;",
        "CREATE TABLE finding (x); PRAGMA user_version = 99;",
    ],
)
def test_findings_of_another_make_are_refused(
    script: str, out: Path, packs: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "x.saved") as made:
        made.executescript(script)
    made.close()
    data = (tmp_path / "x.saved").read_bytes()
    refused(crafted(out / "x.gongkai", [INDEX_FILE, ("index.saved", data)]), packs)
    refused(crafted(out / "x.gongkai", [INDEX_FILE, ("index.saved", b"no database")]), packs)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE finding SET label = x'00ff'",
        "UPDATE finding SET first = 'here'",
        "UPDATE finding SET first = 1.5",
        "UPDATE finding SET year = x'32303138'",
        "UPDATE finding SET note = CAST(x'ff' AS TEXT)",
        "INSERT INTO search VALUES (1, '', '', 0, 0, 0, '', 0, NULL)",
        "UPDATE finding SET year = 2018, note = '注'",
    ],
)
def test_findings_alone_are_taken_over_with_values_of_their_kind(
    change: str, out: Path, packs: Path, tmp_path: Path
) -> None:
    """A column of SQLite holds anything, and the page of findings shows all of them; a saved search would send
    what it finds to whoever made the pack."""
    path = tmp_path / "x.saved"
    Findings(Database(path)).add(Finding(Passage("0" * 12, 0, 2, "0" * 8, "三务")))
    with contextlib.closing(sqlite3.connect(path)) as open_, open_:
        open_.execute(change)
    made = crafted(out / "x.gongkai", [INDEX_FILE, ("index.saved", path.read_bytes())])
    if "注" not in change:
        assert "index.saved" in refused(made, packs)
    else:
        with pytest.raises(IndexUnusableError):  # of an index that is none: the findings were fine
            open_pack(made, packs)
