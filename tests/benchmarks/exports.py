"""`python -m tests.benchmarks.exports --index DIR`: an export over HTTP, and searches beside it.

Searches (never the same twice, so that none is kept) are timed alone and beside an export, by turns: their
ratio says how much slower an export makes them, on a busy machine too.
"""

from __future__ import annotations

import http.client
import statistics
import time
from itertools import count, permutations
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

import click

from tests.benchmarks.memory import MB, unmapped_bytes
from tests.benchmarks.pages import serving

ROUNDS = 3
SECONDS = 6.0
"""Of searches in a row, alone or beside an export."""
TOPICS = (
    "数字经济",
    "乡村振兴",
    "教育",
    "人工智能",
    "粮食",
    "营商环境",
    "就业",
    "养老",
    "绿色",
    "科技",
)


class Export:
    """A file that is fetched in a thread; what it cost."""

    def __init__(self, address: str, path: str) -> None:
        self.first, self.seconds, self.rows, self.whole = 0.0, 0.0, 0, False
        self.ended = Event()
        self._stop = Event()
        self._address, self._path = address, path
        self._thread = Thread(target=self._fetch)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def join(self) -> None:
        self._thread.join()

    def _fetch(self) -> None:
        connection = http.client.HTTPConnection(self._address)
        began = time.perf_counter()
        connection.request("GET", self._path)
        answer = connection.getresponse()
        piece = answer.read(1)
        self.first = time.perf_counter() - began
        last = piece
        while piece and not self._stop.is_set():
            piece = answer.read(1 << 16)
            self.rows += piece.count(b"\n")
            last = piece or last
        self.seconds = time.perf_counter() - began
        self.whole = not piece and last.rstrip().rsplit(b"\n", 1)[-1][:2] == b"# "
        connection.close()
        self.ended.set()


@click.command()
@click.option("--index", "folder", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--query", default="发展 OR 建设 OR 经济 OR 工作", show_default=True)
@click.option("--form", default="csv", show_default=True)
def main(folder: Path, query: str, form: str) -> None:
    """What an export costs."""
    path = f"/concordance.{form}?q={quote(query)}"
    with serving(folder) as (port, process):
        address = f"127.0.0.1:{port}"
        _search(address, SECONDS)  # what is done for the first time is no search's cost
        before = unmapped_bytes([process])
        export = Export(address, path)
        most = 0
        while not export.ended.wait(0.5):
            most = max(most, unmapped_bytes([process]))
        click.echo(
            f"{export.rows:,} lines in {export.seconds:.1f} s: {export.rows / export.seconds:,.0f} a second, "
            f"first byte {1000 * export.first:.0f} ms, {(most - before) / MB:.0f} MB more, whole: {export.whole}"
        )
        alone, beside = [], []
        for _ in range(ROUNDS):
            alone += _search(address, SECONDS)
            export = Export(address, path)
            beside += _search(address, SECONDS)
            told = export.rows / SECONDS
            export.stop()
            click.echo(f"rows beside searches: {told:,.0f} a second")
        for name, times in (("alone", alone), ("beside", beside)):
            cut = statistics.quantiles(times, n=20)
            click.echo(
                f"searches {name}: {len(times)}, median {1000 * statistics.median(times):.1f} ms, "
                f"19 of 20 below {1000 * cut[-1]:.1f} ms"
            )
        click.echo(f"ratio of medians {statistics.median(beside) / statistics.median(alone):.2f}")


_queries = (f"{a} {b} -甲{number}" for number in count() for a, b in permutations(TOPICS, 2))


def _search(address: str, seconds: float) -> list[float]:
    """Seconds of each search of one reader who asks without a pause."""
    connection = http.client.HTTPConnection(address)
    times: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        began = time.perf_counter()
        connection.request("GET", f"/?q={quote(next(_queries))}")
        connection.getresponse().read()
        times.append(time.perf_counter() - began)
    connection.close()
    return times


if __name__ == "__main__":
    main()
