"""Readers of a running server, alone and beside connections that drip or idle; by hand:

    gongkai serve --index INDEX --port 8123 &
    python -m tests.torture.slow 8123 --slow 1000 --readers 20 --requests 50

Prints ms (median, 99 of 100, most) and how many requests failed. Needs a limit of open files above the number
of connections (`ulimit -n`).
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import random
import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from urllib.parse import quote
from urllib.request import urlopen

QUERIES = (
    "公开",
    "营商环境",
    "乡村振兴",
    "放管服",
    "三农",
    "一带一路",
    "雄安新区",
    "河长制",
    "供给侧",
)
HEAD = b"GET /?q=x HTTP/1.1\r\nHost: local\r\nX-Slow: "
DRIPS = 1.0
"""Seconds between two bytes of a connection."""


class Slow:
    """Connections of which half sends a byte a second, and half nothing; one that is ended begins anew."""

    def __init__(self, port: int, count: int) -> None:
        self.ended = 0
        self._port = port
        self._open: list[socket.socket | None] = [None] * count
        self._stop = Event()
        self._thread = Thread(target=self._run)

    @property
    def open(self) -> int:
        """How many there are."""
        return sum(each is not None for each in self._open)

    def __enter__(self) -> Slow:
        for number in range(len(self._open)):
            self._renew(number)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        for each in self._open:
            if each is not None:
                each.close()

    def _renew(self, number: int) -> None:
        before = self._open[number]
        if before is not None:
            before.close()
            self._open[number] = None
        with contextlib.suppress(OSError):
            each = socket.create_connection(("127.0.0.1", self._port), timeout=10)
            if number % 2:
                each.sendall(HEAD)
            each.setblocking(False)
            self._open[number] = each

    def _run(self) -> None:
        while not self._stop.is_set():
            round_began = time.monotonic()
            for number, each in enumerate(self._open):
                if self._stop.is_set():
                    return
                if each is None or self._is_ended(each, number):
                    self.ended += 1
                    self._renew(number)
                time.sleep(DRIPS / len(self._open) / 2)
            self._stop.wait(max(0.0, round_began + DRIPS - time.monotonic()))

    def _is_ended(self, each: socket.socket, number: int) -> bool:
        try:
            if number % 2:
                each.send(b"x")
            return each.recv(1) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True


def get(port: int, url: str) -> float:
    """Seconds that a page took, over a connection of its own; -1 where it failed."""
    began = time.perf_counter()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", url)
        answer = connection.getresponse()
        answer.read()
        connection.close()
    except OSError:
        return -1.0
    return time.perf_counter() - began if answer.status == 200 else -1.0


def read(port: int, seed: int, requests: int) -> list[float]:
    """Seconds of each request of a reader; -1 where it failed."""
    drawn = random.Random(seed)
    taken = []
    for _ in range(requests):
        taken.append(get(port, f"/?q={quote(drawn.choice(QUERIES))}"))
        time.sleep(drawn.random() / 5)
    return taken


def warm(port: int) -> None:
    """Wait until the server is as quick as it gets, and has made what readers ask for."""
    while b'"warming"' in urlopen(f"http://127.0.0.1:{port}/healthz").read():
        time.sleep(0.2)
    read(port, 0, 4 * len(QUERIES))


def readers(port: int, count: int, requests: int) -> dict[str, float]:
    with ThreadPoolExecutor(count) as pool:
        every = list(pool.map(lambda seed: read(port, seed, requests), range(count)))
    return figures([one for each in every for one in each])


def figures(asked: Sequence[float]) -> dict[str, float]:
    """What was asked for, how much of it failed, and ms: median, 99 of 100, most."""
    taken = sorted(one for one in asked if one >= 0)
    at = {"p50": len(taken) // 2, "p99": len(taken) * 99 // 100, "most": len(taken) - 1}
    ms = {name: round(taken[number] * 1_000, 1) for name, number in at.items() if taken}
    return {"asked": len(asked), "failed": len(asked) - len(taken), **ms}


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("port", type=int)
    arguments.add_argument("--slow", type=int, default=1_000)
    arguments.add_argument("--readers", type=int, default=20)
    arguments.add_argument("--requests", type=int, default=50)
    given = arguments.parse_args()
    warm(given.port)
    print(json.dumps({"alone": readers(given.port, given.readers, given.requests)}), flush=True)
    with Slow(given.port, given.slow) as slow:
        print(json.dumps({"beside": readers(given.port, given.readers, given.requests)}))
    print(json.dumps({"slow connections that were ended": slow.ended}))


if __name__ == "__main__":
    main()
