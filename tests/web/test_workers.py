"""Pages that other processes make are the same pages; whichever of those dies, readers are answered."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from flask import Response
from werkzeug.test import TestResponse

from indexer.pipeline.build import build
from indexer.store.corpus_note import noted_corpus
from search.budget import Limits
from search.local.engine import IndexEngine
from search.local.live import LiveSource, warmed
from search.saved.database import Database, saved_path
from search.source import EngineSource, FixedSource
from web import writing
from web.app import create_app
from web.guard import here
from web.http import turns
from web.http.application import Application
from web.http.budgets import WIDE
from web.http.forwarding import FORWARDED, Asked, Made
from web.http.turns import AT_ONCE
from web.workers.crew import Crew
from web.workers.following import Following
from web.workers.setup import setup_of
from web.workers.wire import LostError, channel, lane, receive, send, told
from web.workers.worker import DECLINED, HEAVY, answer

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="workers are forked, on Linux alone"
)

PATIENCE = 60.0  # seconds
TEXT = "甲县{}政务公开工作年度报告\n一、总体情况\n每月公布“三务”公开的目录。群众满意。\n二、存在问题\n公开不够及时。\n"
LIMITS = Limits(memory=500, marks=2)
"""公开 has more marks, and neighbours take more bytes."""
_DURATION = re.compile(rb'"took_ms":[\d.]+')


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That of three reports, two of which are alike."""
    folder = tmp_path_factory.mktemp("workers")
    add(folder, 2019, 2020, 2021)
    return folder / "index"


def add(folder: Path, *years: int) -> None:
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for year in years:
        (corpus / f"{year}.txt").write_text(TEXT.format(f"{year}年"), "utf-8")
    build(corpus, folder / "index", jobs=1)


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


class Front:
    """An application with workers, and what these answered."""

    def __init__(
        self,
        app: Application,
        source: EngineSource,
        folder: Path,
        count: int = 2,
        leaves: float = turns.HEAVY,
    ) -> None:
        setup = replace(setup_of(app, warmed, folder, None), leaves=leaves)
        self.app = app
        self.count = count
        self.following = Following(source, lambda state: Crew(setup, state, count), every=0.02)
        self.made: list[Made | None] = []
        app.forwarding.workers = self

    def __enter__(self) -> Front:
        self.following.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self.following.__exit__(None, None, None)

    @property
    def coming(self) -> bool:
        return self.following.coming

    def ask(self, asked: Asked, *, heavy: bool = False) -> Made | None:
        self.made.append(None)
        made = self.following.ask(asked, heavy=heavy)
        self.made[-1] = made
        return made

    @property
    def crew(self) -> Crew:
        assert self.following.crew
        return self.following.crew

    def wait(self) -> None:
        """Until all workers are there."""
        until(lambda: self.following.crew and len(self.crew.numbers) == self.count)


def letting_in() -> None:
    here.let_in("li")


def made_app(source: EngineSource, folder: Path, *, guarded: bool = False) -> Application:
    saved = Database(saved_path(folder))
    app = create_app(
        source,
        letting_in if guarded else None,
        corpus=lambda: noted_corpus(folder),
        saved=saved,
        limits=LIMITS,
    )
    writing.use_token(app, "0" * 32)
    if guarded:
        app.extensions[here.EXTENSION] = letting_in
    return app


@pytest.fixture(scope="module", params=[False, True], ids=["open", "guarded"])
def both(index: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Application, Front]]:
    """An application that makes all by itself, and one whose pages workers make."""
    source = FixedSource(IndexEngine(index))
    alone = made_app(source, index, guarded=request.param)
    with Front(made_app(source, index, guarded=request.param), source, index) as front:
        front.wait()
        yield alone, front


@pytest.fixture(scope="module")
def front(index: Path) -> Iterator[Front]:
    source = FixedSource(IndexEngine(index))
    with Front(made_app(source, index), source, index) as made:
        yield made


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


def test_what_is_sent_while_it_is_made_is_left_to_the_front(index: Path) -> None:
    engine = IndexEngine(index)
    app = made_app(FixedSource(engine), index)
    with app.test_request_context("/search.csv?q=公开") as context:
        environ = {k: v for k, v in context.request.environ.items() if isinstance(v, str)}
    assert answer(app, engine.state, {"environ": environ, "reader": None}) == (DECLINED, b"")


def test_what_turns_out_heavy_is_left_to_another(index: Path) -> None:
    engine = IndexEngine(index)
    front = made_app(FixedSource(engine), index)
    setup = setup_of(front, warmed, index, None)
    app = replace(setup, leaves=60.0).application(engine)
    with front.test_request_context("/?q=公开") as context:
        environ = {k: v for k, v in context.request.environ.items() if isinstance(v, str)}
    asked = {"environ": environ, "reader": None}
    assert answer(app, engine.state, asked)[0]["status"] == "200 OK"
    app = replace(setup, leaves=0.0).application(engine)
    assert answer(app, engine.state, asked) == (HEAVY, b"")
    assert not app.turns.held


def test_one_worker_makes_what_is_heavy(index: Path) -> None:
    source = FixedSource(IndexEngine(index))
    with Front(made_app(source, index), source, index, leaves=0.0) as front:
        front.wait()
        until(lambda: front.crew.heavy)
        client = front.app.test_client()
        assert client.get("/?q=公开").status_code == 200
        assert len(front.made) == 2, "it was asked for twice"
        assert front.made[0] is None
        assert front.made[1]
        heavy = front.crew.heavy
        os.kill(heavy, signal.SIGKILL)
        assert client.get("/?q=内容").status_code in (200, 503)
        until(lambda: front.crew.heavy not in (0, heavy))
        assert client.get("/?q=内容").status_code == 200
    assert not front.app.turns.heavy


def test_an_index_that_was_found_damaged_is_left_to_the_front(index: Path) -> None:
    engine = IndexEngine(index)
    app = made_app(FixedSource(engine), index)
    with app.test_request_context("/?q=公开") as context:
        environ = {k: v for k, v in context.request.environ.items() if isinstance(v, str)}
    assert answer(app, engine.state, {"environ": environ, "reader": None}) != (DECLINED, b"")
    assert answer(app, "before", {"environ": environ, "reader": None}) == (DECLINED, b"")


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


def runs(number: int) -> bool:
    """Whether there is such a process; one that has ended may wait for its parent to see it."""
    try:
        return ") Z " not in Path(f"/proc/{number}/stat").read_text("utf-8")
    except OSError:
        return False


def test_a_new_state_of_the_index_is_answered_by_a_crew_of_its_own(tmp_path: Path) -> None:
    add(tmp_path, 2019)
    with LiveSource(tmp_path / "index", every=0.02) as source:
        app = made_app(source, tmp_path / "index")
        with Front(app, source, tmp_path / "index") as front:
            front.wait()
            first = front.crew
            numbers = [*first.numbers, first.keeper]
            assert found(front) == (1, True)
            add(tmp_path, 2020)
            until(lambda: source.now().state != first.state)
            assert found(front)[0] == 2  # whoever makes it
            until(lambda: front.following.crew is not first)
            front.wait()
            assert found(front) == (2, True)
            until(lambda: not any(map(runs, numbers)))


def found(front: Front) -> tuple[int, bool]:
    """How many reports say it, and whether a worker counted them."""
    said = front.app.test_client().get("/api/search?q=群众").get_json()
    return said["total"]["reports"], front.made[-1] is not None


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


def test_a_crew_that_ends_at_once_is_made_again_later(index: Path) -> None:
    """One whose index is in another state, for instance: until then the front makes all pages."""
    source = FixedSource(IndexEngine(index))
    app = made_app(source, index)
    setup = setup_of(app, warmed, index, None)
    begun: list[Crew] = []
    coming: list[bool] = []

    def start(state: str) -> Crew:
        coming.append(following.coming)
        if not begun:
            begun.append(Crew(setup, "another", 1))
            return begun[0]
        if len(begun) == 1:
            begun.append(begun[0])
            raise OSError("no room")
        begun.append(Crew(setup, state, 1))
        return begun[-1]

    following = Following(source, start, every=0.01, try_again=0.1)
    with following:
        app.forwarding.workers = following
        assert app.test_client().get("/?q=公布").status_code == 200
        until(lambda: following.crew and following.crew.state == source.now().state)
        until(lambda: following.crew and following.crew.numbers)
        assert not following.coming
    assert all(crew.ended for crew in begun)
    assert all(coming)


def test_a_lane_tells_when_the_other_side_is_gone() -> None:
    ours, theirs = lane()
    with ours:
        with theirs:
            send(ours, {"a": "公开"}, b"\0\xff")
            assert receive(theirs) == ({"a": "公开"}, b"\0\xff")
            ours.settimeout(0)
            with pytest.raises((TimeoutError, LostError)):
                receive(ours)
        with pytest.raises(LostError):
            receive(ours)
        with pytest.raises(LostError):
            send(ours, {})


def test_a_channel_tells_when_the_other_side_is_gone() -> None:
    ours, theirs = channel()
    with ours:
        theirs.close()
        with pytest.raises(LostError):
            told(ours)


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
