"""How latency grows with reports: copies of the sample corpus, on this machine and in a cluster; by hand:

    python -m tests.benchmarks.growth FOLDER --url http://127.0.0.1:9201 --copies 10 --copies 100 --copies 1000

Each N-fold corpus (see `copies.py`: no two reports of it are the same) is indexed in FOLDER, and in the cluster as
`growth-N`; what stands there already is asked again. Queries are drawn of the smallest and asked of every size,
the sizes in turns. Prints what the indexes hold, and a class's milliseconds by size.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click

from indexer.errors import LimitError
from indexer.pipeline.build import build
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.remote.address import Address, address_of
from search.remote.cluster import Cluster
from search.remote.opening import build_in_cluster, open_cluster
from tests.benchmarks.cluster import CLASSES, Texts
from tests.benchmarks.copies import write_copies
from tests.benchmarks.timing import percentile
from tests.conftest import SAMPLES

MB = 1_000_000
Latencies = dict[tuple[str, int, str], list[float]]
"""Milliseconds of each answer, by class, number of copies, and engine."""


@dataclass(frozen=True, slots=True)
class Size:
    """An N-fold corpus and its two indexes."""

    copies: int
    folder: Path
    address: Address

    @property
    def corpus(self) -> Path:
        return self.folder / f"corpus-{self.copies}"

    @property
    def index(self) -> Path:
        return self.folder / f"index-{self.copies}"

    def make(self, shards: int | None) -> None:
        """Both indexes, where they are not there yet; a note beside says how long the cluster took."""
        if self._note.exists():
            return
        if not self.corpus.exists():
            write_copies(SAMPLES, self.corpus, times=self.copies, markers=(), seed=1)
        jobs = os.cpu_count() or 1
        if not self.index.exists():
            build(self.corpus, self.index, jobs=jobs)  # likenesses of so many copies take longest
        began = time.monotonic()
        build_in_cluster(self.corpus, self.address, jobs=jobs, shards=shards)
        self._note.write_text(json.dumps({"seconds": time.monotonic() - began}))

    def engines(self) -> dict[str, Engine]:
        own = IndexEngine(self.index)
        own.warm()
        return {"own": own, "cluster": open_cluster(self.address)}

    def told(self) -> list[str]:
        """Reports, MB of text, MB in the cluster (one copy), bytes of it a byte of text, build MB/s, shards."""
        reports = IndexEngine(self.index).count(SearchRequest()).reports
        text = sum(path.stat().st_size for path in self.corpus.rglob("*") if path.is_file())
        primaries = Cluster(self.address).ask("GET", f"/{self.address.name}/_stats/store,docs")
        [index] = primaries["indices"]
        settings = Cluster(self.address).ask("GET", f"/{index}/_settings")
        store = primaries["_all"]["primaries"]["store"]["size_in_bytes"]
        seconds = json.loads(self._note.read_text())["seconds"]
        return [
            f"{self.copies:,}",
            f"{reports:,}",
            f"{text / MB:.1f}",
            f"{store / MB:.1f}",
            f"{store / text:.1f}",
            f"{text / MB / seconds:.2f}",
            settings[index]["settings"]["index"]["number_of_shards"],
        ]

    @property
    def _note(self) -> Path:
        return self.folder / f"made-{self.copies}.json"


def asked(sizes: Sequence[Size], count: int, chooser: random.Random) -> Latencies:
    """Every drawn query is asked once of every index; the engines, and the sizes, in turns. What is refused has
    no time."""
    engines = {size.copies: size.engines() for size in sizes}
    smallest = engines[sizes[0].copies]["own"]
    assert isinstance(smallest, IndexEngine)
    texts = Texts.of(smallest, chooser, 200)
    found: Latencies = defaultdict(list)
    for _ in range(count):
        for name, draw in CLASSES.items():
            request = draw(chooser, texts)
            for copies, pair in engines.items():
                for which, engine in pair.items():
                    began = time.perf_counter()
                    with suppress(LimitError):
                        engine.search(request)
                        taken = (time.perf_counter() - began) * 1_000
                        found[name, copies, which].append(taken)
    return found


def table(
    found: Latencies, sizes: Sequence[Size], of: Callable[[list[float]], float]
) -> Iterator[str]:
    """A row for each class: by size, the cluster's and this machine's, of how many answers."""
    heads = [f"{size.copies:,}: cluster | own" for size in sizes]
    yield f"| | {' | '.join(heads)} |"
    yield "|---|" + "--:|" * (2 * len(sizes))
    for name in CLASSES:
        cells = [
            f"{of(times):.1f} ({len(times)})"
            if (times := found[name, size.copies, which])
            else "refused"
            for size in sizes
            for which in ("cluster", "own")
        ]
        yield f"| {name} | {' | '.join(cells)} |"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--url", default="http://127.0.0.1:9201")
@click.option("--copies", type=int, multiple=True, default=(10, 100, 1_000))
@click.option("--shards", type=int, help="Of each index; as many as nodes, if not said.")
@click.option("--queries", default=30, help="Of each class.")
@click.option("--seed", default=1)
def main(
    folder: Path, url: str, copies: tuple[int, ...], shards: int | None, queries: int, seed: int
) -> None:
    """Make what is missing, ask, and print the tables."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes = [Size(n, folder, address_of(f"{url}/growth-{n}", {})) for n in sorted(copies)]
    click.echo("| copies | reports | MB of files | MB in the cluster | a byte | MB/s | shards |")
    click.echo("|--:|--:|--:|--:|--:|--:|--:|")
    for size in sizes:
        size.make(shards)
        click.echo(f"| {' | '.join(size.told())} |")
    found = asked(sizes, queries, random.Random(seed))
    for title, of in (("p50, ms", median), ("p95, ms", lambda times: percentile(times, 95))):
        click.echo(f"\n{title}\n")
        for line in table(found, sizes, of):
            click.echo(line)


if __name__ == "__main__":
    main()
