"""The findings of a reader, in the file of what readers keep."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Literal, NamedTuple, get_args

from indexer.errors import LimitError, RequestError
from indexer.messages import Message
from search.saved.database import Database
from search.saved.finding import Facts, Finding, Passage
from search.saved.fitting import MAX_NOTE, fitted, label_of, note_of
from search.saved.notes import agree, both, filled, seen

Conflict = Literal["keep", "theirs", "both"]
CONFLICTS: tuple[Conflict, ...] = get_args(Conflict)
"""What to do where a finding is kept already with another label or note: leave it, take the other's, or
take both notes."""

_PASSAGE = ("report", "first", "last", "digest", "quote")
_FACTS = Facts._fields
_COLUMNS = (*_PASSAGE, *_FACTS, "label", "note", "made", "changed")
_INSERT = f"INSERT INTO finding ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_OF_REPORT = f"SELECT number, {', '.join(_PASSAGE)} FROM finding WHERE report = ?"
_SAME = f"SELECT * FROM finding WHERE {' AND '.join(f'{name} = ?' for name in _PASSAGE)}"


_LARGEST = (1 << 63) - 1
"""What SQLite takes for a number."""


class EditedError(RequestError):
    """Someone else has given the finding another label or note; `finding` is it as it is kept."""

    code = "edited"

    def __init__(self, finding: Finding) -> None:
        super().__init__(
            Message("finding_edited", number=finding.number),
            parameter="number",
            hint=Message("finding_edited_hint"),
        )
        self.finding = finding


class Labelled(NamedTuple):
    """A label and how many findings have it; "" is of those without one."""

    label: str
    findings: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of findings that were taken in: how many were new, were here already, and had an empty
    label or note filled in; `differing` are those that were here with another label or note: mine, theirs."""

    added: int
    same: int
    filled: int
    differing: tuple[tuple[Finding, Finding], ...]


class Findings:
    """Threads and processes may share it. Each call raises SavedError where the file cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self, label: str | None = None) -> list[Finding]:
        """All of them, the newest first; with `label`, those of that label."""
        where, values = ("", ()) if label is None else (" WHERE label = ?", (label,))
        with self._database.reading() as open_:
            rows = open_.execute(f"SELECT * FROM finding{where} ORDER BY number DESC", values)
            return [_finding(row) for row in rows]

    def numbered(self, number: int) -> Finding | None:
        """The finding of that number; None where there is none."""
        with self._database.reading() as open_:
            return _numbered(open_, number)

    def count(self) -> int:
        with self._database.reading() as open_:
            counted: int = open_.execute("SELECT count(*) FROM finding").fetchone()[0]
            return counted

    def newer(self, number: int) -> int:
        """How many are newer than the one of that number."""
        with self._database.reading() as open_:
            rows = open_.execute(
                "SELECT count(*) FROM finding WHERE number > ?", (min(number, _LARGEST),)
            )
            counted: int = rows.fetchone()[0]
            return counted

    def state(self) -> str:
        """What is another one whenever a finding has come or gone: numbers only rise, so how many there are and
        the last number tell which they are."""
        with self._database.reading() as open_:
            last = open_.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = 'finding'"
            ).fetchone()
            counted = open_.execute("SELECT count(*) FROM finding").fetchone()
        return f"{counted[0]} of {last[0] if last else 0}"

    def of_reports(self, reports: Collection[str]) -> dict[str, list[tuple[int, Passage]]]:
        """The numbers and passages of those of these reports of which something is kept."""
        found: dict[str, list[tuple[int, Passage]]] = defaultdict(list)
        with self._database.reading() as open_:
            for report in reports:
                for row in open_.execute(_OF_REPORT, (report,)):
                    found[report].append((row["number"], _passage(row)))
        return found

    def labels(self) -> tuple[Labelled, ...]:
        """The labels in use, the commonest first."""
        with self._database.reading() as open_:
            rows = open_.execute("SELECT label FROM finding")
            counts = Counter(row["label"] for row in rows)
        return tuple(
            Labelled(*each) for each in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        )

    def add(self, finding: Finding) -> tuple[Finding, bool]:
        """Keep it, once; the finding as it is kept, and whether it is new. LimitError where it is too long."""
        with self._database.writing() as open_:
            known = _known(open_, finding)
            if known is not None:
                return known, False
            _insert(open_, finding)
            added = _known(open_, finding)
            assert added is not None
            return added, True

    def edit(self, number: int, label: str, note: str, was: str | None = None) -> bool:
        """Give a finding another label and note; False where there is none of that number. EditedError where
        it has neither these nor those that were seen: `was`, see notes.py; LimitError where they are too long."""
        with self._database.writing() as open_:
            known = _numbered(open_, number)
            if known is not None and was not in (None, seen(known)):
                if (known.label, known.note) == (label_of(label), note_of(note)):
                    return True
                raise EditedError(known)
            return known is not None and _edit(open_, number, label, note)

    def take_out(self, number: int) -> bool:
        """Delete a finding that has neither label nor note, which to collect it again brings back whole; False
        where it has one, and stays. It may be gone already."""
        with self._database.writing() as open_:
            known = _numbered(open_, number)
            if known is not None and (known.label or known.note):
                return False
            open_.execute("DELETE FROM finding WHERE number = ?", (known.number if known else 0,))
            return True

    def delete(self, number: int) -> bool:
        """False where there is none of that number."""
        with self._database.writing() as open_:
            known = _numbered(open_, number)
            open_.execute("DELETE FROM finding WHERE number = ?", (known.number if known else 0,))
            return known is not None

    def merge(self, others: Iterable[Finding], conflict: Conflict = "keep") -> Merged:
        """Take in the findings of a colleague, all of them or none: each passage is kept once, and where mine
        and theirs differ, `conflict` says what becomes of it. LimitError where one is too long, or both notes."""
        counts: Counter[str] = Counter()
        differing = []
        with self._database.writing() as open_:
            for each in others:
                theirs = fitted(each)
                mine = _known(open_, theirs)
                if mine is None:
                    _insert(open_, theirs)
                    counts["added"] += 1
                elif agree(mine, theirs) or (conflict == "both" and both(mine, theirs) == mine):
                    counts["same"] += 1
                elif whole := filled(mine, theirs):
                    _edit(open_, mine.number, whole.label, whole.note)
                    counts["filled"] += 1
                else:
                    differing.append((mine, theirs))
                    _settle(open_, mine, theirs, conflict)
        return Merged(counts["added"], counts["same"], counts["filled"], tuple(differing))


def now() -> str:
    """The time of day as it is kept: ISO, UTC, in whole seconds."""
    return datetime.now(timezone.utc).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _numbered(open_: sqlite3.Connection, number: int) -> Finding | None:
    if number > _LARGEST:
        return None
    row = open_.execute("SELECT * FROM finding WHERE number = ?", (number,)).fetchone()
    return None if row is None else _finding(row)


def _known(open_: sqlite3.Connection, finding: Finding) -> Finding | None:
    row = open_.execute(_SAME, fitted(finding).passage).fetchone()
    return None if row is None else _finding(row)


def _insert(open_: sqlite3.Connection, finding: Finding) -> None:
    fit = fitted(finding)
    times = (fit.made or now(), fit.changed or now())
    values = (*fit.passage, *fit.facts, fit.label, fit.note, *times)
    open_.execute(_INSERT, values)


def _edit(open_: sqlite3.Connection, number: int, label: str, note: str) -> bool:
    changed = open_.execute(
        "UPDATE finding SET label = ?, note = ?, changed = ? WHERE number = ?",
        (label_of(label), note_of(note), now(), number),
    )
    return changed.rowcount > 0


def _settle(open_: sqlite3.Connection, mine: Finding, theirs: Finding, conflict: Conflict) -> None:
    if conflict == "theirs":
        _edit(open_, mine.number, theirs.label or mine.label, theirs.note or mine.note)
    elif conflict == "both":
        joined = both(mine, theirs)
        if len(joined.note) > MAX_NOTE:
            count = len(joined.note)
            raise LimitError(
                Message("finding_notes_too_long", number=mine.number, count=count, most=MAX_NOTE),
                hint=Message("finding_notes_too_long_hint"),
            )
        _edit(open_, mine.number, joined.label, joined.note)


def _passage(row: sqlite3.Row) -> Passage:
    return Passage(*(row[name] for name in _PASSAGE))


def _finding(row: sqlite3.Row) -> Finding:
    return Finding(
        passage=_passage(row),
        facts=Facts(*(row[name] for name in _FACTS)),
        label=row["label"],
        note=row["note"],
        made=row["made"],
        changed=row["changed"],
        number=row["number"],
    )
