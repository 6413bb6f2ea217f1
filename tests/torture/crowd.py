"""Readers of a server, alone, then beside all that could slow them down at once; by hand:

    python -m tests.torture.crowd INDEX --slow 1000 --heavy 100 --readers 20 --requests 60

Beside them are connections that drip or idle, as many heavy queries a minute, and an export that never ends. Every
page that a reader asks for is asked for the first time. Prints ms (median, 99 of 100, most) and what failed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from random import Random
from threading import Event, Thread
from urllib.parse import quote
from urllib.request import urlopen

from search.local.engine import IndexEngine
from tests.benchmarks.memory import in_child
from tests.benchmarks.pages import draw, serving
from tests.torture.slow import Slow, figures, get
from web.urls import search_url

_COMMON = "发展建设工作社会经济推进加强全面实施服务管理改革创新项目企业"
WAYS = ("/", "/concordance", "/api/search", "/api/trend", "/trend")


def heavy(chooser: Random) -> str:
    """An address that costs more than a request may."""
    near = (f"{chooser.choice(_COMMON)} NEAR/200 {chooser.choice(_COMMON)}" for _ in range(49))
    literal = chooser.random() < 0.3
    q = " OR ".join(_COMMON if literal else near)
    return f"{chooser.choice(WAYS)}?q={quote(q)}" + ("&literal=1" if literal else "")


class Heavy:
    """Heavy queries, so many a minute, whatever becomes of those before; `statuses` counts the answers."""

    def __init__(self, port: int, a_minute: int) -> None:
        self.statuses: Counter[int] = Counter()
        self._port, self._pause = port, 60 / a_minute
        self._stop = Event()
        self._thread = Thread(target=self._run)

    def __enter__(self) -> Heavy:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        chooser = Random(4)
        with ThreadPoolExecutor(50) as pool:
            while not self._stop.wait(self._pause):
                pool.submit(self._ask, heavy(chooser))

    def _ask(self, url: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        connection.request("GET", url)
        answer = connection.getresponse()
        answer.read()
        self.statuses[answer.status] += 1
        connection.close()


@contextmanager
def export(port: int) -> Iterator[Counter[str]]:
    """Every hit of a common word as CSV, read as fast as it comes, again and again: bytes and files so far."""
    stop, read = Event(), Counter[str]()

    def run() -> None:
        for number in count():
            with urlopen(
                f"http://127.0.0.1:{port}/concordance.csv?q={quote('发展')}&size={number % 90 + 10}"
            ) as answer:
                while data := answer.read(1 << 16):
                    read["bytes"] += len(data)
                    if stop.is_set():
                        return
            read["files"] += 1

    thread = Thread(target=run)
    thread.start()
    try:
        yield read
    finally:
        stop.set()
        thread.join()


def readers(port: int, urls: Sequence[str], number: int, seed: int) -> dict[str, float]:
    """So many readers share the pages, and read for a moment before each: they do not all begin at once."""

    def read(own: Sequence[str], seed: int) -> list[float]:
        chooser, taken = Random(seed), []
        for url in own:
            time.sleep(chooser.uniform(0, 2))
            taken.append(get(port, url))
        return taken

    shares = [urls[at::number] for at in range(number)]
    with ThreadPoolExecutor(number) as pool:
        every = list(pool.map(read, shares, range(seed, seed + number)))
    return figures([one for each in every for one in each])


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("index", type=Path)
    arguments.add_argument("--slow", type=int, default=1_000)
    arguments.add_argument("--heavy", type=int, default=100)
    arguments.add_argument("--readers", type=int, default=20)
    arguments.add_argument("--requests", type=int, default=60)
    given = arguments.parse_args()
    number = given.readers * given.requests
    urls = [search_url(each) for each in draw(IndexEngine(given.index), 2 * number + 40, 6)]
    with serving(given.index) as (port, _):
        for url in urls[2 * number :]:
            get(port, url)
        alone = in_child(readers, port, urls[:number], given.readers, 1)
        print("alone", json.dumps(alone), flush=True)
        with Slow(port, given.slow) as slow, Heavy(port, given.heavy) as asked, export(port) as out:
            beside = in_child(readers, port, urls[number : 2 * number], given.readers, 2)
            print("beside", json.dumps(beside), flush=True)
        print("heavy", dict(asked.statuses), "slow ended", slow.ended, "exported", dict(out))


if __name__ == "__main__":
    main()
