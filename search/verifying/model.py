"""What a file claims of a passage, and what became of it.

Offsets are code points of a report's canonical text, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from indexer.messages import Message

Outcome = Literal["exact", "moved", "changed", "gone"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
FOUND: tuple[Outcome, ...] = ("exact", "moved")
"""Those of a passage that still stands somewhere."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A passage link as a file has it, and what the file says beside it: "" or None where it says nothing.

    `quote` is what the passage said, as it was or as it was copied: in one line, or shortened by "……" at
    its end; or a longer quote around what the link is of. `beside` are further quotes of the same sentence,
    the nearest to the link first. `sources` are paths that its report may have had.
    """

    report: str
    start: int
    end: int
    check: str
    quote: str = ""
    title: str = ""
    region: str = ""
    year: int | None = None
    sources: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class Held(NamedTuple):
    """A report that is named in a verdict."""

    id: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a claim.

    `exact`: it stands where the link says; `moved`: elsewhere, in `report` at `start` to `end`; `changed`:
    the report is here and does not say it (`start` and `end`: where it stood); `gone`: its report is not
    here. `why` says more, where there is more to say. `places`: how many places of the report say the
    same. `doubtful`: the words are there, but it may be another place that the link was of. `compared`: of
    several quotes the one that this is about, "" where there was one; `beside`: those that were not compared. `misquoted`: the link leads to the
    passage at `start` to `end`, and the quote is none of it.
    """

    outcome: Outcome
    report: Held | None = None
    start: int = 0
    end: int = 0
    places: int = 1
    doubtful: bool = False
    why: tuple[Message, ...] = ()
    compared: str = ""
    beside: tuple[str, ...] = ()
    misquoted: bool = False
