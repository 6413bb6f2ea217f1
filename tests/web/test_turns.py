"""Requests are answered one at a time, in the order they came."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Condition, Event, Lock, Thread
from typing import NoReturn

import fake_reports as samples
import pytest
from fake_engine import FakeEngine
from fake_reports import TOWN

from search.budget import CrowdedError
from search.model import SearchRequest, SearchResult
from search.source import FixedSource
from web import assets
from web.app import create_app
from web.http.turns import HEAVY, MOST_HEAVY, MOST_WAITING, WORKED, Turns

FOR_EVER = 20.0
"""Seconds: no test that passes waits as long."""


def until(true: Callable[[], bool]) -> None:
    """Wait for another thread."""
    end = time.monotonic() + FOR_EVER
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_whoever_waits_longest_is_next() -> None:
    turns, came = Turns(FOR_EVER), []

    def ask(number: int) -> None:
        turn = turns.take()
        came.append(number)
        turns.give(turn)

    first = turns.take()
    threads = [Thread(target=ask, args=(number,)) for number in range(20)]
    for number, thread in enumerate(threads):
        thread.start()
        until(lambda wanted=number + 1: turns.waiting == wanted)  # type: ignore[misc]
    assert came == []
    turns.give(first)
    for thread in threads:
        thread.join()
    assert came == list(range(20))
    assert not turns.held


def test_a_turn_that_takes_for_ever_stops_nobody() -> None:
    turns = Turns(0.001)
    kept = [turns.take() for _ in range(3)]  # none of the first two is given back
    turns.give(kept[0])
    turns.give(kept[1])
    assert turns.held
    turns.give(kept[2])
    assert not turns.held
    turns.give(kept[2])  # once more does nothing
    assert not turns.held


def test_the_line_moves_a_place_at_a_time() -> None:
    """All in it wait for the same slow request, and then for each other."""
    patience = 0.2  # none of them stands still for so long, however busy the machine
    turns, came = Turns(patience), []

    def ask(number: int) -> None:
        turns.take()  # and keeps it
        came.append((number, time.monotonic()))

    began = time.monotonic()
    turns.take()
    threads = []
    for number in range(4):
        threads.append(Thread(target=ask, args=(number,)))
        threads[-1].start()
        until(lambda wanted=number: turns.waiting + len(came) > wanted)  # type: ignore[misc]
    for thread in threads:
        thread.join()
    assert [number for number, _ in came] == [0, 1, 2, 3]
    for number, at in came:
        assert at - began >= (number + 1) * patience


def test_a_stream_gives_way_to_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rows are made while no page is: not even one whose turn has gone to the next."""
    monkeypatch.setattr("web.http.turns.ROWS", 10)
    monkeypatch.setattr("web.http.turns.YIELDED", FOR_EVER)
    turns, made = Turns(0.001), []

    def stream() -> None:
        made.extend(turns.giving_way(iter(range(25))))

    slow, page = turns.take(), turns.take()
    thread = Thread(target=stream)
    thread.start()
    turns.give(page)
    assert not turns.held
    assert made == []
    turns.give(slow)
    thread.join()
    assert made == list(range(25))


def test_a_stream_goes_on_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.http.turns.ROWS", 1)
    monkeypatch.setattr("web.http.turns.YIELDED", 0.001)
    turns = Turns()
    turns.take()  # for ever
    assert list(turns.giving_way(range(5))) == list(range(5))


def test_who_gives_up_leaves_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def dying(_: Condition, timeout: float | None = None) -> bool:
        raise MemoryError

    turns = Turns(FOR_EVER)
    turn = turns.take()
    with monkeypatch.context() as patched:
        patched.setattr(Condition, "wait", dying)
        with pytest.raises(MemoryError):
            turns.take()
    assert turns.waiting == 0
    turns.give(turn)
    turns.give(turns.take())
    assert not turns.held


def test_a_heavy_page_gives_its_turn_back_and_goes_on_beside_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("web.http.turns.YIELDED", FOR_EVER)
    turns, came = Turns(FOR_EVER), []

    def ask(name: str) -> None:
        turn = turns.take()
        turns.make_way(HEAVY)
        came.append(name)
        turns.give(turn)

    page = turns.take()
    turns.make_way(HEAVY / 2)  # is not heavy, and keeps its turn
    assert turns.held
    heavy = [Thread(target=ask, args=(name,)) for name in ("first", "second")]
    for number, thread in enumerate(heavy):
        thread.start()
        until(lambda wanted=number + 1: turns.waiting == wanted)  # type: ignore[misc]
    turns.give(page)
    for thread in heavy:
        thread.join()
    assert came == ["first", "second"]
    assert not turns.held
    assert turns.heavy == 0


def test_a_page_is_made_while_a_heavy_one_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.http.turns.YIELDED", FOR_EVER)
    turns, looked = Turns(FOR_EVER), []

    def work() -> None:
        turn = turns.take()
        for spent in (HEAVY, HEAVY + WORKED / 2, HEAVY + WORKED):
            turns.make_way(spent)
            looked.append(spent)
        turns.give(turn)

    thread = Thread(target=work)
    first = turns.take()
    thread.start()
    until(lambda: turns.waiting == 1)
    turns.give(first)
    page = turns.take()  # the heavy one has given its turn back, however far it is
    turns.give(page)
    thread.join()
    assert looked == [HEAVY, HEAVY + WORKED / 2, HEAVY + WORKED]


def test_a_heavy_page_goes_on_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.http.turns.YIELDED", 0.001)
    turns = Turns(0.001)
    turns.take()  # for ever
    turn = turns.take()
    for spent in (HEAVY, HEAVY + WORKED, HEAVY + 2 * WORKED):
        turns.make_way(spent)
    turns.give(turn)
    assert turns.heavy == 0


def test_too_many_heavy_pages_are_refused_after_a_while() -> None:
    turns = Turns(0.001, crowded=0.05)
    kept: list[Condition] = []
    done = Event()

    def wait() -> None:
        kept.append(turns.take())
        turns.make_way(HEAVY)
        assert done.wait(FOR_EVER)
        turns.give(kept[-1])

    def hold_up() -> None:
        turn = turns.take()
        turns.make_way(HEAVY)
        turns.give(turn)

    first = Thread(target=wait)
    first.start()
    until(lambda: turns.heavy == 1)
    others = [Thread(target=hold_up) for _ in range(MOST_HEAVY - 1)]
    for thread in others:
        thread.start()
    until(lambda: turns.heavy == MOST_HEAVY)
    turn = turns.take()
    with pytest.raises(CrowdedError):
        turns.make_way(HEAVY)
    turns.give(turn)
    done.set()
    for thread in (first, *others):
        thread.join()
    assert turns.heavy == 0
    turns.give(turns.take())
    assert not turns.held


def test_a_page_too_many_waits_for_a_place() -> None:
    """And one more than may wait is refused at once."""
    turns = Turns(0.001, crowded=FOR_EVER)
    done, came = Event(), Event()
    refused: list[CrowdedError] = []

    def work() -> None:
        turn = turns.take()
        try:
            turns.make_way(HEAVY)
            came.set()
            assert done.wait(FOR_EVER)
        except CrowdedError as error:
            refused.append(error)
            done.set()
        turns.give(turn)

    threads = [Thread(target=work) for _ in range(MOST_HEAVY + MOST_WAITING + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came.is_set()
    assert len(refused) == 1
    assert turns.heavy == 0


def test_of_heavy_pages_that_which_has_taken_least_goes_first() -> None:
    turns, came = Turns(0.001), []
    go = Event()

    def work(name: str, spent: float, before: int) -> None:
        turn = turns.take()
        until(lambda: turns.heavy == before)
        turns.make_way(spent)
        came.append(name)
        assert go.wait(FOR_EVER)
        turns.make_way(spent + WORKED)
        came.append(name)
        turns.give(turn)

    threads = [
        Thread(target=work, args=(name, spent, before))
        for before, (name, spent) in enumerate((("dear", 9.0), ("cheap", 1.0)))
    ]
    for thread in threads:
        thread.start()
    until(lambda: len(came) == 2)
    go.set()
    for thread in threads:
        thread.join()
    assert came == ["dear", "cheap", "cheap", "dear"]


def test_who_has_no_turn_makes_no_way() -> None:
    Turns().make_way(10 * HEAVY)


class Counting(FakeEngine):
    """Counts its searches, and how many of them run side by side; it can be held up."""

    def __init__(self) -> None:
        super().__init__(samples.engine().reports)
        self.lock, self.now, self.most, self.searches = Lock(), 0, 0, 0
        self.stuck, self.free = Event(), Event()

    def search(self, request: SearchRequest) -> SearchResult:
        with self.lock:
            self.now += 1
            self.searches += bool(request.q)
            self.most = max(self.most, self.now)
        if request.q == "慢":
            self.stuck.set()
            assert self.free.wait(FOR_EVER)
        else:
            time.sleep(0.005)
        with self.lock:
            self.now -= 1
        return super().search(request)


def test_pages_are_not_made_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.http.application.Turns", lambda: Turns(FOR_EVER))
    engine = Counting()
    app = create_app(FixedSource(engine))
    codes: list[int] = []

    def ask(number: int) -> None:
        codes.append(app.test_client().get(f"/?q=三务&page={number}").status_code)

    threads = [Thread(target=ask, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [200] * 8
    assert engine.most == 1


def test_a_page_that_many_wait_for_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.http.application.Turns", lambda: Turns(FOR_EVER))
    engine = Counting()
    app = create_app(FixedSource(engine))
    bodies: list[bytes] = []
    readers = []
    for number in range(6):
        ask = Thread(target=lambda: bodies.append(app.test_client().get("/?q=慢").data))
        readers.append(ask)
        ask.start()
        assert engine.stuck.wait(FOR_EVER)
        until(lambda wanted=number: app.turns.waiting == wanted)  # type: ignore[misc]
    engine.free.set()
    for ask in readers:
        ask.join()
    assert len(bodies) == 6
    assert len(set(bodies)) == 1
    assert engine.searches == 1


def test_a_slow_page_holds_up_no_other() -> None:
    engine = Counting()
    app = create_app(FixedSource(engine))
    codes: list[int] = []
    slow = Thread(target=lambda: codes.append(app.test_client().get("/?q=慢").status_code))
    slow.start()
    assert engine.stuck.wait(FOR_EVER)
    assert app.test_client().get("/?q=三务").status_code == 200
    assert codes == []  # it is still being made
    engine.free.set()
    slow.join()
    assert codes == [200]
    assert not app.turns.held


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/?q=三务",
        "/?q=(",
        "/?page=0",
        f"/reports/{TOWN.id}",
        "/reports/ffffffffffff",
        "/nothing",
        "/api/search?q=三务",
        "/language/en?back=/",
    ],
)
def test_every_answer_gives_its_turn_back(url: str) -> None:
    app = create_app(FixedSource(samples.engine()))
    client, turns = app.test_client(), app.turns
    for ask in (client.get, client.head, client.post):
        answer = ask(url)
        again = ask(url, headers={"If-None-Match": answer.headers.get("ETag", "")})
        assert again.status_code in (answer.status_code, 304)
        assert not turns.held


@pytest.mark.parametrize("where", ["engine", "after"])
def test_an_unexpected_error_gives_its_turn_back(
    monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def fail(_: object) -> NoReturn:
        raise ZeroDivisionError

    engine = samples.engine()
    app = create_app(FixedSource(engine))
    if where == "engine":
        monkeypatch.setattr(engine, "search", fail)
    else:
        app.after_request(fail)
    assert app.test_client().get("/?q=三务").status_code == 500
    assert not app.turns.held


def test_what_makes_no_page_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, the watchman, browsers that have the page already, and those sent one that is kept."""
    app = create_app(FixedSource(samples.engine()))
    client = app.test_client()
    tag = client.get("/?q=三务").headers["ETag"]
    taken: list[Turns] = []
    take = Turns.take
    monkeypatch.setattr(Turns, "take", lambda turns: taken.append(turns) or take(turns))
    for url, status in (("/healthz", 200), (assets.asset_url("icon.svg"), 200), ("/?q=三务", 304)):
        with client.get(url, headers={"If-None-Match": tag}) as answer:
            assert answer.status_code == status
    assert client.get("/?q=三务").status_code == 200
    assert taken == []
    client.get("/?q=三务&page=2")
    assert len(taken) == 1
