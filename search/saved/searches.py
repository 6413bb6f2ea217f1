"""Saved searches: what each asks for, what was told of it, and where that is sent."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from indexer.messages import Message, as_json, from_json
from search.model import SearchRequest
from search.saved.asked import kept
from search.saved.database import Database, SavedError
from search.saved.looking import Look

Kind = Literal["webhook", "mail"]
What = Literal["new", "changed", "gone"]
WHATS: tuple[What, ...] = ("new", "changed", "gone")
MAX_NAME = 100
"""Longest name, in code points."""
_COLUMNS = """
    search.*,
    (SELECT count(*) FROM known WHERE known.search = search.id) AS reports,
    (SELECT count(*) FROM news WHERE news.search = search.id) AS unread
"""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search. `asked`: its request as JSON; `reports` and `unread` count what it found when it was last
    compared, and the news that were not read yet; `trouble`: why it could not be compared since."""

    id: int
    name: str
    asked: str
    made: int
    looked: int
    turn: int
    generation: str
    newest: int
    reports: int
    unread: int
    trouble: Message | None


@dataclass(frozen=True, slots=True)
class News:
    """One report that came to be found, is found with other words, or is found no more; `told`: what stood in
    it (see news.py), as JSON has it."""

    id: int
    what: What
    at: int
    report: str
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """Where the news of a search are sent; `root` begins the links in them, "" for paths alone.
    `waiting` counts what was not delivered yet, `trouble` is why."""

    id: int
    search: int
    kind: Kind
    address: str
    root: str
    waiting: int = 0
    trouble: Message | None = None


def add(database: Database, name: str, request: SearchRequest, look: Look, now: int) -> int:
    """Save a search under a name of its own: its number. What it finds now is known and will not be told.

    Raises SavedError where the name is taken.
    """
    with database.writing() as open_:
        number = _inserted(open_, _name(name), kept(request), look, now)
        write_known(open_, number, look)
    return number


def _inserted(open_: sqlite3.Connection, name: str, asked: str, look: Look, now: int) -> int:
    if open_.execute("SELECT 1 FROM search WHERE name = ?", (name,)).fetchone():
        raise SavedError(
            Message("saved_name_taken", name=name), hint=Message("saved_name_taken_hint")
        )
    row = open_.execute(
        "INSERT INTO search (name, asked, made, looked, generation, newest) VALUES (?, ?, ?, ?, ?, ?)",
        (name, asked, now, now, look.generation, look.newest),
    )
    return int(row.lastrowid or 0)


def write_known(open_: sqlite3.Connection, search: int, look: Look) -> None:
    """What a search finds now takes the place of what was known."""
    open_.execute("DELETE FROM known WHERE search = ?", (search,))
    open_.executemany(
        "INSERT INTO known (search, report, digest, title, changed) VALUES (?, ?, ?, ?, ?)",
        ((search, report, f.digest, f.title, f.changed) for report, f in look.found.items()),
    )


def find(database: Database, name: str) -> Saved:
    """The search of a name, or of a number. Raises SavedError."""
    found = every(database)
    for saved in (*(s for s in found if s.name == name), *(s for s in found if str(s.id) == name)):
        return saved
    raise SavedError(
        Message("saved_search_missing", name=name), hint=Message("saved_search_missing_hint")
    )


def every(database: Database) -> list[Saved]:
    """All saved searches, the newest last."""
    with database.reading() as open_:
        rows = open_.execute(f"SELECT {_COLUMNS} FROM search ORDER BY id").fetchall()
    return [Saved(**{**dict(row), "trouble": message(row["trouble"])}) for row in rows]


def remove(database: Database, search: int) -> None:
    """A search that is not there is removed already."""
    with database.writing() as open_:
        open_.execute("DELETE FROM search WHERE id = ?", (search,))


def news(database: Database, search: int, most: int = -1) -> list[News]:
    """The news of a search that were not read yet, the latest first, at most so many."""
    with database.reading() as open_:
        rows = open_.execute(
            "SELECT id, what, at, report, told FROM news WHERE search = ? ORDER BY at DESC, id LIMIT ?",
            (search, most),
        ).fetchall()
    return [News(**{**dict(row), "told": json.loads(row["told"])}) for row in rows]


def mark_read(database: Database, search: int, read: Iterable[int]) -> None:
    """These news of a search were read, by their ids."""
    with database.writing() as open_:
        open_.executemany(
            "DELETE FROM news WHERE search = ? AND id = ?", [(search, one) for one in read]
        )


def note_trouble(database: Database, searches: Iterable[int], trouble: Message) -> None:
    """Why these could not be compared."""
    with database.writing() as open_:
        open_.executemany(
            "UPDATE search SET trouble = ? WHERE id = ?",
            [(stored(trouble), search) for search in searches],
        )


def add_target(database: Database, search: int, kind: Kind, address: str, root: str) -> None:
    """Send the news of a search there from now on, once each; where it goes there already, with this root."""
    with database.writing() as open_:
        there = open_.execute(
            "UPDATE target SET root = ? WHERE search = ? AND kind = ? AND address = ?",
            (root, search, kind, address),
        )
        if there.rowcount:
            return
        open_.execute(
            "INSERT INTO target (search, kind, address, root) VALUES (?, ?, ?, ?)",
            (search, kind, address, root),
        )


def remove_target(database: Database, search: int, address: str) -> None:
    """Send the news of a search there no longer; what waits is not sent. Raises SavedError."""
    with database.writing() as open_:
        gone = open_.execute(
            "DELETE FROM target WHERE search = ? AND address = ?", (search, address)
        )
        if not gone.rowcount:
            raise SavedError(Message("saved_target_missing", address=address))


def targets(database: Database) -> list[Target]:
    """Where news are sent, of all searches."""
    with database.reading() as open_:
        rows = open_.execute(
            "SELECT target.*, count(outbox.id) AS waiting, max(outbox.trouble) AS trouble "
            "FROM target LEFT JOIN outbox ON outbox.target = target.id "
            "GROUP BY target.id ORDER BY target.id"
        ).fetchall()
    return [Target(**{**dict(row), "trouble": message(row["trouble"])}) for row in rows]


def stored(said: Message) -> str:
    """A message as it is kept."""
    return json.dumps(as_json(said), ensure_ascii=False)


def message(text: str | None) -> Message | None:
    """The message that was kept."""
    return None if text is None else from_json(json.loads(text))


def _name(typed: str) -> str:
    """A name as it is kept. Raises SavedError."""
    name = " ".join(typed.split())
    if not 0 < len(name) <= MAX_NAME:
        raise SavedError(Message("saved_name_length", most=MAX_NAME))
    return name
