"""The findings of a reader, in the file of what readers keep."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Literal, NamedTuple, get_args

from indexer.errors import LimitError, RequestError
from indexer.messages import Message
from search.saved.database import Database
from search.saved.finding import Facts, Finding, Passage
from search.saved.notes import both, seen

MAX_LABEL = 100
MAX_NOTE = 10_000
MAX_QUOTE = 20_000
"""Code points of a finding at most; what is longer is cut."""

Conflict = Literal["keep", "theirs", "both"]
CONFLICTS: tuple[Conflict, ...] = get_args(Conflict)
"""What to do where a finding is kept already with another label or note: leave it, take the other's, or
take both notes."""

_PASSAGE = ("report", "first", "last", "digest", "quote")
_FACTS = Facts._fields
_COLUMNS = (*_PASSAGE, *_FACTS, "label", "note", "made", "changed")
_INSERT = f"INSERT INTO finding ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_SAME = f"SELECT * FROM finding WHERE {' AND '.join(f'{name} = ?' for name in _PASSAGE)}"


_LARGEST = (1 << 63) - 1
"""What SQLite takes for a number."""
_TIME = re.compile(
    "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


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

    def count(self) -> int:
        with self._database.reading() as open_:
            counted: int = open_.execute("SELECT count(*) FROM finding").fetchone()[0]
            return counted

    def labels(self) -> tuple[Labelled, ...]:
        """The labels in use, the commonest first."""
        with self._database.reading() as open_:
            rows = open_.execute("SELECT label FROM finding")
            counts = Counter(row["label"] for row in rows)
        return tuple(
            Labelled(*each) for each in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        )

    def add(self, finding: Finding) -> tuple[Finding, bool]:
        """Keep it, once; the finding as it is kept, and whether it is new."""
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
        it has neither these nor those that were seen: `was`, see notes.py."""
        with self._database.writing() as open_:
            known = _numbered(open_, number)
            if known is not None and was not in (None, seen(known)):
                if (known.label, known.note) == (_line(label), _text(note, MAX_NOTE)):
                    return True
                raise EditedError(known)
            return known is not None and _edit(open_, number, label, note)

    def delete(self, number: int) -> bool:
        """False where there is none of that number."""
        with self._database.writing() as open_:
            known = _numbered(open_, number)
            open_.execute("DELETE FROM finding WHERE number = ?", (known.number if known else 0,))
            return known is not None

    def merge(self, others: Iterable[Finding], conflict: Conflict = "keep") -> Merged:
        """Take in the findings of a colleague, all of them or none: each passage is kept once, and where mine
        and theirs differ, `conflict` says what becomes of it. LimitError where both notes are too long."""
        counts: Counter[str] = Counter()
        differing = []
        with self._database.writing() as open_:
            for each in others:
                theirs = _fitted(each)
                mine = _known(open_, theirs)
                if mine is None:
                    _insert(open_, theirs)
                    counts["added"] += 1
                elif _agree(mine, theirs) or (conflict == "both" and both(mine, theirs) == mine):
                    counts["same"] += 1
                elif filled := _filled(mine, theirs):
                    _edit(open_, mine.number, filled.label, filled.note)
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
    row = open_.execute(_SAME, _fitted(finding).passage).fetchone()
    return None if row is None else _finding(row)


def _insert(open_: sqlite3.Connection, finding: Finding) -> None:
    fitted = _fitted(finding)
    times = (_time(fitted.made) or now(), _time(fitted.changed) or now())
    values = (*fitted.passage, *fitted.facts, fitted.label, fitted.note, *times)
    open_.execute(_INSERT, values)


def _edit(open_: sqlite3.Connection, number: int, label: str, note: str) -> bool:
    changed = open_.execute(
        "UPDATE finding SET label = ?, note = ?, changed = ? WHERE number = ?",
        (_line(label), _text(note, MAX_NOTE), now(), number),
    )
    return changed.rowcount > 0


def _agree(mine: Finding, theirs: Finding) -> bool:
    """Whether theirs says nothing that mine does not."""
    return theirs.label in ("", mine.label) and theirs.note in ("", mine.note)


def _filled(mine: Finding, theirs: Finding) -> Finding | None:
    """Mine with what it says nothing of; None where it says something else."""
    if (mine.label and theirs.label not in ("", mine.label)) or (
        mine.note and theirs.note not in ("", mine.note)
    ):
        return None
    return replace(mine, label=mine.label or theirs.label, note=mine.note or theirs.note)


def _settle(open_: sqlite3.Connection, mine: Finding, theirs: Finding, conflict: Conflict) -> None:
    if conflict == "theirs":
        _edit(open_, mine.number, theirs.label or mine.label, theirs.note or mine.note)
    elif conflict == "both":
        joined = both(mine, theirs)
        if len(joined.note) > MAX_NOTE:
            count = len(joined.note)
            raise LimitError(
                Message("finding_note_too_long", number=mine.number, count=count, most=MAX_NOTE),
                hint=Message("finding_note_too_long_hint"),
            )
        _edit(open_, mine.number, joined.label, joined.note)


def _fitted(finding: Finding) -> Finding:
    """The finding as it can be kept."""
    passage = finding.passage._replace(quote=_text(finding.passage.quote, MAX_QUOTE))
    texts = {name: _text(each) for name, each in finding.facts._asdict().items() if name != "year"}
    facts = Facts(**texts, year=finding.facts.year)
    label, note = _line(finding.label), _text(finding.note, MAX_NOTE)
    return replace(finding, passage=passage, facts=facts, label=label, note=note)


def _line(text: str) -> str:
    return " ".join(_text(text).split())[:MAX_LABEL]


def _text(text: str, most: int = 1_000) -> str:
    """What SQLite takes, and a browser's form gives: ends of lines are "\\n"; half a character is "?"."""
    kept = text.encode("utf-8", "replace").decode()
    return kept.replace("\r\n", "\n").replace("\r", "\n")[:most]


def _time(text: str) -> str:
    """An ISO time; "" of what is none."""
    return text if _TIME.fullmatch(text) else ""


def _finding(row: sqlite3.Row) -> Finding:
    return Finding(
        passage=Passage(*(row[name] for name in _PASSAGE)),
        facts=Facts(*(row[name] for name in _FACTS)),
        label=row["label"],
        note=row["note"],
        made=row["made"],
        changed=row["changed"],
        number=row["number"],
    )
