"""Random runs of the indexer and of saved searches, many of them killed; a process of its own.

Arguments: a folder to work in, the address of a web server, a seed, how many runs. Prints, as JSON, what each
saved search found at first and finds in the end, by title.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from indexer.pipeline.build import build
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.saved import searches
from search.saved.database import Database, saved_path
from search.saved.looking import look
from tests.oracle.scan_engine import ScanEngine
from tests.three_reports import REPORT, edit, touch, write
from web.alerts.run import run

REQUESTS = {
    "三务": SearchRequest(q="三务公开"),
    "党务": SearchRequest(q="党务公开", year_from=2018),
    "没有": SearchRequest(q="党务公开", silent=True),
    "山": SearchRequest(q="title:山"),
}
PLACES = [f"{a}{b}县" for a in "东南西北中" for b in "山川河湖"]
STEP = 100_000
"""Seconds from one run to the next: whatever failed is due again."""
_KILLED = 9
_WRITES = ("os.rename", "os.remove", "os.truncate", "os.mkdir", "http.client.connect",
    "http.client.send", "smtplib.connect", "smtplib.send")  # fmt: skip


@dataclass
class Trial:
    """A corpus, its index, and how many steps the last run took that was not killed."""

    corpus: Path
    folder: Path
    draw: random.Random
    steps: int = 60
    kills: int = 0

    def change(self) -> None:
        """Write, edit, move, copy or remove some reports."""
        for _ in range(self.draw.randint(1, 3)):
            files = sorted(self.corpus.rglob("*.txt"))
            path = self.corpus / self.draw.choice(("", "甲", "乙")) / self.draw.choice(PLACES)
            path, one = path.with_suffix(".txt"), self.draw.choice(files) if files else None
            how = self.draw.randrange(5)
            if one is None or how < 2:
                if not any(file.name == path.name for file in files):
                    write(path, REPORT.format(place=path.stem))
            elif how == 2:
                edit(one)
            elif how == 3:
                one.unlink()
            else:
                target = self.corpus / "丙" / one.name
                target.parent.mkdir(exist_ok=True)
                one.replace(target)
                touch(target)

    def run(self, now: int) -> None:
        """A run that may be killed, at a step drawn from those that the last one took."""
        deadline = self.draw.randint(1, self.steps + self.steps // 4)
        read, written = os.pipe()
        child = os.fork()
        if not child:
            self._child(now, deadline, written)
        os.close(written)
        with os.fdopen(read) as told:
            steps = told.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, _KILLED), code
        if code == 0:
            self.steps = int(steps)
        self.kills += code == _KILLED

    def _child(self, now: int, deadline: int, told: int) -> NoReturn:
        """Ends before the step of that number: a write, an SQL statement, a piece sent."""
        code = 1
        try:
            steps = _count(deadline)
            self.update(now)
            os.write(told, str(len(steps)).encode())
            code = 0
        finally:
            os._exit(code)

    def update(self, now: int) -> None:
        build(self.corpus, self.folder, jobs=1, clock=lambda: now)
        run(self.folder, IndexEngine, lambda: now)


def _count(deadline: int) -> list[str]:
    steps: list[str] = []

    def step(event: str, arguments: tuple[object, ...] = ()) -> None:
        opens = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_ACCMODE
        if opens or event in _WRITES or event == "sql":
            steps.append(event)
            if len(steps) == deadline:
                os._exit(_KILLED)

    connect = sqlite3.connect

    def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
        opened = connect(*arguments, **options)
        opened.set_trace_callback(lambda _: step("sql"))
        return opened

    sqlite3.connect = traced  # type: ignore[assignment]
    sys.addaudithook(step)
    return steps


def titles(folder: Path) -> dict[str, list[str]]:
    """What the scan finds, which no part of the engine has a hand in."""
    scan = ScanEngine.of_index(folder)
    return {
        name: sorted(hit.title for hit in scan.every_report(request))
        for name, request in REQUESTS.items()
    }


def main(work: Path, webhook: str, seed: int, runs: int) -> None:
    draw = random.Random(seed)
    trial = Trial(work / "corpus", work / "index", draw)
    for place in PLACES[:4]:
        write(trial.corpus / f"{place}.txt", REPORT.format(place=place))
    trial.update(STEP)
    database = Database(saved_path(trial.folder))
    engine = IndexEngine(trial.folder)
    for number, (name, request) in enumerate(REQUESTS.items(), 1):
        searches.add(database, name, request, look(engine, request), STEP)
        searches.add_target(database, number, "webhook", webhook, "")
        searches.add_target(database, number, "mail", f"reader{number}@example.org", "")
    first = titles(trial.folder)
    for number in range(2, runs + 2):
        trial.change()
        trial.run(number * STEP)
    now = (runs + 2) * STEP
    while any(target.waiting for target in searches.targets(database)) or now == (runs + 2) * STEP:
        trial.update(now)
        now += STEP
    shape = {"first": first, "last": titles(trial.folder), "kills": trial.kills}
    print(json.dumps(shape, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
