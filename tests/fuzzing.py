"""Queries drawn by the grammar, many of them heavy or broken, asked in every way: `python -m tests.fuzzing`.

python -m tests.fuzzing --index gongkai-index --count 100000 --seed 1

`--mix 0.1 0.3`: what share of them is heavy, and what share of all is broken somewhere.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple, get_args

from indexer.errors import GongkaiError
from search.budget import Budget, Limits, limited
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import MAX_QUERY, ConcordanceOrder, SearchRequest
from search.spread import Below, Side
from tests.fuzzed import Ledger
from tests.oracle.drawn import Queries, request

LATE = 0.5
"""Seconds of CPU time past the budget within which the next check comes."""
_BROKEN = '"“”()（）?*-:：. ,\n\u200b\U00020000NEAR/ OR NOT title:'


class Mix(NamedTuple):
    """Shares of queries: as dear as can be, and broken somewhere."""

    heavy: float = 0.4
    broken: float = 0.2


MIX = Mix()


class Asked(NamedTuple):
    """What was asked, the error that answered it if one did, and the CPU seconds that it took."""

    how: str
    request: SearchRequest
    error: GongkaiError | None
    seconds: float


_Ask = Callable[[Engine, Random, SearchRequest], object]
WAYS: dict[str, _Ask] = {
    "search": lambda engine, _, asked: engine.search(asked),
    "count": lambda engine, _, asked: engine.count(asked),
    "looked in": lambda engine, _, asked: engine.looked_in(asked),
    "concordance": lambda engine, chooser, asked: engine.concordance(
        asked, chooser.choice(get_args(ConcordanceOrder))
    ),
    "lines": lambda engine, chooser, asked: list(
        islice(engine.every_line(asked, chooser.choice(get_args(ConcordanceOrder))), 2_000)
    ),
    "collocates": lambda engine, chooser, asked: engine.collocates(
        asked, chooser.choice(get_args(Side))
    ),
    "spread": lambda engine, chooser, asked: engine.spread(asked, chooser.choice(get_args(Below))),
    "counts": lambda engine, _, asked: list(engine.counts([asked.q, "公开", asked.q[:40]], asked)),
}


def heavy(chooser: Random, queries: Queries, characters: Sequence[str]) -> str:
    """Many texts joined, most of them common characters: as dear as a query can be."""

    def one() -> str:
        return chooser.choice(characters)

    terms: tuple[Callable[[], str], ...] = (
        one,
        lambda: f"{one()} NEAR/{chooser.choice((0, 20, 200))} {one()}",
        lambda: f'"{one()}{chooser.choice(("*", "?", "??*"))}{one()}"',
        lambda: f"title:{one()}",
        lambda: one() + one(),
        queries.text,
    )
    term = chooser.choice(terms)
    joint = chooser.choice((" OR ", " OR ", " OR ", " ", " NOT "))
    return joint.join(term() for _ in range(chooser.choice((5, 20, 49, 99))))


def broken(chooser: Random, query: str) -> str:
    """The query with something in it, or without something."""
    at = chooser.randint(0, len(query))
    return query[:at] + chooser.choice(_BROKEN) + query[at + chooser.randint(0, 3) :]


def requests(
    chooser: Random, lines: Sequence[str], characters: Sequence[str], mix: Mix = MIX
) -> Iterator[SearchRequest]:
    """Without end."""
    queries = Queries(chooser, lines)
    while True:
        if chooser.random() < mix.heavy:
            query = heavy(chooser, queries, characters)
        else:
            query = queries.query(chooser.randint(0, 4))
        if chooser.random() < mix.broken:
            query = broken(chooser, query)
        yield request(chooser, query[:MAX_QUERY])


def asked(engine: Engine, chooser: Random, one: SearchRequest, budget: Budget) -> Asked:
    """One of them, asked in one way within a budget. What is no GongkaiError is raised."""
    how = chooser.choice(list(WAYS))
    error = None
    began = time.thread_time()
    try:
        with limited(budget):
            WAYS[how](engine, chooser, one)
    except GongkaiError as raised:
        error = raised
    return Asked(how, one, error, time.thread_time() - began)


def texts_of(engine: IndexEngine, most: int = 60) -> tuple[list[str], list[str]]:
    """Lines of some reports, and their characters, the commonest first."""
    found = engine.search(SearchRequest(size=min(most, 100), passages=0)).reports
    lines = [line.text for each in found for line in engine.report(each.id).lines()]
    common = Counter(c for line in lines for c in line if "一" <= c <= "鿿")
    return lines, [c for c, _ in common.most_common(200)]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--mix", type=float, nargs=2, default=MIX, metavar=("HEAVY", "BROKEN"))
    options = parser.parse_args()
    engine = IndexEngine(options.index)
    engine.warm()
    chooser, limits = Random(options.seed), Limits()
    drawn = requests(chooser, *texts_of(engine), Mix(*options.mix))
    ledger = Ledger(limits.seconds + LATE)
    for one in islice(drawn, options.count):
        try:
            done = asked(engine, chooser, one, Budget(limits))
        except Exception:  # whatever it is, the next query is asked
            ledger.fault(traceback.format_exc(), one)
            ledger.enter("failed", 0.0, one)
        else:
            ledger.enter(done.error.code if done.error else "answered", done.seconds, done)
    ledger.tell()
    return bool(ledger.wrong)


if __name__ == "__main__":
    sys.exit(main())
