"""The file of what readers keep: SQLite, beside the folder of the index, so that a rebuild takes nothing.

It comes into being with the first thing that is kept. A connection lives as long as one transaction, so
threads and processes may share the file: who writes waits for another who does (at most PATIENCE).
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from indexer.errors import GongkaiError
from indexer.messages import Message
from search.saved.schema import STEPS

PATIENCE = 10.0
"""Seconds that a connection waits for another one's transaction."""


class SavedError(GongkaiError):
    """What readers keep cannot be read or written."""

    code = "saved"


class NothingKeptError(SavedError):
    """Readers can keep nothing here."""

    code = "nothing_is_kept"


def saved_path(folder: Path) -> Path:
    """Where what is kept about an index lies: `gongkai-index.saved` beside the folder `gongkai-index`."""
    whole = folder.resolve()
    return whole.with_name(f"{whole.name}.saved")


class Database:
    """The file at `path`, of the tables that `schema.py` lists."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the file; where there is no file yet, empty tables."""
        there = self.path.exists()
        with self._mapped(), contextlib.closing(_connect(self.path if there else None)) as open_:
            if _version(open_) < len(STEPS):
                _upgrade(open_)
            open_.execute("BEGIN")
            yield open_

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: kept whole, on the disk, when `with` ends, or not at all where it raises."""
        with self._mapped(), contextlib.closing(_connect(self.path)) as open_:
            if _version(open_) < len(STEPS):
                _upgrade(open_)
            open_.execute("BEGIN IMMEDIATE")
            with open_:
                yield open_

    @contextlib.contextmanager
    def _mapped(self) -> Iterator[None]:
        """SavedError says what was wrong with the file."""
        try:
            yield
        except sqlite3.Error as error:
            raise SavedError(
                Message("saved_unusable", path=str(self.path), error=str(error)),
                hint=Message("saved_unusable_hint"),
            ) from error


def _connect(path: Path | None) -> sqlite3.Connection:
    """Transactions begin where we say so; every commit is synced."""
    open_ = sqlite3.connect(path or ":memory:", timeout=PATIENCE, isolation_level=None)
    try:
        open_.row_factory = sqlite3.Row
        open_.execute("PRAGMA synchronous = FULL")
        open_.execute("PRAGMA foreign_keys = ON")
        _check_version(_version(open_))
    except BaseException:
        open_.close()
        raise
    return open_


def _version(open_: sqlite3.Connection) -> int:
    """How many steps the file has been taken through."""
    version: int = open_.execute("PRAGMA user_version").fetchone()[0]
    return version


def _check_version(version: int) -> None:
    if version > len(STEPS):
        raise SavedError(
            Message("saved_of_newer_version", there=version, here=len(STEPS)),
            hint=Message("saved_of_newer_version_hint"),
        )


def _upgrade(open_: sqlite3.Connection) -> None:
    """Take the file through the steps that it lacks, all of them or none; another process may be at it."""
    open_.execute("BEGIN IMMEDIATE")
    with open_:
        for step in STEPS[_version(open_) :]:
            for statement in _statements(step):
                open_.execute(statement)
        open_.execute(f"PRAGMA user_version = {len(STEPS)}")


def _statements(script: str) -> Iterator[str]:
    """One by one: `executescript` would commit between them."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
