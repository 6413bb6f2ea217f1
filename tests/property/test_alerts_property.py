"""Whatever is killed, refused or cut off: each saved search tells each report exactly once."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.depth import DEEP
from tests.receivers import receivers

RUNS = 50 if DEEP else 12
SEEDS = range(3 if DEEP else 1)
_TITLE = re.compile("· (.*)")
_WHAT = {"新增": "new", "有改动": "changed", "不再命中": "gone"}
_HEAD = re.compile(r"(新增|有改动|不再命中) \d+")
Event = tuple[str, str]


@pytest.mark.parametrize("seed", SEEDS)
def test_told_exactly_once(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    with receivers(lambda: draw.choice(("ok", "ok", "ok", "refuse", "drop"))) as taken:
        command = [sys.executable, "-m", "tests.alert_kills", tmp_path, taken.webhook]
        done = subprocess.run(
            [*map(str, command), str(seed), str(RUNS)],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, **taken.environment, "PYTHONIOENCODING": "utf-8"},
        )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["kills"] > RUNS // 4
    by_search = events_of(taken.bodies())
    for number, name in enumerate(told["first"], 1):
        check_once(told["first"][name], told["last"][name], by_search.get(name, []))
        mailed = [
            e
            for to, text in taken.texts()
            if to.startswith(f"reader{number}@")
            for e in events_in(text)
        ]
        assert Counter(mailed) == Counter(by_search.get(name, [])), name
    check_again(taken.posts)


def check_once(first: list[str], last: list[str], events: list[Event]) -> None:
    """New is what was not there, changed or gone what was; what is there in the end was all told."""
    there = set(first)
    for what, title in events:
        assert (title in there) == (what != "new"), (what, title)
        if what == "new":
            there.add(title)
        elif what == "gone":
            there.remove(title)
    assert there == set(last)
    assert len(last) == len(there)


def check_again(posts: list[tuple[dict[str, str], bytes]]) -> None:
    """What came again under its id is the same."""
    bodies: dict[str, bytes] = {}
    for headers, body in posts:
        assert bodies.setdefault(headers["Gongkai-Id"], body) == body


def events_of(bodies: list[dict[str, Any]]) -> dict[str, list[Event]]:
    """By search, in the order in which they were found out; in one message what is gone first."""
    found: dict[str, list[Event]] = {}
    for body in sorted(bodies, key=lambda body: str(body["at"])):
        reports = sorted(body["reports"], key=lambda report: str(report["what"] != "gone"))
        events = [(report["what"], report["title"]) for report in reports]
        found.setdefault(body["search"]["name"], []).extend(events)
    return found


def events_in(text: str) -> list[Event]:
    """What a mail tells."""
    found: list[Event] = []
    what = ""
    for line in text.splitlines():
        if head := _HEAD.fullmatch(line):
            what = _WHAT[head[1]]
        elif title := _TITLE.fullmatch(line):
            found.append((what, title[1]))
    return found
