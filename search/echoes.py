"""Sentences that stand in several reports: what an engine tells of them.

What a sentence, a twin and a state are, and which report is earlier, is defined in indexer/echoes/measure.py.
Offsets are code points of a report's canonical text, end exclusive; lengths are code points of the fold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from indexer.echoes.measure import COPIES, STATES, State
from indexer.model import Genre, Region

When = Literal["earlier", "tied", "later"]
"""Of a twin, or its report: whether it is earlier than the sentence that was asked about."""


class EchoReport(NamedTuple):
    """A report as far as it tells who says a sentence."""

    id: str
    source: str
    title: str
    genre: Genre
    year: int | None
    published: str | None
    region: tuple[Region, ...]


class Twin(NamedTuple):
    """A sentence of another report, as printed there. `changes`: code points that have to be changed to get
    the one from the other; `same_figures`: the numbers are equal."""

    report: EchoReport
    text: str
    start: int
    end: int
    when: When
    changes: int
    same_figures: bool


class Echo(NamedTuple):
    """A sentence of a report as printed.

    `reports` is how many others have a twin of it (of what is common, at least); `earliest` the earliest of these twins, which may be
    later than the sentence itself, and `ties` how many more of them are as early, as far as is known.
    `copied` is the earliest twin of those that decide the state, where that is a copy or has other figures.
    `twins` are all of them, one a report, the earliest first, where a passage was asked about.
    """

    text: str
    start: int
    end: int
    characters: int
    state: State
    reports: int
    earliest: Twin | None
    ties: int
    copied: Twin | None
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class Shares:
    """How many code points of a report's sentences are in each of STATES, in their order."""

    by_state: tuple[int, ...] = (0,) * len(STATES)

    @property
    def characters(self) -> int:
        """Code points of all its sentences."""
        return sum(self.by_state)

    def of(self, state: State) -> int:
        """Code points of those in a state."""
        return self.by_state[STATES.index(state)]

    @property
    def copied(self) -> int:
        """Code points of those that are copied."""
        return sum(map(self.of, COPIES))

    def share(self, characters: int) -> float:
        """From 0 to 1; of a report without sentences 0."""
        return characters / self.characters if self.characters else 0.0


@dataclass(frozen=True, slots=True)
class Echoes:
    """The sentences of one report, in reading order: all, or those in a passage. `shares` are of all.

    `known`: what it echoes was looked for in this generation of the index; nothing is told where not.
    """

    known: bool
    shares: Shares = Shares()
    sentences: tuple[Echo, ...] = ()


class Copied(NamedTuple):
    """How much of a report is copied. `chief` is the report that most of that is from, as far as the earliest twins
    tell, `from_chief` how much."""

    report: EchoReport
    shares: Shares
    chief: EchoReport | None
    from_chief: int

    @property
    def share(self) -> float:
        return self.shares.share(self.shares.copied)

    @property
    def one_report(self) -> bool:
        """Whether so much is from one other report that both may be the same, filed under two years."""
        return self.from_chief >= ONE_REPORT * self.shares.characters > 0


ONE_REPORT = 0.8
"""Of what is copied from one other report by so much it is said that both may be one."""
LEAST_TEXT = 1_000
"""Fewest code points in sentences of a report that stands in a list of the laziest: of a few, chance decides."""


@dataclass(frozen=True, slots=True)
class Laziest:
    """A page of the reports that a search finds, the greatest share copied first; what ties, the newest first, as reports
    of one relevance do.

    `total` of them have LEAST_TEXT; `short` are left out. `known` as in Echoes.
    """

    known: bool
    total: int = 0
    short: int = 0
    reports: tuple[Copied, ...] = ()
