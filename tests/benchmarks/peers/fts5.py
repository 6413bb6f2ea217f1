"""SQLite FTS5 with its trigram tokenizer; facets by GROUP BY."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from indexer.model import Report
from tests.benchmarks.peers.peer import SHOWN
from tests.benchmarks.queries import DISTANCE, Query
from tests.benchmarks.texts import Text, text_of

_TABLES = """
CREATE VIRTUAL TABLE texts USING fts5(body, tokenize = 'trigram');
CREATE TABLE reports (number INTEGER PRIMARY KEY, id TEXT, title TEXT, year INTEGER, genre TEXT);
CREATE TABLE regions (number INTEGER, code TEXT, PRIMARY KEY (number, code)) WITHOUT ROWID;
"""
_FACETS = (
    "SELECT year, count(*) FROM hit JOIN reports USING (number) GROUP BY year",
    "SELECT genre, count(*) FROM hit JOIN reports USING (number) GROUP BY genre",
    "SELECT code, count(*) FROM hit JOIN regions USING (number) GROUP BY code",
)
_HITS = "INSERT INTO hit SELECT texts.rowid FROM texts"
_FILTERED = """
JOIN reports ON reports.number = texts.rowid
WHERE texts MATCH ? AND year BETWEEN ? AND ?
AND EXISTS (SELECT 1 FROM regions WHERE regions.number = texts.rowid AND code = ?)
"""


class Fts5:
    name = "SQLite FTS5"
    note = "trigram: nothing below three characters, no wildcards in phrases"
    share = 1
    bare = False

    def version(self) -> str | None:
        try:
            with closing(sqlite3.connect(":memory:")) as database:
                database.executescript(_TABLES)
        except sqlite3.OperationalError:
            return None
        return sqlite3.sqlite_version

    def builder(self, folder: Path) -> _Builder:
        return _Builder(folder)

    def open(self, folder: Path) -> _Opened:
        return _Opened(folder)


class _Builder:
    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "texts.sqlite")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.executescript(_TABLES)
        self._number = 0

    def convert(self, report: Report) -> Text:
        return text_of(report)

    def add(self, item: object) -> None:
        assert isinstance(item, Text)
        self._number += 1
        insert = self._database.execute
        insert("INSERT INTO texts (rowid, body) VALUES (?, ?)", (self._number, item.body))
        insert(
            "INSERT INTO reports VALUES (?, ?, ?, ?, ?)",
            (self._number, item.id, item.title, item.year, item.genre),
        )
        for code in set(item.region):
            insert("INSERT INTO regions VALUES (?, ?)", (self._number, code))

    def close(self) -> None:
        self._database.commit()
        self._database.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        self._database.commit()
        self._database.close()


class _Opened:
    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "texts.sqlite")
        self._database.execute("CREATE TEMP TABLE hit (number INTEGER PRIMARY KEY)")

    def can(self, query: Query) -> bool:
        return query.join not in ("*", "?") and all(len(part) >= 3 for part in query.parts)

    def answer(self, query: Query, *, snippets: bool) -> int:
        total = self._collect(query)
        for facet in _FACETS:
            self._database.execute(facet).fetchall()
        shown = "snippet(texts, 0, '<', '>', '…', 64)" if snippets else "1"
        self._database.execute(
            f"SELECT id, title, {shown} FROM texts JOIN reports ON number = texts.rowid "
            "WHERE texts MATCH ? AND number IN hit ORDER BY rank LIMIT ?",
            (_match(query), SHOWN),
        ).fetchall()
        return total

    def found(self, query: Query) -> Collection[str]:
        self._collect(query)
        rows = self._database.execute("SELECT id FROM hit JOIN reports USING (number)")
        return [str(row[0]) for row in rows]

    def processes(self) -> tuple[int, ...]:
        return (os.getpid(),)

    def close(self) -> None:
        self._database.close()

    def _collect(self, query: Query) -> int:
        """Put the hits into the table `hit`; gives their number."""
        self._database.execute("DELETE FROM hit")
        if query.years:
            values = (_match(query), *query.years, query.region)
            return self._database.execute(f"{_HITS} {_FILTERED}", values).rowcount
        return self._database.execute(f"{_HITS} WHERE texts MATCH ?", (_match(query),)).rowcount


def _match(query: Query) -> str:
    parts = [f'"{part}"' for part in query.parts]
    if query.join == "near":
        return f"NEAR({' '.join(parts)}, {DISTANCE})"
    return {"all": " AND ", "any": " OR ", "not": " NOT "}[query.join].join(parts)
