"""`gongkai serve` beside connections that drip and idle: every reader is answered."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.torture.slow import Slow, readers, warm

ALL = bool(os.environ.get("GONGKAI_TORTURE"))
SLOW, READERS, REQUESTS = (1_000, 20, 150) if ALL else (200, 5, 10)
"""Of all, long enough that connections are ended by their time (web/terminal/connections.py)."""


@pytest.fixture
def port(samples_index: Path) -> Iterator[int]:
    """That of a server of the samples, in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "gongkai",
        "serve",
        "--index",
        str(samples_index),
        "--port",
        "0",
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", server.stdout.readline())
        assert found
        yield int(found[1])
        server.terminate()


def test_readers_are_answered_beside_a_thousand_slow_connections(port: int) -> None:
    warm(port)
    alone = readers(port, READERS, REQUESTS)
    with Slow(port, SLOW) as slow:
        beside = readers(port, READERS, REQUESTS)
    print(f"alone {alone}\nbeside {SLOW} {beside}\nended {slow.ended}")
    assert alone["failed"] == beside["failed"] == 0
    assert slow.open == SLOW
    assert slow.ended or not ALL
