"""What is new, changed or gone for each saved search since that was told last: told once, whatever is killed.

What a search finds is worked out without the file of what readers keep. Then one transaction writes what is known,
the news, and what is to be sent (the outbox): all of it, or nothing, and the next run tells it. A search is compared
with what it was compared with before by one process at a time: who was not the first looks again, at an index that
is not older.
"""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from indexer.errors import GongkaiError
from indexer.messages import Message
from search.engine import Engine
from search.saved.asked import request_of
from search.saved.database import Database, SavedError
from search.saved.looking import Found, Look, look
from search.saved.searches import Saved, What, every, note_trouble, write_known

MOST_IN_ONE = 200
"""Most reports that one message tells of; of more there are several."""
ATTEMPTS = 10
"""How often another process may have been the first before that is an error."""
_NUMBER = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class Change:
    """One report that is new, changed or gone; `told` as JSON has it."""

    what: What
    report: str
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a search: its changes, or why it could not be compared."""

    saved: Saved
    changes: tuple[Change, ...] = ()
    trouble: Message | None = None


def tell(database: Database, open_engine: Callable[[], Engine], now: int) -> list[Outcome]:
    """Compare every saved search with the index as it is, and write down what is to be told: what came of each.

    A search that cannot be compared has its reason, and the others are compared. `open_engine` gives the
    newest generation of the index; what it raises is each search's reason, and is raised. Raises SavedError.
    """
    outcomes: dict[int, Outcome] = {}
    for _ in range(ATTEMPTS):
        left = [saved for saved in every(database) if saved.id not in outcomes]
        if not left:
            break
        for outcome in _tell(database, open_engine, left, now):
            outcomes[outcome.saved.id] = outcome
    return list(outcomes.values())


def _tell(
    database: Database, open_engine: Callable[[], Engine], searches: list[Saved], now: int
) -> Iterator[Outcome]:
    """What came of those that no other process was the first to compare: `searches` were read before the index
    is opened."""
    try:
        engine = open_engine()
    except GongkaiError as error:
        note_trouble(database, [saved.id for saved in searches], error.message)
        raise
    for saved in searches:
        if saved.generation == engine.generation and saved.trouble is None:
            yield Outcome(saved)
            continue
        try:
            found = _look(database, engine, saved)
        except GongkaiError as error:
            note_trouble(database, [saved.id], error.message)
            yield Outcome(saved, trouble=error.message)
            continue
        changes = _written(database, saved, found, now)
        if changes is not None:
            yield Outcome(saved, changes)


def _look(database: Database, engine: Engine, saved: Saved) -> Look:
    """What it finds now, held against what is known. Raises GongkaiError."""
    request = request_of(saved.asked)
    with database.reading() as open_:
        known = _known(open_, saved.id)
    found = look(engine, request, known)
    if _is_older(found, saved):
        raise SavedError(Message("index_is_older"), hint=Message("index_is_older_hint"))
    return found


def _is_older(found: Look, saved: Saved) -> bool:
    """Whether the index was replaced by an older one, from a backup say: it has seen fewer commits, and no report
    of it is newer than what was seen. One that was made anew has newer reports."""
    return _number(found.generation) < _number(saved.generation) and found.newest <= saved.newest


def _number(generation: str) -> int:
    """How many commits an index has seen."""
    number = _NUMBER.match(generation)
    return int(number[0]) if number else 0


def _written(database: Database, saved: Saved, found: Look, now: int) -> tuple[Change, ...] | None:
    """Write down what is to be told; None where another process was the first, or the search is gone."""
    changes = tuple(_changes(found))
    with database.writing() as open_:
        ours = open_.execute(
            "UPDATE search SET turn = turn + 1, looked = ?, generation = ?, newest = ?, trouble = NULL "
            "WHERE id = ? AND turn = ?",
            (now, found.generation, found.newest, saved.id, saved.turn),
        )
        if not ours.rowcount:
            return None
        write_known(open_, saved.id, found)
        _write_news(open_, saved, changes, now)
    return changes


def _known(open_: sqlite3.Connection, search: int) -> dict[str, Found]:
    rows = open_.execute(
        "SELECT report, digest, title, changed FROM known WHERE search = ?", (search,)
    )
    return {row["report"]: Found(row["digest"], row["title"], row["changed"]) for row in rows}


def _changes(look_: Look) -> Iterator[Change]:
    """New ones first."""
    found, before, told = look_.found, look_.before, look_.told
    yield from (Change("new", report, told[report]) for report in found if report not in before)
    for report, now in found.items():
        if report in before and now.digest != before[report].digest:
            yield Change("changed", report, told[report])
    for report, was in before.items():
        if report not in found:
            yield Change("gone", report, {"title": was.title, "passages": []})


def _write_news(
    open_: sqlite3.Connection, saved: Saved, changes: tuple[Change, ...], now: int
) -> None:
    """The news for the page, and a message for each target."""
    rows = [
        (saved.id, now, change.what, change.report, json.dumps(change.told, ensure_ascii=False))
        for change in changes
    ]
    open_.executemany(
        "INSERT INTO news (search, at, what, report, told) VALUES (?, ?, ?, ?, ?)", rows
    )
    targets = open_.execute("SELECT id FROM target WHERE search = ?", (saved.id,)).fetchall()
    for first in range(0, len(changes), MOST_IN_ONE):
        body = _body(saved, changes[first : first + MOST_IN_ONE], now)
        open_.executemany(
            "INSERT INTO outbox (id, target, body, made, due) VALUES (?, ?, ?, ?, ?)",
            [(secrets.token_hex(16), target["id"], body, now, now) for target in targets],
        )


def _body(saved: Saved, changes: Iterable[Change], now: int) -> str:
    reports = [{"what": c.what, "id": c.report, **c.told} for c in changes]
    shape = {"search": saved.id, "name": saved.name, "asked": saved.asked, "at": now}
    return json.dumps({**shape, "reports": reports}, ensure_ascii=False)
