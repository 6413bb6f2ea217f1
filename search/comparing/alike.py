"""Lines that are nearly equal, each with one: candidates first, then how alike they are.

Not every line is tried with every other: with those that share rare grams of tokens with it, and with
those that stand where it would, by the lines that are paired already.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from search.comparing.runs import MAX_CELLS, Run, common_runs

GRAM = 3
"""Tokens of a gram; of a shorter line, all of it."""
RARE = 8
"""A gram that stands in more lines of one report says nothing."""
BY_GRAMS, BY_PLACE = 4, 3
"""Most candidates of a line, of each kind."""
LEAST = 0.5
"""Least likeness of what is called the same line, changed: twice what is common, of the tokens of both."""


class Likeness(NamedTuple):
    """Two lines that are alike: their indices, and the runs of tokens that are the same."""

    a: int
    b: int
    runs: list[Run]


def alike_lines(a: Sequence[str], b: Sequence[str], pairs: Mapping[int, int]) -> list[Likeness]:
    """Pairs of lines in tokens, the most alike first; `pairs` are those that are paired already."""
    taken = set(pairs.values())
    free_a = [at for at, line in enumerate(a) if at not in pairs and line]
    free_b = [at for at, line in enumerate(b) if at not in taken and line]
    candidates = {*_by_grams(a, b, free_a, free_b), *_by_place(free_a, free_b, pairs)}
    found: list[Likeness] = []
    used_a: set[int] = set()
    used_b: set[int] = set()
    for at, to in _most_alike_first(a, b, candidates):
        if at in used_a or to in used_b:
            continue
        runs = common_runs(a[at], b[to])
        if _likeness(runs, a[at], b[to]) >= LEAST:
            found.append(Likeness(at, to, runs))
            used_a.add(at)
            used_b.add(to)
    return found


def _by_grams(
    a: Sequence[str], b: Sequence[str], free_a: Sequence[int], free_b: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """For each line of `b`, those of `a` with which it shares the most and rarest grams."""
    there, here = _gram_lines(a, free_a), _gram_lines(b, free_b)
    scores: dict[int, Counter[int]] = defaultdict(Counter)
    for gram, lines in here.items():
        shared = there.get(gram, ())
        if len(lines) <= RARE and 0 < len(shared) <= RARE:
            for to in lines:
                for at in shared:
                    scores[to][at] += 1 / len(shared)  # type: ignore[assignment]
    for to, score in scores.items():
        for at, _ in score.most_common(BY_GRAMS):
            yield at, to


def _gram_lines(lines: Sequence[str], free: Sequence[int]) -> dict[str, list[int]]:
    """The lines, ascending, that hold each gram; of those in too many lines, RARE + 1."""
    found: dict[str, list[int]] = defaultdict(list)
    for at in free:
        line = lines[at]
        for gram in {line[i : i + GRAM] for i in range(max(len(line) - GRAM, 0) + 1)}:
            places = found[gram]
            if len(places) <= RARE:
                places.append(at)
    return found


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
    a: Sequence[str], b: Sequence[str], candidates: set[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Without those that are not alike at all; of ties, those in order."""
    scored = [
        (-score, abs(at - to), at, to)
        for at, to in candidates
        if (score := _quick_likeness(a[at], b[to])) >= LEAST
    ]
    return [(at, to) for *_, at, to in sorted(scored)]


def _quick_likeness(a: str, b: str) -> float:
    """At least `_likeness`: chance is not taken away."""
    if len(a) * len(b) > MAX_CELLS:
        return _likeness(common_runs(a, b), a, b)
    return Indel.normalized_similarity(a, b, score_cutoff=LEAST)


def _likeness(runs: Sequence[Run], a: str, b: str) -> float:
    return 2 * sum(run.size for run in runs) / (len(a) + len(b))
