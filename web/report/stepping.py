"""From hit to hit: which one is current, and the addresses of those before and after it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from search.model import Hit
from web.urls import Pairs


@dataclass(frozen=True, slots=True)
class Ends:
    """Where steps lead from the first hit of a report back, and on from its last one: to hits of other
    reports; "" where the result ends."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Steps:
    """`current` counts from 1, 0 where none is. `previous` and `next` are "" where the result ends.

    Without `ends` the links lead round from the last hit to the first. `leaves` tells of both links
    whether they lead to another report.
    """

    current: int
    count: int
    previous: str
    next: str
    ends: Ends | None
    leaves: tuple[bool, bool]


def numbered(hits: Sequence[Hit]) -> list[tuple[int, Hit]]:
    """The hits that begin a mark, numbered from 1: one that another overlaps has none of its own."""
    found: list[tuple[int, Hit]] = []
    end = 0
    for number, hit in enumerate(hits, 1):
        if hit.start >= end:
            found.append((number, hit))
        end = max(end, hit.end)
    return found


def number_in(text: str) -> int:
    """The number of a hit in an address, 0 for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def steps(
    path: str, state: Pairs, marked: Sequence[int], count: int, at: int, ends: Ends | None
) -> Steps:
    """The way from hit `at` on the page at `path`, whose address has the parameters `state`.

    `marked` are the numbers of the marks, of which there is one at least where there are no `ends`;
    `count` is of all hits. From where no hit is current, the way on leads to the first.
    """
    place = bisect_left(marked, at)
    current = at if marked[place : place + 1] == [at] else 0
    before, after = (place - 1, place + 1) if current else (-1, 0)
    if ends is None:
        before, after = before % len(marked), after % len(marked)

    def href(to: int, beyond: str) -> str:
        if not 0 <= to < len(marked):
            return beyond
        step = marked[to]
        return f"{path}?{urlencode([*state, ('hit', str(step))], errors='replace')}#hit-{step}"

    return Steps(
        current,
        count,
        href(before, ends.before if ends else ""),
        href(after, ends.after if ends else ""),
        ends,
        (before < 0, after >= len(marked)),
    )
