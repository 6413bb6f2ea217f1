"""The common runs of two sequences of tokens: what a reader would call the same in both.

rapidfuzz finds the longest common subsequence (Hyyrö 2004: 64 cells of its table a step). A run that is
no longer than what differs on either side of it is chance, and is taken for a difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from search.budget import checkpoint
from search.comparing.increasing import longest_increasing
from search.comparing.model import Span

MAX_CELLS = 9_000_000
"""Largest table, of tokens by tokens: 10 ms. Longer lines are cut at what stands once in each."""
ANCHOR = 8
"""Tokens of what they are cut at."""


class Run(NamedTuple):
    """`size` tokens from `a` on one side and from `b` on the other."""

    a: int
    b: int
    size: int


def common_runs(a: str, b: str) -> list[Run]:
    """The runs, in order on both sides, apart from each other."""
    return _without_chance(_joined([*_matching(a, b)]), len(a), len(b))


def differences(runs: list[Run], length_a: int, length_b: int) -> tuple[list[Span], list[Span]]:
    """What stands between the runs, as ranges of tokens of either side."""
    ends = [Run(0, 0, 0), *runs, Run(length_a, length_b, 0)]
    left, right = [], []
    for before, after in pairwise(ends):
        if before.a + before.size < after.a:
            left.append((before.a + before.size, after.a))
        if before.b + before.size < after.b:
            right.append((before.b + before.size, after.b))
    return left, right


def _matching(a: str, b: str) -> Iterator[Run]:
    """Runs in order; where the table would be too large, only those around anchors."""
    if len(a) * len(b) <= MAX_CELLS:
        yield from _table(a, b, 0, 0)
        return
    at_a = at_b = 0
    for anchor in [*_anchors(a, b), Run(len(a), len(b), 0)]:
        if anchor.a < at_a or anchor.b < at_b:  # the run before it has reached over it
            continue
        checkpoint()
        run = _widened(a, b, anchor, at_a, at_b)
        if (run.a - at_a) * (run.b - at_b) <= MAX_CELLS:
            yield from _table(a[at_a : run.a], b[at_b : run.b], at_a, at_b)
        yield run
        at_a, at_b = run.a + run.size, run.b + run.size


def _table(a: str, b: str, at_a: int, at_b: int) -> Iterator[Run]:
    for block in Indel.editops(a, b).as_matching_blocks():
        if block.size:
            yield Run(at_a + block.a, at_b + block.b, block.size)


def _anchors(a: str, b: str) -> list[Run]:
    """What stands once in each, as far as it is in order."""
    once, there = _once(a), _once(b)
    both = sorted((at, there[gram]) for gram, at in once.items() if there.get(gram, -1) >= 0 <= at)
    kept = longest_increasing([to for _, to in both])
    return [Run(*both[at], ANCHOR) for at in kept]


def _once(text: str) -> dict[str, int]:
    """Where each gram stands; -1 where it does several times."""
    places: dict[str, int] = {}
    for at in range(len(text) - ANCHOR + 1):
        gram = text[at : at + ANCHOR]
        places[gram] = -1 if gram in places else at
    return places


def _widened(a: str, b: str, run: Run, least_a: int, least_b: int) -> Run:
    """As far as it goes on both sides; to the left not beyond what is given."""
    at_a, at_b, size = run
    while at_a > least_a and at_b > least_b and a[at_a - 1] == b[at_b - 1]:
        at_a, at_b, size = at_a - 1, at_b - 1, size + 1
    while at_a + size < len(a) and at_b + size < len(b) and a[at_a + size] == b[at_b + size]:
        size += 1
    return Run(at_a, at_b, size)


def _joined(runs: list[Run]) -> list[Run]:
    """Runs that follow each other on both sides are one."""
    joined: list[Run] = []
    for run in runs:
        if joined and _touch(joined[-1], run):
            joined[-1] = joined[-1]._replace(size=joined[-1].size + run.size)
        elif run.size:
            joined.append(run)
    return joined


def _touch(before: Run, after: Run) -> bool:
    return before.a + before.size == after.a and before.b + before.size == after.b


def _without_chance(runs: list[Run], length_a: int, length_b: int) -> list[Run]:
    """Without the runs that are no longer than the difference before and the one after them.

    (As diff-match-patch's "semantic cleanup" has it.) Where one goes, those before it are tried again.
    """
    kept: list[Run] = []
    todo = [Run(length_a, length_b, 0), *reversed(runs)]
    while len(todo) > 1:
        run, after = todo.pop(), todo[-1]
        before = kept[-1] if kept else Run(0, 0, 0)
        if run.size > min(_between(before, run), _between(run, after)):
            kept.append(run)
        elif kept:
            todo.append(kept.pop())
    return kept


def _between(before: Run, after: Run) -> int:
    """Tokens of the longer side of a difference."""
    return max(after.a - before.a - before.size, after.b - before.b - before.size)
