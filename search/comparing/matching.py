"""Which line of one report is which of the other, and which of them have moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from indexer.model import Report
from search.comparing.alike import alike_lines
from search.comparing.equal import equal_lines
from search.comparing.figures import figures_in_place, is_figures
from search.comparing.placed import Placed, placed
from search.comparing.runs import Run, common_runs
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
    runs = _pairs([line.folded for line in a], [line.folded for line in b])
    sections = aligned_sections(a, b, runs)
    add_by_kind(one.sections, other.sections, sections)
    there = in_place(a, b, runs, sections)
    lines = [Matched(*match, match not in there, common) for match, common in runs.items()]
    return Matching(a, b, lines, sections)


def _pairs(a: Sequence[str], b: Sequence[str]) -> dict[Match, list[Run] | None]:
    """The folded lines that are equal or alike, with their common runs; None of equal ones."""
    pairs = equal_lines(a, b)
    pairs.update(figures_in_place(a, b, pairs))
    alphabet = Alphabet()
    spelled_a, spelled_b = ([alphabet.spelled(line) for line in lines] for lines in (a, b))
    found: dict[Match, list[Run] | None] = {
        Match(at, to): None if a[at] == b[to] else common_runs(spelled_a[at], spelled_b[to])
        for at, to in pairs.items()
    }
    words_a, words_b = (
        [
            "" if is_figures(line) else spelled
            for line, spelled in zip(lines, all_spelled, strict=True)
        ]
        for lines, all_spelled in ((a, spelled_a), (b, spelled_b))
    )
    alike = alike_lines(words_a, words_b, pairs)
    found.update({Match(each.a, each.b): each.runs for each in alike})
    return found
