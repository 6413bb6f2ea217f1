"""Pieces become sections: nested by their numbers, each with a kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.model import Genre, Line, Section
from indexer.parsing.headings import Opening, Piece
from indexer.parsing.kinds import kind_of
from indexer.parsing.levels import Levels, levels_of, settled

_NAME = 20  # code points of a text without a heading that may tell its kind


@dataclass(slots=True)
class _Open:
    """A section while its lines are gathered."""

    kind: str
    heading: Line | None
    level: int
    path: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)

    def closed(self) -> Section:
        return Section(self.kind, self.heading, self.level, self.path, tuple(self.lines))


@dataclass(slots=True)
class _Kinds:
    """Kinds in the order of the report: a heading whose words say nothing goes with its place."""

    genre: Genre
    year: int | None
    headings: Sequence[str]
    before: str | None = None
    plans: bool | None = None
    """Whether any heading of the report is of a plan; None until that is asked."""

    def of(self, heading: str, parent: str | None) -> str:
        """The kind of the next section; below a section that has a kind, it is that one's."""
        if parent is not None and parent != "other":
            return parent
        kind = kind_of(heading, self.genre, self.year) or self._by_place()
        if parent is None:
            self.before = kind
        return kind

    def _by_place(self) -> str:
        if self.genre != "work_report":
            return "other"
        if self.before in ("review", "plan", "governance"):
            return "plan"
        if self.plans is None:
            self.plans = any(kind_of(h, self.genre, self.year) == "plan" for h in self.headings)
        return "review" if self.plans else "other"


@dataclass(slots=True)
class _Outline:
    """The sections so far; `stack` holds those that the next one may stand in."""

    levels: Levels
    kinds: _Kinds
    done: list[_Open]
    stack: list[_Open] = field(default_factory=list)
    below: int = 0

    def open(self, opening: Opening, heading: Line | None, name: str) -> None:
        """Begin a section; `name` are the words that may tell its kind."""
        level = self.levels.of(opening, self.below)
        number = opening.number
        if number is not None or opening.part or opening.top:
            self.below = level
        self.stack = [section for section in self.stack if section.level < level]
        parent = self.stack[-1] if self.stack else None
        kind = self.kinds.of(name, parent.kind if parent else None)
        path = (*(parent.path if parent else ()), *((number.label,) if number else ()))
        self.stack.append(_Open(kind, heading, level, path))
        self.done.append(self.stack[-1])


def sections(
    pieces: Sequence[Piece], offset: int, genre: Genre, year: int | None
) -> tuple[Section, ...]:
    """The sections of a body whose first line begins at `offset` of the canonical text.

    There is always at least one.
    """
    openings = settled([piece.opens for piece in pieces if piece.opens])
    following = iter(openings)
    outline = _Outline(
        levels_of(openings),
        _Kinds(genre, year, [piece.text for piece in pieces if piece.opens]),
        [_Open("other" if genre == "other" else "intro", None, 1, ())],
    )
    for at, piece in enumerate(pieces):
        line = Line(piece.text, offset, piece.place) if piece.text else None
        offset += len(piece.text) + 1 if piece.text else 0
        if piece.opens is not None:
            outline.open(next(following), line, _name(pieces, at))
        elif line is not None:
            outline.done[-1].lines.append(line)
    done = outline.done
    kept = done if done[0].lines or len(done) == 1 else done[1:]
    return tuple(section.closed() for section in kept)


def _name(pieces: Sequence[Piece], at: int) -> str:
    """What names a section: its heading, else how its text begins."""
    if pieces[at].text or at + 1 == len(pieces):
        return pieces[at].text
    return re.split("[，。；：,;:]", pieces[at + 1].text[:_NAME])[0]
