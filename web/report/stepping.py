"""From hit to hit: which one is current, and the addresses of those before and after it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from search.model import Hit, SearchRequest
from web.shown import Shown
from web.urls import state_pairs


@dataclass(frozen=True, slots=True)
class Steps:
    """`current` counts from 1, 0 where none is; the links lead round from the last to the first."""

    current: int
    count: int
    previous: str
    next: str


def numbered(hits: Sequence[Hit]) -> list[tuple[int, Hit]]:
    """The hits that begin a mark, numbered from 1: one that another overlaps has none of its own."""
    found: list[tuple[int, Hit]] = []
    end = 0
    for number, hit in enumerate(hits, 1):
        if hit.start >= end:
            found.append((number, hit))
        end = max(end, hit.end)
    return found


def steps(
    path: str, asked: SearchRequest, shown: Shown, marked: list[int], count: int, at: str
) -> Steps:
    """The way from the hit that the address names (`at`, any text) on the page at `path`.

    `marked` are the numbers of the marks, one at least; `count` is of all hits.
    """
    number = int(at) if at.isascii() and at.isdigit() and len(at) < 10 else 0
    place = bisect_left(marked, number)
    current = number if marked[place : place + 1] == [number] else 0
    before = marked[place - 1] if current else marked[-1]
    after = marked[(place + 1) % len(marked)] if current else marked[0]

    def href(step: int) -> str:
        query = urlencode([*state_pairs(asked, shown), ("hit", str(step))], errors="replace")
        return f"{path}?{query}#hit-{step}"

    return Steps(current, count, href(before), href(after))
