"""Two reports beside each other: what a comparison gives.

All offsets are code points of a report's canonical text, end exclusive; of lengths each says its unit.
`a` is what stands on the left, the older report of two; `b` stands on the right.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from indexer.model import Line, Section

State = Literal["changed", "new", "dropped", "moved", "copied"]
STATES: tuple[State, ...] = get_args(State)
"""In the order in which they are shown: what tells more comes first."""
Span = tuple[int, int]


class Side(NamedTuple):
    """A line of one report; `spans` are what the line on the other side does not have, in order, apart.

    Of a line that stands alone they are what is not carried over (see `carried.py`): all of it, mostly.

    `section` counts the report's sections from 0; None for the title.
    """

    line: Line
    section: int | None
    spans: tuple[Span, ...]


class Pair(NamedTuple):
    """A line of `a`, of `b`, or one of each that are equal (by their fold) or alike.

    `copied`: equal, in sections that are aligned, in order; `moved`: equal, elsewhere. `changed`:
    alike; `elsewhere` tells of it, too, that it stands at another place. `new` has no `a`, `dropped`
    no `b`.
    """

    state: State
    elsewhere: bool
    a: Side | None
    b: Side | None


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two sections that say the same, or one without a counterpart, with the lines shown in it.

    A pair is shown where its line of `b` stands; `title` tells that these are the reports' titles.
    """

    title: bool
    a: Section | None
    b: Section | None
    pairs: tuple[Pair, ...]


class Carried(NamedTuple):
    """How much of a report stands in the other one, in code points of its fold: see `carried.py`."""

    characters: int
    carried: int

    @property
    def share(self) -> float:
        """From 0 to 1; of a report without any letter 0."""
        return self.carried / self.characters if self.characters else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every line of both reports, once. `a`: how much of the left report is kept in the right one;
    `b`: how much of the right one was there in the left one."""

    a: Carried
    b: Carried
    sections: tuple[Aligned, ...]

    def counts(self) -> dict[State, int]:
        """Pairs by state, zeros too."""
        found = Counter(pair.state for section in self.sections for pair in section.pairs)
        return {state: found[state] for state in STATES}
