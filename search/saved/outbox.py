"""What is to be sent, until it was: a row for each message and place, with when to try it next.

A process that sends a message first claims it: nobody else tries it for LEASE seconds. Who is killed between
sending it and noting so sends it again, under the same id.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from indexer.messages import Message
from search.saved.database import Database
from search.saved.searches import Kind, stored

LEASE = 300
"""Seconds that a message is with who claimed it: more than one attempt to send it can take."""
FIRST_PAUSE, LONGEST_PAUSE = 60, 86_400
"""Seconds until a message that could not be sent is tried again: twice as long each time."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that was claimed. `id` is its own for ever; `tries` counts this attempt, too; `root` begins the
    links in it; `body` as search/saved/news.py writes it."""

    id: str
    kind: Kind
    address: str
    root: str
    tries: int
    body: dict[str, Any]


def claim_all(
    database: Database,
    clock: Callable[[], float],
    left: Callable[[Kind, str], bool] = lambda kind, address: False,
) -> Iterator[Waiting]:
    """The messages that are due, the oldest first, each claimed for LEASE from when it is taken; those to
    addresses that are to be `left` alone stay as they are."""
    tried: set[str] = set()
    while True:
        claimed = _claim(database, int(clock()), tried, left)
        if claimed is None:
            return
        tried.add(claimed.id)
        yield claimed


def _claim(
    database: Database, now: int, tried: set[str], left: Callable[[Kind, str], bool]
) -> Waiting | None:
    with database.reading() as open_:  # where nothing waits, nothing is written
        due = _due(open_.execute(_DUE, (now,)).fetchall(), tried, left)
    if due is None:
        return None
    with database.writing() as open_:
        due = _due(open_.execute(_DUE, (now,)).fetchall(), tried, left)
        if due is None:
            return None
        open_.execute(
            "UPDATE outbox SET tries = tries + 1, due = ? WHERE id = ?", (now + LEASE, due)
        )
        row = open_.execute(
            "SELECT outbox.id, kind, address, root, tries, body "
            "FROM outbox JOIN target ON target.id = outbox.target WHERE outbox.id = ?",
            (due,),
        ).fetchone()
    return Waiting(**{**dict(row), "body": json.loads(row["body"])})


_DUE = """
    SELECT outbox.id, kind, address FROM outbox JOIN target ON target.id = outbox.target
    WHERE due <= ? ORDER BY made, outbox.rowid
"""


def _due(rows: list[Any], tried: set[str], left: Callable[[Kind, str], bool]) -> str | None:
    for number, kind, address in rows:
        if number not in tried and not left(kind, address):
            return str(number)
    return None


def delivered(database: Database, sent: Waiting) -> None:
    """It arrived: nothing is left of it."""
    with database.writing() as open_:
        open_.execute("DELETE FROM outbox WHERE id = ?", (sent.id,))


def failed(database: Database, sent: Waiting, trouble: Message, now: int) -> None:
    """It did not arrive: when it is tried again."""
    pause = min(FIRST_PAUSE << min(sent.tries - 1, 20), LONGEST_PAUSE)
    with database.writing() as open_:
        open_.execute(
            "UPDATE outbox SET due = ?, trouble = ? WHERE id = ?",
            (now + pause, stored(trouble), sent.id),
        )
