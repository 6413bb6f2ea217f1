"""Pages that other processes make are the same pages."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from flask import Response
from werkzeug.test import TestResponse

from search.local.engine import IndexEngine
from search.source import FixedSource
from tests.web.workers.tools import ON_LINUX, PATIENCE, Front, made_app, until
from web.http.application import Application
from web.http.budgets import WIDE
from web.http.forwarding import FORWARDED
from web.http.turns import AT_ONCE

pytestmark = ON_LINUX


_DURATION = re.compile(rb'"took_ms":[\d.]+')


@pytest.fixture(scope="module", params=[False, True], ids=["open", "guarded"])
def both(index: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Application, Front]]:
    """An application that makes all by itself, and one whose pages workers make."""
    source = FixedSource(IndexEngine(index))
    alone = made_app(source, index, guarded=request.param)
    with Front(made_app(source, index, guarded=request.param), source, index) as front:
        front.wait()
        yield alone, front


def ids(app: Application) -> list[str]:
    found = app.test_client().get("/api/search?sort=year").get_json()
    return [report["id"] for report in found["reports"]]


ADDRESSES = (
    ("/?q=公开", 200),
    ("/?q=公开&year=2020", 200),
    ("/", 200),
    ("/?q=没有这个词", 200),
    ("/?q=(", 400),
    ("/?q=公开&page=x", 400),
    ("/trend?q=满意", 200),
    ("/trend.svg?q=满意", 200),
    ("/concordance?q=满意", 200),
    ("/reports/{0}", 200),
    ("/reports/{0}?q=满意", 200),
    ("/reports/{0}?q=公开", 200),  # without marks, and not to be kept
    ("/api/collocates?q=公开", 504),
    ("/reports/000000000000/0-4/quote", 404),
    ("/reports/{0}/0-4/quote", 200),
    ("/compare?a={0}&b={1}", 200),
    ("/compare?a={0}&b=000000000000", 404),
    ("/api/search?q=公开", 200),
    ("/api/search?q=(", 400),
    ("/api/reports/{0}", 200),
    ("/api/reports/000000000000", 404),
    ("/api/trend?q=满意", 200),
    ("/api/suggest?q=公", 200),
)


ASKED: Mapping[str, Mapping[str, str]] = {
    "plain": {},
    "English": {"Cookie": "gongkai-language=en"},
    "gzip": {"Accept-Encoding": "gzip"},
    "JSON": {"Accept": "application/json"},
    "elsewhere": {"Host": "reports.example.org"},
}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize(("address", "status"), ADDRESSES)
def test_workers_answer_as_the_front_does(
    address: str, status: int, asked: str, both: tuple[Application, Front]
) -> None:
    alone, front = both
    address = address.format(*ids(alone))
    front.made.clear()
    for method in ("HEAD", "GET"):
        ours = alone.test_client().open(address, method=method, headers=ASKED[asked])
        theirs = front.app.test_client().open(address, method=method, headers=ASKED[asked])
        assert theirs.status_code == ours.status_code == status
        assert _told(theirs.headers) == _told(ours.headers)
        assert _said(theirs) == _said(ours)
    assert front.made
    assert all(front.made)


def _said(answered: TestResponse) -> bytes:
    """The body, but for how long it took."""
    packed = "Content-Encoding" in answered.headers and answered.data
    return _DURATION.sub(b"", gzip.decompress(answered.data) if packed else answered.data)


def _told(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is no time, and no size of what tells a time."""
    assert "Server-Timing" in headers
    without = {"Server-Timing", "Date"}
    if headers["Content-Type"] == "application/json":
        without.add("Content-Length")
    return sorted(pair for pair in headers.items() if pair[0] not in without)


def test_a_page_is_kept_here_and_asked_for_once(both: tuple[Application, Front]) -> None:
    client, front = both[1].app.test_client(), both[1]
    first = client.get("/?q=目录")
    front.made.clear()
    assert client.get("/?q=目录").data == first.data
    assert (
        client.get("/?q=目录", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    )
    assert not front.made


def test_only_what_reads_is_forwarded(both: tuple[Application, Front]) -> None:
    rules = {rule.endpoint: rule for rule in both[0].url_map.iter_rules()}
    assert set(rules) >= FORWARDED
    assert not FORWARDED & (WIDE | AT_ONCE)
    for endpoint in FORWARDED:
        assert (rules[endpoint].methods or set()) <= {"GET", "HEAD", "OPTIONS"}


def test_what_is_being_made_for_another_is_waited_for(index: Path) -> None:
    """Of many who ask for one page at once, one asks the workers."""
    app = made_app(FixedSource(IndexEngine(index)), index)
    begun, going_on = Event(), Event()
    made: list[str] = []
    view = app.forwarding.step

    def slow(proceed: Callable[[], Response]) -> Response:
        made.append("page")
        begun.set()
        going_on.wait(PATIENCE)
        return view(proceed)

    app.once._patience = PATIENCE
    app.steps = tuple(slow if step == view else step for step in app.steps)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(lambda: app.test_client().get("/?q=公布"))
        assert begun.wait(PATIENCE)
        others = [pool.submit(lambda: app.test_client().get("/?q=公布")) for _ in range(3)]
        until(lambda: sum(count for _, count in app.once._making.values()) == 4)
        going_on.set()
        pages = [first.result(PATIENCE).data, *(each.result(PATIENCE).data for each in others)]
    assert len(set(pages)) == 1
    assert made == ["page"]
    assert not app.once._making
