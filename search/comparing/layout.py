"""In which order sections and lines of two reports are shown: that of the right one, and what only the left
one has after what it follows there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.model import Report
from search.comparing.model import Aligned, Pair
from search.comparing.placed import TITLE, Placed


@dataclass(frozen=True, slots=True)
class Paired:
    """Every line of two reports; `by_a` and `by_b` are the pairs by the index of their line."""

    a: Sequence[Placed]
    b: Sequence[Placed]
    by_a: Mapping[int, Pair]
    by_b: Mapping[int, Pair]


def laid_out(
    reports: tuple[Report, Report], paired: Paired, sections: Mapping[int, int]
) -> tuple[Aligned, ...]:
    """The sections with their pairs, those without any left out."""
    lines_a, lines_b = _by_section(paired.a), _by_section(paired.b)
    found = []
    for left, right in _section_order(reports, sections):
        pairs = tuple(_pairs(paired, lines_a.get(left, ()), lines_b.get(right, ())))
        if pairs:
            found.append(
                Aligned(
                    title=TITLE in (left, right),
                    a=reports[0].sections[left] if left is not None and left >= 0 else None,
                    b=reports[1].sections[right] if right is not None and right >= 0 else None,
                    pairs=pairs,
                )
            )
    return tuple(found)


def _by_section(lines: Sequence[Placed]) -> dict[int | None, list[int]]:
    found: dict[int | None, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        found[line.section].append(at)
    return found


def _section_order(
    reports: tuple[Report, Report], sections: Mapping[int, int]
) -> Iterator[tuple[int | None, int | None]]:
    """Sections of both, one of them None where the other has no counterpart."""
    back = {right: left for left, right in sections.items()}
    alone: dict[int, list[int]] = defaultdict(list)
    last = TITLE
    for left in range(len(reports[0].sections)):
        if left in sections:
            last = left
        else:
            alone[last].append(left)
    for right in range(TITLE, len(reports[1].sections)):
        yield back.get(right), right
        for left in alone[back[right]] if right in back else ():
            yield left, None


def _pairs(paired: Paired, lines_a: Sequence[int], lines_b: Sequence[int]) -> Iterator[Pair]:
    """The pairs of a section's lines; what is dropped comes right after what it follows."""
    dropped: dict[int, list[Pair]] = defaultdict(list)
    last = -1
    for pair in map(paired.by_a.__getitem__, lines_a):
        if pair.b is None:
            dropped[last].append(pair)
        elif pair.a is not None and not pair.elsewhere:
            last = pair.a.line.start
    yield from dropped[-1]
    for pair in map(paired.by_b.__getitem__, lines_b):
        yield pair
        yield from dropped.get(pair.a.line.start, ()) if pair.a is not None else ()
