"""Which section of one report corresponds to which of the other: by the lines that they share, else by kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from indexer.model import KINDS, Section
from search.comparing.increasing import longest_increasing
from search.comparing.placed import TITLE, Placed

HEADINGS = 300
"""What two headings that are paired weigh, in code points of shared text."""
ENOUGH = 20
"""So much of shared text, or all that there is of one, makes sections correspond."""


class Match(NamedTuple):
    """A line of each report, by their indices."""

    a: int
    b: int


def aligned_sections(
    a: Sequence[Placed], b: Sequence[Placed], matches: Iterable[Match]
) -> dict[int, int]:
    """Sections of `b` by those of `a`; those that share the most text come first."""
    shared: Counter[tuple[int, int]] = Counter()
    for at, to in matches:
        left, right = a[at], b[to]
        weight = HEADINGS if left.heading and right.heading else 1
        shared[left.section, right.section] += weight + min(len(left.folded), len(right.folded))
    sizes_a, sizes_b = _sizes(a), _sizes(b)
    found = {TITLE: TITLE}
    taken = {TITLE}
    for (left_section, right_section), weight in sorted(
        shared.items(), key=lambda item: (-item[1], item[0])
    ):
        enough = min(ENOUGH, sizes_a[left_section], sizes_b[right_section])
        if left_section not in found and right_section not in taken and weight >= enough:
            found[left_section] = right_section
            taken.add(right_section)
    return found


def _sizes(lines: Iterable[Placed]) -> Counter[int]:
    """Code points of each section's fold."""
    sizes: Counter[int] = Counter()
    for line in lines:
        sizes[line.section] += len(line.folded)
    return sizes


def add_by_kind(a: Sequence[Section], b: Sequence[Section], found: dict[int, int]) -> None:
    """Chapters of one kind that share nothing correspond, too: the first with the first."""
    taken = set(found.values())
    for kind in KINDS:
        left, right = _chapters(a, kind, found), _chapters(b, kind, taken)
        if kind != "other":
            found.update(zip(left, right, strict=False))


def _chapters(sections: Sequence[Section], kind: str, but: Container[int]) -> list[int]:
    return [
        at
        for at, section in enumerate(sections)
        if section.kind == kind and section.level == 1 and at not in but
    ]


def in_place(
    a: Sequence[Placed],
    b: Sequence[Placed],
    matches: Iterable[Match],
    sections: dict[int, int],
) -> set[Match]:
    """The matches within sections that correspond, as many as are in order in both."""
    within: dict[int, list[Match]] = defaultdict(list)
    for match in sorted(matches):
        section = a[match.a].section
        if sections.get(section) == b[match.b].section:
            within[section].append(match)
    return {
        ordered[at]
        for ordered in within.values()
        for at in longest_increasing([match.b for match in ordered])
    }
