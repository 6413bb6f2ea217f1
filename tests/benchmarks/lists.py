"""`python -m tests.benchmarks.lists`: what counting a list costs, beside single searches and other libraries.

All count the same drawn phrases, in turn, over the same texts: how many reports hold each, and how often
(Tantivy, which has jieba's words, tells reports only, and finds no phrase that cuts one). fm-index and
daachorse count and tell nothing of years and regions; they stand here to compare, no bound is set by them.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from indexer.text.fold import fold
from search.counts import Counts
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.spread import Below
from tests.benchmarks.corpus import find_corpus
from tests.benchmarks.peers.tantivy import Tantivy
from tests.benchmarks.queries import ANY_PHRASE, Query
from tests.benchmarks.run import Bench, Options, say
from tests.benchmarks.table import plain
from tests.benchmarks.texts import stored

_FOLDER = click.Path(path_type=Path, file_okay=False)
_DRAWN_A_CLASS = 10
"""Of any phrases, ten times as many are drawn as of each class."""
MANY = 10_000

Found = tuple[int, int | None]
"""Reports and hits of all phrases together."""
Count = Callable[[Sequence[str]], Found]


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds that a contestant took for all phrases, a round each."""

    name: str
    seconds: list[float]
    found: Found

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def single(engine: Engine) -> Count:
    """A search a phrase, as a page would ask."""

    def count(phrases: Sequence[str]) -> Found:
        found = [engine.search(SearchRequest(q=phrase)).total for phrase in phrases]
        return sum(total.reports for total in found), sum(total.hits for total in found)

    return count


def listed(engine: Engine, below: Below | None = None, *, crossed: bool = False) -> Count:
    """All phrases as a list: totals alone or, with `below`, by year and region, too."""

    def count(phrases: Sequence[str]) -> Found:
        reports = hits = 0
        for one in engine.counts(phrases, SearchRequest(), below, crossed=crossed):
            assert isinstance(one, Counts)
            reports += one.reports
            hits += one.hits
        return reports, hits

    return count


def tantivy(folder: Path) -> Count:
    """The count of a query, with the one best document, fewer than which it does not give."""
    opened = Tantivy().open(folder)

    def count(phrases: Sequence[str]) -> Found:
        asked = (opened._query(Query(ANY_PHRASE, (phrase,))) for phrase in phrases)
        return sum(opened._searcher.search(q, 1, count=True).count for q in asked), None

    return count


def fm_index(texts: Sequence[str]) -> Count:
    """Counts by report."""
    index: Any = import_module("fm_index").MultiFMIndex(texts)

    def count(phrases: Sequence[str]) -> Found:
        found = [index.count(fold(phrase)) for phrase in phrases]
        return sum(map(len, found)), sum(sum(one.values()) for one in found)

    return count


def daachorse(texts: Sequence[str]) -> Count:
    """An automaton of all phrases, which is made anew for each list, over all texts."""
    make: Any = import_module("daachorse").CharwiseDoubleArrayAhoCorasick

    def count(phrases: Sequence[str]) -> Found:
        times = Counter(map(fold, phrases))
        automaton, folded = make(list(times)), list(times)
        reports = hits = 0
        for text in texts:
            found = Counter(number for _, _, number in automaton.find_overlapping(text))
            reports += sum(times[folded[number]] for number in found)
            hits += sum(times[folded[number]] * often for number, often in found.items())
        return reports, hits

    return count


def measure(
    contestants: Sequence[tuple[str, Count]], phrases: Sequence[str], rounds: int
) -> Iterator[Taken]:
    """Each counts all phrases once a round; another one begins each time."""
    seconds: dict[str, list[float]] = {name: [] for name, _ in contestants}
    found: dict[str, Found] = {}
    for turn in range(rounds):
        for at in range(len(contestants)):
            name, count = contestants[(at + turn) % len(contestants)]
            started = time.perf_counter()
            found[name] = count(phrases)
            seconds[name].append(time.perf_counter() - started)
    return (Taken(name, seconds[name], found[name]) for name, _ in contestants)


def table(taken: Sequence[Taken], phrases: int) -> list[list[str]]:
    """Times beside those of single searches and of Tantivy."""
    medians = {one.name: one.median for one in taken}
    rows = [["", "µs a phrase", "of single", "of Tantivy", "reports", "hits"]]
    for one in taken:
        ratios = [
            f"{one.median / medians[other]:.3f}" if other in medians else "-"
            for other in (SINGLE, TANTIVY)
        ]
        reports, hits = one.found
        told = "-" if hits is None else f"{hits:,}"
        rows.append([one.name, f"{one.median / phrases * 1e6:.0f}", *ratios, f"{reports:,}", told])
    return rows


SINGLE, TANTIVY = "single searches", "Tantivy, counts"


@click.command()
@click.option("--corpus", type=_FOLDER, help="folder of reports; else $GONGKAI_WORK_REPORTS")
@click.option("--work", type=_FOLDER, help="keep texts and indexes here for the next run")
@click.option("--index", type=_FOLDER, help="an index of the corpus, to save building one")
@click.option("--phrases", default=1_000, show_default=True)
@click.option("--rounds", default=5, show_default=True)
@click.option("--seed", default=2024, show_default=True)
@click.option("--beside/--only", default=True, help="fm-index and daachorse, too")
def main(
    corpus: Path | None,
    work: Path | None,
    index: Path | None,
    phrases: int,
    rounds: int,
    seed: int,
    beside: bool,
) -> None:
    """Counts of lists, beside single searches, Tantivy, fm-index and daachorse."""
    with TemporaryDirectory(prefix="bench-") as temporary:
        folder = work or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        options = Options(-(-phrases // _DRAWN_A_CLASS), rounds, seed, 60.0, 1, ())
        bench = Bench(find_corpus(corpus, folder), folder, options)
        if index is None:
            bench.from_files(1)
        bench.from_texts(Tantivy())
        drawn = [q.parts[0] for q in bench.drawn.queries if q.kind == ANY_PHRASE][:phrases]
        engine = IndexEngine(index or bench.index, cache_bytes=0)
        engine.warm()
        contestants = [
            (SINGLE, single(engine)),
            ("a list", listed(engine)),
            ("a list, years, regions", listed(engine, "children")),
            ("a list, year × region", listed(engine, "children", crossed=True)),
            (TANTIVY, tantivy(bench.index_of(Tantivy()))),
        ]
        if beside:
            say("fm-index")
            texts = list(stored(bench.folded, str))
            contestants += [("fm-index", fm_index(texts)), ("daachorse", daachorse(texts))]
        say("timing")
        taken = list(measure(contestants, drawn, rounds))
        click.echo(plain(table(taken, len(drawn))))
        many = (drawn * -(-MANY // len(drawn)))[:MANY]
        started = time.perf_counter()
        listed(engine, "children", crossed=True)(many)
        took = time.perf_counter() - started
        click.echo(f"{len(many):,} phrases by year × region: {took:.1f} s")


if __name__ == "__main__":
    main()
