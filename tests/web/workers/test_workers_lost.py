"""Whichever of the processes dies, readers are answered."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search.local.engine import IndexEngine
from search.source import FixedSource
from tests.web.workers.tools import ON_LINUX, PATIENCE, Front, made_app, runs, until

pytestmark = ON_LINUX


@pytest.fixture
def stopped(front: Front) -> Iterator[list[int]]:
    """The workers, which stand still: whoever asks, waits."""
    front.wait()
    numbers = front.crew.numbers
    for number in numbers:
        os.kill(number, signal.SIGSTOP)
    yield numbers
    for number in numbers:
        if number in front.crew.numbers:
            os.kill(number, signal.SIGCONT)


def test_a_worker_that_dies_at_a_request_costs_time_alone(front: Front, stopped: list[int]) -> None:
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(lambda: front.app.test_client().get("/?q=每月"))
        until(lambda: front.crew.busy)
        for number in stopped:  # whichever it is at: one is killed and the other goes on
            if busy_at(front, number):
                os.kill(number, signal.SIGKILL)
            else:
                os.kill(number, signal.SIGCONT)
        assert asked.result(PATIENCE).status_code == 200
    assert front.made[-1]
    until(lambda: len(set(front.crew.numbers) - set(stopped)) == 1)
    front.wait()


def busy_at(front: Front, number: int) -> int:
    return next(worker.busy for worker in front.crew._workers if worker.number == number)


def test_a_request_of_which_two_die_is_not_made_here(front: Front, stopped: list[int]) -> None:
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(lambda: front.app.test_client().get("/api/search?q=群众"))
        for _ in stopped:
            until(
                lambda: any(busy_at(front, each) for each in front.crew.numbers if each in stopped)
            )
            at = next(
                each for each in front.crew.numbers if each in stopped and busy_at(front, each)
            )
            os.kill(at, signal.SIGKILL)
            until(lambda gone=at: gone not in front.crew.numbers)  # type: ignore[misc]
        answered = asked.result(PATIENCE)
    assert answered.status_code == 503
    assert answered.get_json()["error"]["code"] == "lost_workers"
    front.wait()
    assert front.app.test_client().get("/api/search?q=群众").status_code == 200
    assert front.made[-1]


def test_a_worker_that_died_unasked_is_not_missed(front: Front) -> None:
    front.wait()
    numbers = front.crew.numbers
    for number in numbers:
        os.kill(number, signal.SIGKILL)
    until(lambda: not any(Path(f"/proc/{number}").exists() for number in numbers))
    for word in ("公布", "及时", "问题", "情况"):
        assert front.app.test_client().get(f"/?q={word}").status_code == 200
    until(lambda: len(set(front.crew.numbers) - set(numbers)) == 2)


def test_a_keeper_that_dies_takes_its_workers_along(index: Path) -> None:
    source = FixedSource(IndexEngine(index))
    with Front(made_app(source, index), source, index) as front:
        front.wait()
        numbers = front.crew.numbers
        os.kill(front.crew.keeper, signal.SIGKILL)
        until(lambda: front.crew.ended)
        assert front.app.test_client().get("/?q=公布").status_code == 200
    until(lambda: not any(map(runs, numbers)))


def test_all_end_with_the_front(index: Path) -> None:
    command = [sys.executable, "-u", "-m", "gongkai", "serve", "--index", str(index), "--port", "0"]
    with subprocess.Popen(
        [*command, "--processes", "2"], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout
            address = server.stdout.readline().split("：")[1].split("（")[0]
            until(lambda: "warming" not in asked_for(f"{address}healthz"))
            keepers = children(server.pid)
            until(lambda: len(children(*keepers)) == 3)  # one of them for what is heavy
            workers = children(*keepers)
            assert "reports" in asked_for(f"{address}api/search?q=%E5%85%AC%E5%BC%80")
            server.kill()
            server.wait(PATIENCE)
        finally:
            server.kill()
    until(lambda: not any(map(runs, (*keepers, *workers))))


def asked_for(url: str) -> dict[str, object]:
    with urllib.request.urlopen(url, timeout=PATIENCE) as answered:
        told: dict[str, object] = json.loads(answered.read())
        return told


def children(*numbers: int) -> list[int]:
    told = [path for number in numbers for path in Path(f"/proc/{number}/task").glob("*/children")]
    return [int(child) for each in told for child in each.read_text("ascii").split()]
