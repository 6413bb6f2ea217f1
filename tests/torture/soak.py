"""A server that many ask at once while its index changes; each answer is compared with the scan; by hand:

    python -m tests.torture.soak CORPUS EMPTY_FOLDER --clients 200 --minutes 10 --every 20

The corpus is copied. Every so many seconds some of its reports say all phrases once more, one goes and one comes
back, and it is indexed anew: so every phrase has another number of hits in each generation, and an answer that is
of none is seen. What is right is counted after each run, and answers are judged at the end. Prints what was asked,
what failed, what was wrong, how late the server was with a generation, and the MB that its processes hold.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import time
from collections import Counter, deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from threading import Event
from typing import Any, NamedTuple
from urllib.parse import quote
from urllib.request import urlopen

from indexer.store.manifest import current_generation
from indexer.text.fold import fold
from tests.benchmarks.memory import MB, of_all
from tests.benchmarks.pages import serving
from tests.torture.changing import Changing
from tests.torture.scanned import Answer

THINK = 4.0
"""Mean seconds between two questions of a client."""
SHOWN = 20
_TOTALS = re.compile(
    r'class="totals">\s*<p><b>([\d,]+)</b> 份.*?</p>\s*<p class="quiet">([\d,]+) 个章节 · ([\d,]+) 处',
    re.DOTALL,
)
_LENGTH = re.compile(r"(?im)^content-length: (\d+)")


class Asked(NamedTuple):
    """A question about a phrase, by its number: when (seconds) it was asked and answered, the status, and the
    answer where it was JSON."""

    phrase: int
    way: str
    began: float
    ended: float
    status: int
    told: Any


@dataclass(slots=True)
class Outcome:
    """What became of it. `generations`: how many there were, `seen`: of how many an answer came; `back`: answers
    of an earlier generation than one that the server had answered from before; `latest_s`: seconds from the
    beginning of a run to the last question that was answered without what it brought."""

    asked: int = 0
    errors: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    generations: int = 0
    seen: int = 0
    back: int = 0
    latest_s: float = 0.0
    p50_ms: float = 0.0
    p99_ms: float = 0.0
    mb_at_minute_two: float = 0.0
    mb_at_the_end: float = 0.0
    mb: list[int] = field(default_factory=list)


async def _client(
    port: int, phrases: Sequence[str], seed: int, stop: Event, think: float
) -> list[Asked]:
    chooser = random.Random(seed)
    ways = ("search", "search", "search", "hits", "trend", "page")
    asked: list[Asked] = []
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    last = False
    while not last:
        await asyncio.sleep(chooser.uniform(0, 2 * think))
        last = stop.is_set()
        phrase, way = chooser.randrange(len(phrases)), chooser.choice(ways)
        url = _address(way, phrases[phrase])
        began = time.monotonic()
        try:
            writer.write(f"GET {url} HTTP/1.1\r\nHost: local\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            body = await reader.readexactly(int(_LENGTH.findall(head)[0]))
        except (OSError, EOFError, IndexError) as error:
            asked.append(Asked(phrase, way, began, time.monotonic(), 0, repr(error)))
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            continue
        ended, status = time.monotonic(), int(head.split()[1])
        asked.append(Asked(phrase, way, began, ended, status, _told(way, status, body)))
    writer.close()
    return asked


def _address(way: str, phrase: str) -> str:
    q = quote(f"“{phrase}”")
    if way == "page":
        return f"/?q={q}"
    if way == "trend":
        return f"/api/trend?q={q}"
    return f"/api/search?q={q}&size={SHOWN}&passages=2" + ("&sort=hits" if way == "hits" else "")


def _told(way: str, status: int, body: bytes) -> Any:
    if status != 200:
        return body[:300].decode(errors="replace")
    return body.decode() if way == "page" else json.loads(body)


def is_right(asked: Asked, phrase: str, answer: Answer) -> bool:
    """Whether it is what the scan finds in one generation."""
    if asked.way == "page":
        told = (
            int(each.replace(",", "")) for found in _TOTALS.findall(asked.told) for each in found
        )
        return tuple(told) == answer[:3]
    if asked.way == "trend":
        years = {each["year"]: each["matching"] for each in asked.told["years"] if each["matching"]}
        return years == answer.years
    total = asked.told["total"]
    if (total["reports"], total["sections"], total["hits"]) != answer[:3]:
        return False
    hits = {each["id"]: each["hits"] for each in asked.told["reports"]}
    if len(hits) != min(SHOWN, answer.reports) or not hits.items() <= answer.by_report.items():
        return False
    if asked.way == "hits" and list(hits.values()) != answer.most[:SHOWN]:
        return False
    return all(
        fold(part["text"]) == fold(phrase)
        for each in asked.told["reports"]
        for passage in each["passages"]
        for part in passage["fragments"]
        if part["hit"]
    )


def judged(every: Sequence[Asked], changing: Changing) -> Outcome:
    outcome = Outcome(asked=len(every), generations=len(changing.generations))
    seen: list[tuple[Asked, list[int]]] = []
    for one in every:
        if one.status != 200:
            outcome.errors.append(f"{one.way} {one.status} {one.told}"[:300])
            continue
        of = _generations(one, changing)
        if not of:
            outcome.wrong.append(f"{one.way} {changing.phrases[one.phrase]} {str(one.told)[:300]}")
        else:
            seen.append((one, of))
    taken = sorted(one.ended - one.began for one in every if one.status == 200)
    outcome.seen = len({of[0] for _, of in seen if len(of) == 1})
    outcome.back = _back(seen)
    starts = [began for began, _ in changing.generations[1:]]
    late = [one.began - starts[of[-1]] for one, of in seen if of[-1] < len(starts)]
    outcome.latest_s = round(max(late, default=0.0), 1)
    outcome.p50_ms = round(taken[len(taken) // 2] * 1_000, 1)
    outcome.p99_ms = round(taken[len(taken) * 99 // 100] * 1_000, 1)
    return outcome


def _back(seen: Sequence[tuple[Asked, list[int]]]) -> int:
    """How many were asked after another one was answered, and answered from an earlier generation."""
    newest, back = 0, 0
    ended = deque(sorted((one.ended, of[0]) for one, of in seen))
    for one, of in sorted(seen, key=lambda each: each[0].began):
        while ended[0][0] < one.began:
            newest = max(newest, ended.popleft()[1])
        back += of[-1] < newest
    return back


def _generations(one: Asked, changing: Changing) -> list[int]:
    """The generations, of those that were begun by then, whose answer it is: of some phrases and ways, several."""
    return [
        number
        for number, (began, answers) in enumerate(changing.generations)
        if began <= one.ended and is_right(one, changing.phrases[one.phrase], answers[one.phrase])
    ]


def soak(
    changing: Changing, clients: int, seconds: float, every: float, think: float = THINK
) -> Outcome:
    """Ask for so many seconds, and change the index each time so many have passed: once at least. Every client
    asks once more when the server has taken up the last generation."""
    with serving(changing.index) as (port, process):
        stop = Event()
        beside = _Beside(changing, process, port, stop)
        with ThreadPoolExecutor(2) as pool:
            parts = [pool.submit(beside.change, seconds, every), pool.submit(beside.measure)]
            asked = asyncio.run(_all(port, changing.phrases, clients, stop, think))
            for part in parts:
                part.result()
    outcome = judged(asked, changing)
    early = [mb for at, mb in beside.memory if 90 <= at <= 150] or [beside.memory[0][1]]
    late = [mb for at, mb in beside.memory if at >= seconds - 60]
    outcome.mb_at_minute_two, outcome.mb_at_the_end = median(early), median(late or early)
    outcome.mb = [round(mb) for _, mb in beside.memory]
    return outcome


class _Beside:
    """What goes on beside the clients."""

    def __init__(self, changing: Changing, process: int, port: int, stop: Event) -> None:
        self.memory: list[tuple[float, float]] = []
        self._changing, self._process, self._port, self._stop = changing, process, port, stop
        self._started = time.monotonic()

    def change(self, seconds: float, every: float) -> None:
        """Until the time is over and the server has taken up what was changed last."""
        try:
            while self._passed < seconds or len(self._changing.generations) == 1:
                time.sleep(every - self._passed % every)
                self._changing.change()
            while self._served() != current_generation(self._changing.index):
                time.sleep(0.2)
        finally:
            self._stop.set()

    def measure(self) -> None:
        while not self.memory or not self._stop.wait(5.0):
            self.memory.append((self._passed, of_all(self._process) / MB))

    @property
    def _passed(self) -> float:
        return time.monotonic() - self._started

    def _served(self) -> str:
        with urlopen(f"http://127.0.0.1:{self._port}/healthz") as answer:
            return str(json.load(answer)["generation"])


async def _all(
    port: int, phrases: Sequence[str], clients: int, stop: Event, think: float
) -> list[Asked]:
    every = await asyncio.gather(
        *(_client(port, phrases, seed, stop, think) for seed in range(clients))
    )
    return [one for asked in every for one in asked]


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--clients", type=int, default=200)
    arguments.add_argument("--minutes", type=float, default=10.0)
    arguments.add_argument("--every", type=float, default=20.0)
    arguments.add_argument("--phrases", type=int, default=30)
    arguments.add_argument("--think", type=float, default=THINK)
    given = arguments.parse_args()
    changing = Changing(given.corpus, given.folder, given.phrases)
    outcome = soak(changing, given.clients, given.minutes * 60, given.every, given.think)
    for kind, told in (("error", outcome.errors), ("wrong", outcome.wrong)):
        for what, count in Counter(told).most_common(10):
            print(kind, count, what)
    print(
        json.dumps(asdict(outcome) | {"errors": len(outcome.errors), "wrong": len(outcome.wrong)})
    )


if __name__ == "__main__":
    main()
