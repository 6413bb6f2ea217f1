"""What of the file of what readers keep goes to others, and what may come from them: findings alone.

Saved searches stay here, with the addresses and keys that they are delivered with.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from indexer.messages import Message
from search.saved.database import Database, SavedError
from search.saved.schema import STEPS

HANDED_OVER = ("finding",)
"""The tables whose rows are handed over."""
_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def copy_findings(path: Path, to: Path) -> int:
    """Copy the file at `path`, of one moment, with the findings alone; how many these are. `to` must not
    exist; it is not made where nothing was found. Raises SavedError."""
    if not path.exists():
        return 0
    with Database(path).reading() as open_:
        names = [row[0] for row in open_.execute(_TABLES)]
        count = sum(_rows(open_, name) for name in names if name in HANDED_OVER)
        if count:
            with contextlib.closing(sqlite3.connect(to, isolation_level=None)) as copy:
                open_.commit()  # a backup begins where no transaction is open
                open_.backup(copy)
                _forget(copy, [name for name in names if name not in HANDED_OVER])
    return count


def check_findings(path: Path) -> None:
    """SavedError where a file that came from elsewhere is no such copy: damaged, of a later version, with
    tables, views or triggers of its own, with more than findings, or with values that are none of theirs."""
    try:
        with contextlib.closing(sqlite3.connect(path)) as found:
            version = found.execute("PRAGMA user_version").fetchone()[0]
            sound = found.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            schema = found.execute(_SCHEMA).fetchall()
            sound = sound and (
                version > len(STEPS) or (schema == _schema_of(version) and _holds_findings(found))
            )
    except sqlite3.Error as error:
        raise _unusable(path, str(error)) from error
    if not sound:
        raise _unusable(path, "schema")
    with Database(path).reading():
        """SavedError of a later version."""


def _holds_findings(found: sqlite3.Connection) -> bool:
    """Whether nothing else has rows, and every value is of its column's kind, which SQLite itself does not see
    to, or null where that may be; sqlite3.Error of a text that is not in UTF-8."""
    for (table,) in found.execute(_TABLES).fetchall():
        if table not in HANDED_OVER and _rows(found, table):
            return False
        columns = found.execute(f'PRAGMA table_info("{table}")').fetchall()
        other = " OR ".join(
            f"typeof(\"{name}\") NOT IN ('null', '{kind.lower()}')" for _, name, kind, *_ in columns
        )
        if found.execute(f'SELECT 1 FROM "{table}" WHERE {other} LIMIT 1').fetchone():
            return False
        for _ in found.execute(f'SELECT * FROM "{table}"'):
            """Each text is decoded."""
    return True


def _rows(open_: sqlite3.Connection, table: str) -> int:
    count: int = open_.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
    return count


def _forget(copy: sqlite3.Connection, tables: list[str]) -> None:
    """Empty tables, so that none of their bytes is left in the file."""
    copy.execute("PRAGMA foreign_keys = OFF")
    for table in tables:
        copy.execute(f'DELETE FROM "{table}"')
    copy.execute("VACUUM")


def _schema_of(version: int) -> list[tuple[str, ...]]:
    """What a file of that version consists of."""
    with contextlib.closing(sqlite3.connect(":memory:")) as fresh:
        for step in STEPS[:version]:
            fresh.executescript(step)
        return fresh.execute(_SCHEMA).fetchall()


def _unusable(path: Path, error: str) -> SavedError:
    return SavedError(
        Message("saved_unusable", path=str(path), error=error), hint=Message("saved_unusable_hint")
    )
