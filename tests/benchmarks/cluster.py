"""`python -m tests.benchmarks.cluster INDEX --url URL --name NAME`: a cluster beside this machine's index of the
same reports. Every drawn query is asked of both, once, one after the other; answers are compared, whole."""

from __future__ import annotations

import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from indexer.errors import LimitError
from indexer.text.fold import fold
from search.local.engine import IndexEngine
from search.model import SearchRequest, SearchResult
from search.remote.asking import Cluster
from search.remote.engine import ClusterEngine

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


def compare(own: SearchResult, other: SearchResult, taken: Taken) -> bool:
    """Counts how alike the answers are; False where they are not."""
    left, right = replace(own, took_ms=0, did_you_mean=()), replace(other, took_ms=0)
    if left == right:
        taken.equal += 1
        return True
    scores = [abs(a.score - b.score) for a, b in zip(left.reports, right.reports, strict=False)]
    if replace(left, reports=()) == replace(right, reports=()) and max(scores, default=1) <= _CLOSE:
        taken.ties += 1
        return True
    taken.other += 1
    return False


def asked(
    own: IndexEngine, cluster: ClusterEngine, count: int, chooser: random.Random
) -> Iterator[tuple[str, Taken]]:
    """Each class, asked in turns so that neither engine has a better hour than the other."""
    texts = Texts.of(own, chooser, 200)
    found: dict[str, Taken] = defaultdict(Taken)
    for _ in range(count):
        for name, draw in CLASSES.items():
            request = draw(chooser, texts)
            taken = found[name]
            try:
                began = time.perf_counter()
                right = cluster.search(request)
                taken.cluster.append((time.perf_counter() - began) * 1_000)
            except LimitError:
                taken.refused += 1
                continue
            began = time.perf_counter()
            left = own.search(request)
            taken.own.append((time.perf_counter() - began) * 1_000)
            if not compare(left, right, taken):
                click.echo(f"differs: {request}", err=True)
    yield from found.items()


@click.command()
@click.argument("index", type=click.Path(path_type=Path))
@click.option("--url", default="http://127.0.0.1:9201")
@click.option("--name", default="gongkai")
@click.option("--queries", default=40, help="Of each class.")
@click.option("--seed", default=1)
def main(index: Path, url: str, name: str, queries: int, seed: int) -> None:
    """Print the table."""
    from opensearchpy import OpenSearch

    own = IndexEngine(index)
    own.warm()
    cluster = ClusterEngine(Cluster(OpenSearch(url, timeout=60), name, url))
    click.echo(
        "| | own p50 | p95 | cluster p50 | p95 | ratio p50 | p95 | equal | ties | other | refused |"
    )
    click.echo("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for kind, taken in asked(own, cluster, queries, random.Random(seed)):
        a, b = (_percentiles(times) for times in (taken.own, taken.cluster))
        ratios = f"{b[0] / a[0]:.1f} | {b[1] / a[1]:.1f}"
        counts = f"{taken.equal} | {taken.ties} | {taken.other} | {taken.refused}"
        click.echo(
            f"| {kind} | {a[0]:.0f} | {a[1]:.0f} | {b[0]:.0f} | {b[1]:.0f} | {ratios} | {counts} |"
        )


def _percentiles(times: list[float]) -> tuple[float, float]:
    """The median, and what 95 of 100 stay below; milliseconds."""
    return statistics.median(times), sorted(times)[int(0.95 * (len(times) - 1))]


if __name__ == "__main__":
    main()
