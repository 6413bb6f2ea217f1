"""One file that hangs, crashes or eats memory costs itself alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.messages import Message
from indexer.pipeline.pool import Limits, Pool
from tests.bad_readers import Told, on

LIMITS = Limits(seconds=1.0, memory=256 << 20)
SLOW = Message("reader_slow", seconds=1)
CRASHED = Message("reader_crashed")
MEMORY = Message("reader_memory", most=256)


def lost(task: object, reason: Message) -> Told:
    return task, reason


def results(tasks: list[object], jobs: int = 2) -> list[Told]:
    return list(Pool(on, lost, jobs, LIMITS).results(tasks))


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    tasks = [5, 0, 200, 1, *range(40)]
    assert results([*tasks], jobs) == [(n, i) for n in tasks for i in range(n)]


@pytest.mark.parametrize(
    ("task", "before", "reason"),
    [
        ("hang", [0], SLOW),
        ("hang in C", [], SLOW),
        ("spin", [], SLOW),
        ("exit", [], CRASHED),
        ("abort", [0], CRASHED),
        pytest.param("raise", [], CRASHED, marks=pytest.mark.filterwarnings("ignore")),
        pytest.param(
            "eat",
            [],
            MEMORY,
            marks=pytest.mark.skipif(sys.platform != "linux", reason="no limit of memory there"),
        ),
    ],
)
def test_what_is_lost_costs_nothing_else(task: str, before: list[int], reason: Message) -> None:
    told = [*((task, number) for number in before), (task, reason)]
    assert results([1, task, 1, task, 2]) == [(1, 0), *told, (1, 0), *told, (2, 0), (2, 1)]


def test_a_process_that_was_ended_is_no_fault_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "tried"
    assert results([1, path, 1], 1) == [(1, 0), (path, 0), (1, 0)]


def test_a_reader_has_its_time_for_every_page() -> None:
    found = Pool(on, lost, 1, Limits(seconds=2.0)).results(["pages", 1])
    assert list(found) == [("pages", 6), (1, 0)]


def test_much_that_waits_for_its_turn_is_not_gathered() -> None:
    pool = Pool(on, lost, 2, LIMITS)
    found = pool.results(["hang", 20_000, 1])
    assert next(found) == ("hang", 0)
    assert next(found) == ("hang", SLOW)
    assert len(pool._waiting[0].results) < 100
    assert sum(1 for _ in found) == 20_001


def test_the_processes_end_when_nobody_wants_more() -> None:
    pool = Pool(on, lost, 2, LIMITS)
    found = pool.results([1] * 10)
    next(found)
    found.close()
    assert not multiprocessing.active_children()


SCRIPT = """
from indexer.pipeline.pool import Limits, Pool
from tests.bad_readers import on
if __name__ == "__main__":
    for told in Pool(on, lambda *lost: lost, 1, Limits(seconds=1.0)).results(["nap"]):
        print(told, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no process is stopped there")
def test_what_was_stopped_for_a_while_is_not_slow(tmp_path: Path) -> None:
    """As by Ctrl-Z, which stops all processes of a terminal's job."""
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.Popen(
        [sys.executable, tmp_path / "script.py"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    with run:
        assert run.stdout is not None
        first = run.stdout.readline()
        os.killpg(run.pid, signal.SIGSTOP)
        time.sleep(5)  # longer than a file may take by the clock, four times a second
        os.killpg(run.pid, signal.SIGCONT)
        assert [first, *run.stdout] == ["('nap', 0)\n", "('nap', 1)\n"]
