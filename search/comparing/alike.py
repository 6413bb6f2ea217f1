"""Lines that are nearly equal, each with one: candidates first, then how alike they are.

Not every line is tried with every other: with those that share rare grams of tokens with it, and with
those that stand where it would, by the lines that are paired already.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from heapq import nlargest
from typing import NamedTuple

from rapidfuzz.distance import Indel

from search.budget import checkpoint
from search.comparing.runs import MAX_CELLS, Run, common_runs

GRAM = 3
"""Tokens of a gram; of a shorter line, all of it."""
RARE = 8
"""A gram that stands in more lines of one report says nothing."""
BY_GRAMS, BY_PLACE = 4, 3
"""Most candidates of a line, of each kind."""
FEW = 50
"""So many pairs of lines are all tried."""
LEAST = 0.5
"""Least likeness of what is called the same line, changed: twice what is common, of the tokens of both."""

_RunsOf = Callable[[str, str], list[Run]]


class Likeness(NamedTuple):
    """Two lines that are alike: their indices, and the runs of tokens that are the same."""

    a: int
    b: int
    runs: list[Run]


def alike_lines(a: Sequence[str], b: Sequence[str], pairs: Mapping[int, int]) -> list[Likeness]:
    """Pairs of lines in tokens, the most alike first; `pairs` are those that are paired already, and
    what is empty is left alone."""
    taken = set(pairs.values())
    free_a = [at for at, line in enumerate(a) if at not in pairs and line]
    free_b = [at for at, line in enumerate(b) if at not in taken and line]
    if len(free_a) * len(free_b) <= FEW:
        candidates = {(at, to) for at in free_a for to in free_b}
    else:
        candidates = {*_by_grams(a, b, free_a, free_b), *_by_place(free_a, free_b, pairs)}
    return _chosen(a, b, candidates)


def _chosen(a: Sequence[str], b: Sequence[str], candidates: set[tuple[int, int]]) -> list[Likeness]:
    """Of the candidates the most alike, each line once."""
    runs_of = cache(common_runs)  # tables have the same two rows again and again
    found: list[Likeness] = []
    used_a: set[int] = set()
    used_b: set[int] = set()
    for at, to in _most_alike_first(a, b, candidates, runs_of):
        if at in used_a or to in used_b:
            continue
        checkpoint()
        runs = runs_of(a[at], b[to])
        if _likeness(runs, a[at], b[to]) >= LEAST:
            found.append(Likeness(at, to, runs))
            used_a.add(at)
            used_b.add(to)
    return found


def _by_grams(
    a: Sequence[str], b: Sequence[str], free_a: Sequence[int], free_b: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """For each line of `b`, those of `a` with which it shares the most and rarest grams."""
    grams_a, grams_b = [_grams(a[at]) for at in free_a], [_grams(b[at]) for at in free_b]
    common = set().union(*grams_a) & set().union(*grams_b)
    there = _rare(zip(free_a, grams_a, strict=True), common)
    here = _rare(zip(free_b, grams_b, strict=True), there.keys())
    scores: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for gram, lines in here.items():
        for to in lines:
            for at in there[gram]:
                scores[to][at] += 1 / len(there[gram])
    for to, score in scores.items():
        checkpoint()
        for at in nlargest(BY_GRAMS, score, key=score.__getitem__):
            yield at, to


def _grams(line: str) -> set[str]:
    return {line[at : at + GRAM] for at in range(max(len(line) - GRAM, 0) + 1)}


def _rare(lines: Iterable[tuple[int, set[str]]], among: Set[str]) -> dict[str, list[int]]:
    """The lines, ascending, that hold each gram, of those grams that are rare."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, grams in lines:
        for gram in grams & among:
            found[gram].append(at)
    return {gram: places for gram, places in found.items() if len(places) <= RARE}


def _by_place(
    free_a: Sequence[int], free_b: Sequence[int], pairs: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """For each line of `b`, those of `a` that stand as far after the last pair as it does."""
    back = sorted((to, at) for at, to in pairs.items())
    for to in free_b:
        last = bisect_left(back, (to, 0)) - 1
        before = back[last] if last >= 0 else (-1, -1)
        expected = before[1] + to - before[0]
        middle = bisect_left(free_a, expected)
        first = max(0, min(middle - BY_PLACE // 2, len(free_a) - BY_PLACE))
        for at in free_a[first : first + BY_PLACE]:
            yield at, to


def _most_alike_first(
    a: Sequence[str], b: Sequence[str], candidates: set[tuple[int, int]], runs_of: _RunsOf
) -> list[tuple[int, int]]:
    """Without those that are not alike at all; of ties, those in order."""
    scored = [
        (-score, abs(at - to), at, to)
        for at, to in candidates
        if (score := _quick_likeness(a[at], b[to], runs_of)) >= LEAST
    ]
    return [(at, to) for *_, at, to in sorted(scored)]


def _quick_likeness(a: str, b: str, runs_of: _RunsOf) -> float:
    """At least `_likeness`: chance is not taken away."""
    checkpoint()
    if len(a) * len(b) > MAX_CELLS:
        return _likeness(runs_of(a, b), a, b)
    return Indel.normalized_similarity(a, b, score_cutoff=LEAST)


def _likeness(runs: Sequence[Run], a: str, b: str) -> float:
    return 2 * sum(run.size for run in runs) / (len(a) + len(b))
