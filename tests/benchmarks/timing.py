"""Timing answers: every engine open at once, a class at a time, in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.figures import Recall, Serving, Times
from tests.benchmarks.memory import unmapped_bytes
from tests.benchmarks.peers import peer_named
from tests.benchmarks.peers.peer import Opened
from tests.benchmarks.queries import Query

Classes = Mapping[str, Sequence[Query]]


@dataclass(frozen=True, slots=True)
class Contestant:
    """An engine's index, answering with or without snippets."""

    peer: str
    folder: Path
    snippets: bool = True


def time_classes(
    contestants: Sequence[Contestant], classes: Classes, *, rounds: int, budget: float
) -> dict[tuple[int, str], Times]:
    """Times by contestant's number and class, of the queries that the engine can answer.

    `budget` are the seconds after which an engine gives up on a class, in each round.
    """
    measured: dict[tuple[int, str], list[list[float]]] = {}
    with ExitStack() as stack:
        opened = [
            stack.enter_context(closing(peer_named(c.peer).open(c.folder))) for c in contestants
        ]
        for turn in range(rounds):
            for kind, queries in classes.items():
                for at in _rotated(len(contestants), turn):
                    taken = _take(opened[at], contestants[at], queries, budget)
                    measured.setdefault((at, kind), []).append(taken)
    return {key: _times(taken) for key, taken in measured.items() if taken[0]}


def _rotated(count: int, turn: int) -> list[int]:
    """Another engine begins in each round."""
    return [(at + turn) % count for at in range(count)]


def _take(
    opened: Opened, contestant: Contestant, queries: Sequence[Query], budget: float
) -> list[float]:
    """Milliseconds of each query that the engine can answer, until the budget is spent."""
    taken: list[float] = []
    for query in queries:
        if opened.can(query) and sum(taken) < budget * 1_000:
            started = time.perf_counter()
            opened.answer(query, snippets=contestant.snippets)
            taken.append((time.perf_counter() - started) * 1_000)
    return taken


def _times(rounds: Sequence[Sequence[float]]) -> Times:
    return Times(
        min(map(len, rounds)),
        statistics.median(percentile(taken, 50) for taken in rounds),
        statistics.median(percentile(taken, 95) for taken in rounds),
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * percent // 100) - 1]


def measure_recall(
    contestant: Contestant,
    classes: Mapping[str, Sequence[tuple[Query, frozenset[str]]]],
    budget: float,
) -> dict[str, Recall]:
    """Found against expected report ids, by class."""
    with closing(peer_named(contestant.peer).open(contestant.folder)) as opened:
        return {
            kind: recall
            for kind, queries in classes.items()
            if (recall := _recall(opened, queries, budget))
        }


def _recall(
    opened: Opened, queries: Sequence[tuple[Query, frozenset[str]]], budget: float
) -> Recall | None:
    asked = whole = expected_pairs = found_pairs = both = 0
    started = time.perf_counter()
    for query, expected in queries:
        if not opened.can(query) or time.perf_counter() - started > budget:
            continue
        found = set(opened.found(query))
        asked += 1
        whole += found == expected
        expected_pairs += len(expected)
        found_pairs += len(found)
        both += len(found & expected)
    if not asked:
        return None
    recall = both / expected_pairs if expected_pairs else 1.0
    precision = both / found_pairs if found_pairs else 1.0
    return Recall(asked, recall, precision, whole / asked)


def measure_serving(
    contestant: Contestant, queries: Sequence[Query], after: int, budget: float
) -> Serving:
    """Open, answer once, then `after` answers in all (fewer where the budget is spent)."""
    started = time.perf_counter()
    opened = peer_named(contestant.peer).open(contestant.folder)
    opening = time.perf_counter() - started
    can = [query for query in queries if opened.can(query)]
    opened.answer(can[0], snippets=True)
    first = time.perf_counter() - started
    answered = 1
    while answered < after and time.perf_counter() - started < budget:
        opened.answer(can[answered % len(can)], snippets=True)
        answered += 1
    memory = unmapped_bytes(opened.processes())
    opened.close()
    return Serving(opening, first, memory, answered)
