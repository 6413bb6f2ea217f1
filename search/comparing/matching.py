"""Which line of one report is which of the other, and which of them have moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from indexer.model import Report
from search.comparing.alike import alike_lines
from search.comparing.equal import equal_lines
from search.comparing.placed import Placed, placed
from search.comparing.runs import Run
from search.comparing.sections import Match, add_by_kind, aligned_sections, in_place
from search.comparing.tokens import Alphabet


class Matched(NamedTuple):
    """Two lines by their indices; `runs` of tokens they have in common, None where they are equal."""

    a: int
    b: int
    elsewhere: bool
    runs: list[Run] | None

    def mirrored(self) -> Matched:
        """The other way round."""
        runs = None if self.runs is None else [Run(b, a, size) for a, b, size in self.runs]
        return Matched(self.b, self.a, self.elsewhere, runs)


class Matching(NamedTuple):
    """The lines of both, which of them are paired, and which sections correspond (`Placed.section`)."""

    a: Sequence[Placed]
    b: Sequence[Placed]
    lines: Sequence[Matched]
    sections: Mapping[int, int]

    def mirrored(self) -> Matching:
        """The other way round."""
        sections = {right: left for left, right in self.sections.items()}
        lines = [matched.mirrored() for matched in self.lines]
        return Matching(self.b, self.a, lines, sections)


def matching(one: Report, other: Report) -> Matching:
    """First what is equal is paired, then what is alike; a pair that is not in place has moved."""
    a, b = placed(one), placed(other)
    equal = equal_lines([line.folded for line in a], [line.folded for line in b])
    alphabet = Alphabet()
    alike = alike_lines(
        [alphabet.spelled(line.folded) for line in a],
        [alphabet.spelled(line.folded) for line in b],
        equal,
    )
    runs: dict[Match, list[Run] | None] = {Match(at, to): None for at, to in equal.items()}
    runs.update({Match(found.a, found.b): found.runs for found in alike})
    sections = aligned_sections(a, b, runs)
    add_by_kind(one.sections, other.sections, sections)
    there = in_place(a, b, runs, sections)
    lines = [Matched(*match, match not in there, common) for match, common in runs.items()]
    return Matching(a, b, lines, sections)
