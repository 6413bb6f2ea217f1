"""Which line of one report is which of the other, and which of them have moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from search.comparing.alike import alike_lines
from search.comparing.equal import equal_lines
from search.comparing.placed import Placed
from search.comparing.runs import Run
from search.comparing.sections import Match, aligned_sections, in_place
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
    """The lines that are paired, and the sections that correspond (see `placed.Placed.section`)."""

    lines: Sequence[Matched]
    sections: Mapping[int, int]

    def mirrored(self) -> Matching:
        """The other way round."""
        sections = {right: left for left, right in self.sections.items()}
        return Matching([matched.mirrored() for matched in self.lines], sections)


def matching(a: Sequence[Placed], b: Sequence[Placed]) -> Matching:
    """First what is equal is paired, then what is alike; a pair that is not in place has moved."""
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
    there = in_place(a, b, runs, sections)
    return Matching(
        [Matched(*match, match not in there, common) for match, common in runs.items()], sections
    )
