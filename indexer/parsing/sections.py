"""Pieces become sections: nested by their numbers, each with a kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.model import Genre, Line, Section
from indexer.parsing.enumerators import Rank
from indexer.parsing.headings import Opening, Piece
from indexer.parsing.kinds import kind_of


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


@dataclass(frozen=True, slots=True)
class _Levels:
    """Which level each kind of opening has in one report: 一、 is 1 where no 第一章 stands above."""

    outer: tuple[Rank, ...]
    markup: tuple[int, ...]
    parts_above: bool

    def of(self, opening: Opening, below: int) -> int:
        """The level of an opening; `below` is that of the numbered section it stands in."""
        if opening.number is not None:
            return self._of_rank(opening.number.rank)
        if opening.markup:
            return 1 + self.markup.index(opening.markup)
        return 1 if opening.part else below + 1

    def _of_rank(self, rank: Rank) -> int:
        above = 1 if self.parts_above else 0
        if rank < Rank.HAN:
            return above + 1 + self.outer.index(rank)
        return above + len(self.outer) + 1 + (rank - Rank.HAN)


def sections(
    pieces: Sequence[Piece], offset: int, genre: Genre, year: int | None
) -> tuple[Section, ...]:
    """The sections of a body whose first line begins at `offset` of the canonical text.

    There is always at least one.
    """
    first_kind = "other" if genre == "other" else "intro"
    done: list[_Open] = [_Open(first_kind, None, 1, ())]
    levels = _levels([p.opens for p in pieces if p.opens])
    kinds = _Kinds(genre, year, [p.text for p in pieces if p.opens])
    stack: list[_Open] = []
    below = 0
    for piece in pieces:
        line = Line(piece.text, offset) if piece.text else None
        offset += len(piece.text) + 1 if piece.text else 0
        if piece.opens is None:
            assert line is not None, "a piece without an opening has text"
            done[-1].lines.append(line)
            continue
        level = levels.of(piece.opens, below)
        if piece.opens.number is not None or piece.opens.part:
            below = level
        stack = [s for s in stack if s.level < level]
        kind = kinds.of(piece.text, stack[-1].kind if stack else None)
        number = piece.opens.number
        path = (*(stack[-1].path if stack else ()), *((number.label,) if number else ()))
        stack.append(_Open(kind, line, level, path))
        done.append(stack[-1])
    kept = done if done[0].lines or len(done) == 1 else done[1:]
    return tuple(section.closed() for section in kept)


def _levels(openings: Sequence[Opening]) -> _Levels:
    outer = {o.number.rank for o in openings if o.number and o.number.rank < Rank.HAN}
    markup = {o.markup for o in openings if o.markup}
    return _Levels(tuple(sorted(outer)), tuple(sorted(markup)), _parts_above(openings))


def _parts_above(openings: Sequence[Opening]) -> bool:
    """Whether the titles of parts stand above 一、: one comes first, and 一、 begins under it."""
    great = [o for o in openings if o.part or (o.number and o.number.rank <= Rank.HAN)]
    return bool(great) and great[0].part and any(o.number for o in great)


@dataclass(slots=True)
class _Kinds:
    """Kinds in the order of the report: a heading whose words say nothing goes with its place."""

    genre: Genre
    year: int | None
    headings: list[str]
    before: str | None = None

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
        ahead = (kind_of(h, self.genre, self.year) for h in self.headings)
        return "review" if "plan" in ahead else "other"


def section_lines(found: Sequence[Section]) -> Iterator[Line]:
    """Every line of the sections, in reading order."""
    for section in found:
        yield from section.all_lines()
