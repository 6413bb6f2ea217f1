"""`python -m tests.benchmarks.pages --index DIR`: what the search page costs over HTTP.

It starts `gongkai serve` and asks for the pages of drawn queries: one reader alone, then many at a
time who each read for a while between two pages. Each of these asks for a quarter of the pages, so
that most have been made for another reader before (see web/http/kept.py).
"""

from __future__ import annotations

import asyncio
import gzip
import http.client
import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from search.local.engine import IndexEngine
from search.model import MAX_SIZE, SearchRequest
from search.source import FixedSource
from tests.benchmarks.timing import percentile
from web.app import create_app
from web.urls import search_url

_RUN = re.compile(r"[\u4e00-\u9fff]{8,}")
WARMING = 20
"""Other queries that are asked first: what a server does for the first time is no page's cost."""
VIEWED = 100
"""Queries whose views are compared."""
ROUNDS = 3
"""Times that each view of a query is made: the least is its cost, whatever else the machine does."""
VIEWS = {
    "list": "/{}", "trend": "/trend{}", "trend, cities": "/trend{}&below=city", "lines": "/concordance{}"
}  # fmt: skip
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")
_DURATION = re.compile(r"app;dur=([\d.]+)")
_LENGTH = re.compile(r"(?im)^content-length: (\d+)")


@dataclass(slots=True)
class Taken:
    """Milliseconds of each page as the reader and as the server see it, its bytes as sent, and what
    went wrong."""

    ms: list[float] = field(default_factory=list)
    server_ms: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def note(self, url: str, head: str, body: bytes) -> None:
        """What an answer tells, its headers in `head`."""
        told = _DURATION.search(head)
        if told is None:
            self.errors.append(f"{url}: no Server-Timing")
            return
        self.server_ms.append(float(told[1]))
        packed = "content-encoding: gzip" in head.lower()
        self.sizes.append(len(body if packed else gzip.compress(body)))
        if not head.startswith("HTTP/1.1 200"):
            self.errors.append(f"{url}: {head.splitlines()[0]}")


@click.command()
@click.option("--index", "folder", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--queries", default=300, show_default=True)
@click.option("--clients", default=16, show_default=True)
@click.option("--think", default=1.0, show_default=True, help="mean seconds between two pages")
@click.option("--seed", default=2024, show_default=True)
def main(folder: Path, queries: int, clients: int, think: float, seed: int) -> None:
    """Times of the search page over an index."""
    drawn = [search_url(request) for request in draw(IndexEngine(folder), queries + WARMING, seed)]
    urls, others = drawn[:queries], drawn[queries:]
    with served(folder) as port:
        ask(port, others)
        alone = ask(port, urls)
        again = ask(port, urls)
    with served(folder) as port:
        ask(port, others)
        together = ask_together(port, urls, clients, think, seed)
        crowd = ask_together(port, urls, clients, 0.0, seed)
    with served(folder) as port:
        ask(port, others)
        rush = ask_together(port, urls, clients, 0.0, seed)
    bare = [url.removeprefix("/") for url in drawn]
    tell_views(folder, bare[:VIEWED], bare[queries:])
    tell("alone, each page for the first time", alone)
    tell("alone, once more", again)
    tell(f"{clients} readers, {think:g} s between pages", together, alone)
    tell(f"{clients} readers, no pause, pages seen before", crowd, alone)
    tell(f"{clients} readers, no pause, a server just begun", rush, alone)


def draw(engine: IndexEngine, count: int, seed: int) -> Iterator[SearchRequest]:
    """Phrases cut from the reports anywhere, some bare, some joined, a quarter with filters."""
    chooser = random.Random(seed)
    ids: list[str] = []
    while found := engine.search(
        SearchRequest(sort="year", size=MAX_SIZE, passages=0, page=len(ids) // MAX_SIZE + 1)
    ).reports:
        ids += [report.id for report in found]
    for number in range(count):
        report = engine.report(chooser.choice(ids))
        runs = _RUN.findall(report.text()) or [report.title]
        phrases = [_cut(chooser.choice(runs), chooser) for _ in range(2)]
        forms = (f"“{phrases[0]}”", phrases[0], f"“{phrases[0]}” “{phrases[1]}”")
        request = SearchRequest(q=forms[0 if number % 3 else number // 3 % 3])
        if number % 4 == 0 and report.year and report.region:
            request = SearchRequest(
                q=request.q,
                year_from=report.year - 3,
                year_to=report.year,
                region=(report.region[0].code,),
            )
        yield request


def _cut(run: str, chooser: random.Random) -> str:
    length = chooser.randint(2, 8)
    start = chooser.randint(0, len(run) - length) if len(run) > length else 0
    return run[start : start + length]


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """The port of `gongkai serve` over an index."""
    with serving(folder) as (port, _):
        yield port


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, int]]:
    """The same, and the number of its process."""
    command = [sys.executable, "-m", "gongkai", "serve", "--index", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = _ADDRESS.search(process.stdout.readline())
        try:
            assert found
            port = int(found[1])
            _wait_until_warm(port)
            yield port, process.pid
        finally:
            process.terminate()


def _wait_until_warm(port: int) -> None:
    """Until what is loaded in the background is there: that is no reader's cost."""
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/healthz")
        told = json.loads(connection.getresponse().read())
        connection.close()
        if "warming" not in told:
            return
        time.sleep(0.2)


def ask(port: int, urls: Sequence[str]) -> Taken:
    """One reader asks for the pages, one after the other, over one connection."""
    taken = Taken()
    asyncio.run(_read(port, urls, taken, lambda: 0.0))
    return taken


def ask_together(port: int, urls: Sequence[str], clients: int, think: float, seed: int) -> Taken:
    """As many readers at a time, each with an order of its own, all in this one thread: threads
    would wait for each other, and the server would seem to be slow."""
    taken = Taken()
    share = max(1, len(urls) // 4)

    async def read(number: int) -> None:
        chooser = random.Random(seed + number)
        own = chooser.sample(list(urls), share)
        await _read(port, own, taken, lambda: chooser.uniform(0, 2 * think))

    async def read_all() -> None:
        await asyncio.gather(*(read(number) for number in range(clients)))

    asyncio.run(read_all())
    return taken


async def _read(port: int, urls: Sequence[str], taken: Taken, pause: Callable[[], float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for url in urls:
        if seconds := pause():
            await asyncio.sleep(seconds)
        started = time.perf_counter()
        writer.write(f"GET {url} HTTP/1.1\r\nHost: local\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            body = await reader.readexactly(int(_LENGTH.findall(head)[0]))
        except (OSError, EOFError, IndexError) as error:
            taken.errors.append(f"{url}: {error!r}")
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            continue
        taken.ms.append((time.perf_counter() - started) * 1_000)
        taken.note(url, head, body)
    writer.close()


def view_costs(
    folder: Path, queries: Sequence[str], others: Sequence[str]
) -> dict[str, tuple[list[float], int]]:
    """Of each view: the CPU time of each query's page in ms, and the bytes of the largest page as sent.

    Each round of a view has an engine of its own, which has answered `others` but none of the queries;
    views take turns, so that a machine which others use is about equally slow to all.
    """
    rounds: dict[str, list[list[float]]] = {name: [] for name in VIEWS}
    largest = dict.fromkeys(VIEWS, 0)
    for name in [*VIEWS] * ROUNDS:
        client = create_app(FixedSource(IndexEngine(folder))).test_client()
        for query in others:
            client.get(VIEWS[name].format(query))
        taken: list[float] = []
        for query in queries:
            started = time.process_time()
            answer = client.get(VIEWS[name].format(query), headers={"Accept-Encoding": "gzip"})
            taken.append((time.process_time() - started) * 1_000)
            assert answer.status_code == 200, query
            largest[name] = max(largest[name], len(answer.data))
        rounds[name].append(taken)
    return {name: (list(map(min, *taken)), largest[name]) for name, taken in rounds.items()}


def tell_views(folder: Path, queries: Sequence[str], others: Sequence[str]) -> None:
    """One line a view: its median, and what that is to the list's."""
    costs = view_costs(folder, queries, others)
    of_list = statistics.median(costs["list"][0])
    for name, (taken, largest) in costs.items():
        cost = statistics.median(taken)
        click.echo(
            f"{name}: p50 {cost:.1f} ms of CPU = {cost / of_list:.2f} x list;"
            f" gzipped at most {largest / 1e3:.1f} kB"
        )


def tell(name: str, taken: Taken, alone: Taken | None = None) -> None:
    """One line of the table."""
    p50 = statistics.median(taken.ms)
    line = f"{name}: {len(taken.ms)} pages, p50 {p50:.1f} ms, p95 {percentile(taken.ms, 95):.1f} ms"
    server = statistics.median(taken.server_ms), percentile(taken.server_ms, 95)
    line += f" (server {server[0]:.1f}, {server[1]:.1f}), worst {max(taken.ms):.1f} ms"
    if alone is not None:
        line += f" = {max(taken.ms) / statistics.median(alone.ms):.1f} x p50 alone"
    line += f"; gzipped {statistics.median(taken.sizes) / 1e3:.1f} kB, most {max(taken.sizes) / 1e3:.1f} kB"
    click.echo(f"{line}; errors {len(taken.errors)} {taken.errors[:1] or ''}")


if __name__ == "__main__":
    main()
