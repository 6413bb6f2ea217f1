"""A comparison as its page shows it: sections with rows, long unchanged runs folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.model import Report, Section
from search.budget import checkpoint
from search.comparing.model import Aligned, Comparison, Pair, Side
from search.links import checksum
from web.urls import passage_url

LEAST_FOLDED = 3
"""Fewest rows in a run of copied ones that is folded."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text that is marked as different, or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A line on one side; `link` is its passage link. `stood` is the title of its section where that is
    not the one it is shown in, else None."""

    runs: tuple[Run, ...]
    link: str
    heading: bool
    stood: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A pair; where a side has no line, its cell is None."""

    state: str
    elsewhere: bool
    a: Cell | None
    b: Cell | None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are shown one after the other, or folded; `characters` are those of the right side."""

    folded: bool
    rows: tuple[Row, ...]
    characters: int


@dataclass(frozen=True, slots=True)
class Part:
    """Two sections side by side, or one alone. `named`: its title does not stand in its first row."""

    title: str
    kind: str
    named: bool
    groups: tuple[Group, ...]


def parts(a: Report, b: Report, comparison: Comparison, state: str) -> tuple[Part, ...]:
    """The sections that have rows of a state, all of them for ""."""
    sides = _Sides(a, b)
    found = []
    for section in comparison.sections:
        pairs = [pair for pair in section.pairs if state in ("", pair.state)]
        if pairs:
            found.append(sides.part(section, pairs, fold=not state))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Sides:
    a: Report
    b: Report

    def part(self, section: Aligned, pairs: Sequence[Pair], fold: bool) -> Part:
        groups = tuple(self._groups(section, pairs, fold))
        shown = section.b or section.a
        first = groups[0].rows[0].b or groups[0].rows[0].a
        return Part(
            title=shown.title if shown else "",
            kind=shown.kind if shown else "",
            named=not section.title and (groups[0].folded or not (first and first.heading)),
            groups=groups,
        )

    def _groups(self, section: Aligned, pairs: Sequence[Pair], fold: bool) -> Iterator[Group]:
        for copied, run in groupby(pairs, lambda pair: pair.state == "copied"):
            together = list(run)
            yield Group(
                folded=fold and copied and len(together) >= LEAST_FOLDED,
                rows=tuple(self._row(pair, section) for pair in together),
                characters=sum(len(pair.b.line.text) for pair in together if pair.b),
            )

    def _row(self, pair: Pair, shown_in: Aligned) -> Row:
        checkpoint()
        return Row(
            pair.state,
            pair.elsewhere,
            _cell(self.a, pair.a, shown_in.a is not _section(self.a, pair.a)) if pair.a else None,
            _cell(self.b, pair.b, False) if pair.b else None,
        )


def _cell(report: Report, side: Side, elsewhere: bool) -> Cell:
    line = side.line
    section = _section(report, side)
    return Cell(
        runs=tuple(_runs(side)),
        link=f"{passage_url(report.id, line.start, line.end, checksum(line.text))}#passage",
        heading=section is not None and section.heading is line,
        stood=(section.title if section else "") if elsewhere else None,
    )


def _section(report: Report, side: Side) -> Section | None:
    return None if side.section is None else report.sections[side.section]


def _runs(side: Side) -> Iterator[Run]:
    done, line = side.line.start, side.line
    for start, end in (*side.spans, (line.end, line.end)):
        for first, last, marked in ((done, start, False), (start, end, True)):
            if first < last:
                yield Run(line.text[first - line.start : last - line.start], marked)
        done = end
