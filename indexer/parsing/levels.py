"""How deep a heading stands: 1 for 一、 2 for （一） 3 for 1., one more below the titles of parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.parsing.enumerators import Rank
from indexer.parsing.headings import Opening


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels of one report's headings; `markup` has those of headings without a number.

    `outer` are the ranks above 一、 that occur; `skipped` is 1 where parts stand above （一） with
    no 一、 between.
    """

    outer: tuple[Rank, ...]
    parts_above: bool
    skipped: int
    markup: Mapping[int, int]

    def of(self, opening: Opening, below: int) -> int:
        """The level of an opening; `below` is that of the numbered section it stands in."""
        if opening.number is not None:
            return self.of_rank(opening.number.rank)
        if opening.markup:
            return self.markup[opening.markup]
        return 1 if opening.part or opening.top else below + 1

    def of_rank(self, rank: Rank) -> int:
        above = 1 if self.parts_above else 0
        if rank < Rank.HAN:
            return above + 1 + self.outer.index(rank)
        return max(above + len(self.outer) - self.skipped, 0) + 1 + (rank - Rank.HAN)


def settled(openings: Sequence[Opening]) -> list[Opening]:
    """The openings, where a part's title between 二、 and 三、 is none: it stands inside 二、."""
    numbers = [o.number.value if o.number and o.number.rank == Rank.HAN else 0 for o in openings]
    found: list[Opening] = []
    following = _following(numbers)
    before = 0
    for opening, number, after in zip(openings, numbers, following, strict=True):
        inside = opening.part and before > 0 and after == before + 1
        before = number or before
        found.append(opening._replace(part=False) if inside else opening)
    return found


def _following(numbers: Sequence[int]) -> list[int]:
    """For each place the first number there or after it that is not 0; 0 where there is none."""
    found: list[int] = []
    for number in reversed(numbers):
        found.append(number or (found[-1] if found else 0))
    return found[::-1]


def levels_of(openings: Sequence[Opening]) -> Levels:
    """The levels that suit all headings of a report, given in its order."""
    ranks = {o.number.rank for o in openings if o.number}
    inner = {rank for rank in ranks if rank >= Rank.HAN}
    numbers = Levels(
        tuple(sorted(ranks - inner)),
        _parts_above(openings),
        skipped=int(bool(inner) and Rank.HAN not in inner),
        markup={},
    )
    return Levels(numbers.outer, numbers.parts_above, numbers.skipped, _markup(openings, numbers))


def _parts_above(openings: Sequence[Opening]) -> bool:
    """Whether the titles of parts stand above 一、: one comes first, and 一、 begins under it."""
    marked = [o.markup for o in openings if o.number and o.markup]
    outermost = min(marked, default=0)

    def is_part(opening: Opening) -> bool:
        return opening.part or (opening.number is None and 0 < opening.markup < outermost)

    great = [o for o in openings if is_part(o) or (o.number and o.number.rank <= Rank.HAN)]
    return bool(great) and is_part(great[0]) and any(o.number for o in great)


def _markup(openings: Sequence[Opening], numbers: Levels) -> Mapping[int, int]:
    """The level of each depth of mark-up: that of the numbers so marked, else one below them."""
    numbered: dict[int, int] = {}
    for opening in openings:
        if opening.number and opening.markup:
            level = numbers.of_rank(opening.number.rank)
            numbered[opening.markup] = min(level, numbered.get(opening.markup, level))
    levels: dict[int, int] = {}
    for depth in sorted({o.markup for o in openings if o.markup}):
        above = max((levels[d] for d in levels if d < depth), default=0)
        levels[depth] = numbered.get(depth, above + 1)
    return levels
