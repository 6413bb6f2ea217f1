"""`python -m tests.benchmarks.cluster INDEX --url URL --name NAME`: a cluster beside this machine's index of the
same reports. Every drawn query is asked of both, once, one after the other; answers are compared, whole. Then where
the time went (`parts.py`), and, with `--phrases` and `--filtered`, answers that are compared alone."""

from __future__ import annotations

import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click

from indexer.errors import LimitError
from indexer.model import GENRES, KINDS, UNKNOWN_TIMES
from indexer.text.fold import fold
from search.local.engine import IndexEngine
from search.model import SearchRequest, SearchResult
from search.remote.asking import Cluster
from search.remote.engine import ClusterEngine
from tests.benchmarks.parts import HEAD, Parts, Watched
from tests.benchmarks.timing import percentile

_MARKS = str.maketrans(dict.fromkeys('"“”‘’「」『』()（）?？*＊:：|&-—!,，、。 ~～', None))
_CLOSE = 1e-6
Class = Callable[[random.Random, "Texts"], SearchRequest]


@dataclass(frozen=True, slots=True)
class Texts:
    """Lines of reports, of which queries are cut."""

    lines: list[str]

    @staticmethod
    def of(engine: IndexEngine, chooser: random.Random, count: int) -> Texts:
        """Those of so many reports."""
        hits = list(engine.every_report(SearchRequest(passages=0)))
        some = chooser.sample(hits, k=min(count, len(hits)))
        lines = [line.text for hit in some for line in engine.report(hit.id).lines()]
        return Texts([line for line in lines if len(line) > 20])

    def cut(self, chooser: random.Random, least: int, most: int) -> str:
        """A phrase of some characters."""
        while True:
            line = chooser.choice(self.lines).translate(_MARKS)
            size = chooser.randint(least, most)
            if len(line) > size:
                at = chooser.randrange(len(line) - size)
                if len(fold(line[at : at + size])) == size:
                    return line[at : at + size]


def _phrase(chooser: random.Random, texts: Texts) -> SearchRequest:
    return SearchRequest(f'"{texts.cut(chooser, 2, 8)}"')


def _joined(joint: str, count: int) -> Class:
    def made(chooser: random.Random, texts: Texts) -> SearchRequest:
        parts = [f'"{texts.cut(chooser, 2, 4)}"' for _ in range(count)]
        return SearchRequest(joint.join(parts))

    return made


def _filtered(chooser: random.Random, texts: Texts) -> SearchRequest:
    year = chooser.randint(2015, 2024)
    region = chooser.choice(("江苏省", "广东省", "内蒙古", "四川省"))
    return replace(_phrase(chooser, texts), year=(year,), region=(region,))


def _wildcard(chooser: random.Random, texts: Texts) -> SearchRequest:
    text = texts.cut(chooser, 4, 7)
    return SearchRequest(f'"{text[:2]}{chooser.choice("?*")}{text[3:]}"')


CLASSES: dict[str, Class] = {
    "phrase": _phrase,
    "one character": lambda c, t: SearchRequest(f'"{t.cut(c, 1, 1)}"'),
    "bare, by words": lambda c, t: SearchRequest(t.cut(c, 4, 8), words=True),
    "AND of two": _joined(" ", 2),
    "OR of four": _joined(" OR ", 4),
    "NOT": lambda c, t: SearchRequest(f'"{t.cut(c, 2, 3)}" NOT "{t.cut(c, 2, 3)}"'),
    "by year": lambda c, t: replace(_phrase(c, t), sort="-year"),
    "filtered": _filtered,
    "in one section": lambda c, t: replace(_joined(" ", 2)(c, t), scope="section"),
    "whole words": lambda c, t: replace(_phrase(c, t), whole=True),
    "NEAR": _joined(" NEAR/10 ", 2),
    "wildcard": _wildcard,
}


@dataclass(slots=True)
class Taken:
    """Milliseconds of each query, on this machine and over the cluster, and what came of it."""

    own: list[float] = field(default_factory=list)
    cluster: list[float] = field(default_factory=list)
    equal: int = 0
    ties: int = 0
    other: int = 0
    refused: int = 0
    parts: Parts = field(default_factory=Parts)


def filtered(chooser: random.Random, texts: Texts) -> SearchRequest:
    """A query of any class, one to three filters or switches of all that there are beside it."""
    first = chooser.randint(2000, 2020)
    more: list[dict[str, Any]] = [
        {"year": (first, first + chooser.randint(0, 5))},
        {"year_from": first, "year_to": first + chooser.randint(0, 9)},
        {"region": (chooser.choice(("江苏省", "广东省", "内蒙古", "四川省", "昆明市")),)},
        {"section": tuple(chooser.sample(KINDS, chooser.randint(1, 2)))},
        {"genre": (chooser.choice(GENRES),)},
        {"origin": ("text",)},
        {"sort": chooser.choice(("year", "-year", "hits", "region"))},
        {"scope": "section"},
        {"whole": True},
        {"words": True},
        {"silent": True},
        {"page": 2, "size": 10},
    ]
    asked = chooser.choice(list(CLASSES.values()))(chooser, texts)
    for some in chooser.sample(more, chooser.randint(1, 3)):
        asked = replace(asked, **some)
    return asked


def compare(own: SearchResult, other: SearchResult, taken: Taken) -> bool:
    """Counts how alike the answers are; False where they are not."""
    left, right = _untimed(own), _untimed(other)
    if left == right:
        taken.equal += 1
        return True
    scores = [abs(a.score - b.score) for a, b in zip(left.reports, right.reports, strict=False)]
    if replace(left, reports=()) == replace(right, reports=()) and max(scores, default=1) <= _CLOSE:
        taken.ties += 1
        return True
    taken.other += 1
    return False


def _untimed(result: SearchResult) -> SearchResult:
    """Without what is another index's by nature: how long it took, when its reports came into it, corrections."""
    reports = tuple(replace(hit, indexed=UNKNOWN_TIMES) for hit in result.reports)
    return replace(result, took_ms=0, did_you_mean=(), reports=reports)


@dataclass(frozen=True, slots=True)
class Both:
    """The two engines, and the client that the second one asks by."""

    own: IndexEngine
    cluster: ClusterEngine
    watched: Watched

    def ask(self, request: SearchRequest, taken: Taken) -> None:
        """Ask both."""
        try:
            with self.watched.watching(taken.parts):
                began = time.perf_counter()
                right = self.cluster.search(request)
                wall = (time.perf_counter() - began) * 1_000
        except LimitError:
            taken.refused += 1
            return
        taken.cluster.append(wall)
        busy, began = time.process_time(), time.perf_counter()
        left = self.own.search(request)
        taken.own.append((time.perf_counter() - began) * 1_000)
        taken.parts.own += (time.process_time() - busy) * 1_000
        if not compare(left, right, taken):
            click.echo(f"differs: {request}", err=True)

    def read(self, request: SearchRequest) -> bool | None:
        """Whether the first report, and the hits in it, are the same; None where none is found."""
        found = self.own.search(request).reports
        if not found:
            return None
        one = found[0].id
        hits = self.own.hits(one, request) == self.cluster.hits(one, request)
        return hits and self.own.report(one) == self.cluster.report(one)


def asked(
    both: Both, texts: Texts, count: int, chooser: random.Random
) -> Iterator[tuple[str, Taken]]:
    """Each class, asked in turns so that neither engine has a better hour than the other."""
    found: dict[str, Taken] = defaultdict(Taken)
    for _ in range(count):
        for name, draw in CLASSES.items():
            both.ask(draw(chooser, texts), found[name])
    yield from found.items()


def alike(both: Both, requests: Iterable[SearchRequest], read: int) -> str:
    """How alike the answers to these are; of the first `read`, reports and hits, too."""
    taken = Taken()
    told = []
    for request in requests:
        both.ask(request, taken)
        if len(told) < read and (same := both.read(request)) is not None:
            told.append(same)
    return (
        f"{taken.equal} equal, {taken.ties} ties, {taken.other} other, {taken.refused} refused; "
        f"reports and hits: {sum(told)} of {len(told)} equal"
    )


def distinct(chooser: random.Random, texts: Texts, count: int) -> list[SearchRequest]:
    """So many different phrases."""
    found: dict[str, SearchRequest] = {}
    while len(found) < count:
        request = _phrase(chooser, texts)
        found[request.q] = request
    return list(found.values())


@click.command()
@click.argument("index", type=click.Path(path_type=Path))
@click.option("--url", default="http://127.0.0.1:9201")
@click.option("--name", default="gongkai")
@click.option("--queries", default=40, help="Of each class.")
@click.option("--phrases", default=0, help="Different ones, whose answers are compared alone.")
@click.option("--filtered", "drawn", default=0, help="Queries of all classes with filters, alike.")
@click.option("--read", default=100, help="Of how many of these reports and hits are compared.")
@click.option("--node", type=int, multiple=True, help="The process of a node on this machine.")
@click.option("--seed", default=1)
def main(
    index: Path,
    url: str,
    name: str,
    queries: int,
    phrases: int,
    drawn: int,
    read: int,
    node: tuple[int, ...],
    seed: int,
) -> None:
    """Print the tables."""
    from opensearchpy import OpenSearch

    own = IndexEngine(index)
    own.warm()
    client = Watched(OpenSearch(url, timeout=60), node)
    both = Both(own, ClusterEngine(Cluster(client, name, url)), client)
    chooser = random.Random(seed)
    texts = Texts.of(own, chooser, 200)
    tables = _table(asked(both, texts, queries, chooser)) if queries else []
    for line in tables:
        click.echo(line)
    if phrases:
        found = alike(both, distinct(chooser, texts, phrases), read)
        click.echo(f"{phrases} phrases: {found}")
    if drawn:
        found = alike(both, (filtered(chooser, texts) for _ in range(drawn)), read)
        click.echo(f"{drawn} queries with filters: {found}")


def _table(found: Iterable[tuple[str, Taken]]) -> Iterator[str]:
    """Milliseconds and answers, then the parts."""
    classes = list(found)
    yield "| | own p50 | p95 | cluster p50 | p95 | ratio p50 | p95 | equal | ties | other | refused |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for kind, taken in classes:
        a, b = (_percentiles(times) for times in (taken.own, taken.cluster))
        ratios = f"{b[0] / a[0]:.1f} | {b[1] / a[1]:.1f}"
        counts = f"{taken.equal} | {taken.ties} | {taken.other} | {taken.refused}"
        yield f"| {kind} | {a[0]:.1f} | {a[1]:.1f} | {b[0]:.1f} | {b[1]:.1f} | {ratios} | {counts} |"
    yield ""
    yield f"| means | {HEAD} |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for kind, taken in classes:
        yield f"| {kind} | {taken.parts.row()} |"


def _percentiles(times: list[float]) -> tuple[float, float]:
    """The median, and what 95 of 100 stay below; milliseconds."""
    return statistics.median(times), percentile(times, 95)


if __name__ == "__main__":
    main()
