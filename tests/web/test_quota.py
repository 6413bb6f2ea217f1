"""How much a reader may ask for, and how often a password may be tried."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from fake_engine import FakeEngine
from fake_reports import TOWN
from flask import Flask, Response
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from search.source import FixedSource
from web import assets
from web.app import create_app
from web.guard.tries import BY_ADDRESS, BY_NAME, Tries
from web.http import rates
from web.http.application import Application
from web.http.quota import STREAMS, STREAMS_OF_ONE
from web.http.rates import Rate, TooManyError

AWAY = {"REMOTE_ADDR": "192.0.2.1"}


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@given(
    st.integers(1, 6),
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 12)), max_size=40),
)
def test_a_rate_is_a_bucket_that_fills_evenly(count: int, asked: list[tuple[str, int]]) -> None:
    """Of `count`, and 12 seconds to fill an empty one: as plain arithmetic has it."""
    clock = Clock()
    rate = Rate(count, 12, clock)
    full = Fraction(count)
    buckets = {"a": full, "b": full}
    for key, pause in asked:
        clock.now += pause
        buckets = {
            each: min(full, had + Fraction(pause * count, 12)) for each, had in buckets.items()
        }
        wait = rate.take(key)
        if buckets[key] >= 1:
            buckets[key] -= 1
            assert wait == 0
        else:
            assert wait == pytest.approx(float((1 - buckets[key]) * 12 / count))


def test_what_is_given_back_was_not_taken() -> None:
    rate = Rate(1, 10, Clock())
    assert rate.take("a") == 0
    rate.give_back("a")
    assert (rate.take("a"), rate.take("a")) == (0, 10)


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "MOST_KEYS", 100)
    rate = Rate(2, 10, Clock())
    for number in range(1_000):
        rate.take(str(number))
    assert len(rate) == 100


@pytest.fixture
def app() -> Application:
    return create_app(FixedSource(FakeEngine((TOWN,))))


def ask(app: Flask, path: str, address: str) -> TestResponse:
    return app.test_client().get(path, environ_base={"REMOTE_ADDR": address})


def test_an_address_that_asks_too_often_waits(app: Application) -> None:
    app.quota.set_rate(3)
    for address in ("192.0.2.1", "192.0.2.2", "2001:db8::1"):
        assert [ask(app, "/healthz", address).status_code for _ in range(4)] == [200] * 3 + [429]
    page, refused = ask(app, "/?q=三务", "192.0.2.1"), ask(app, "/api/search?q=三务", "192.0.2.1")
    assert page.status_code == refused.status_code == 429
    assert "请求太密" in page.text
    assert refused.json
    assert refused.json["error"]["code"] == "too_many_requests"
    for answer in (page, refused):
        assert 0 < int(answer.headers["Retry-After"]) <= 20
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with ask(app, assets.asset_url("icon.svg"), "192.0.2.1") as file:
        assert file.status_code == 200


def test_one_customer_is_one_reader(app: Application) -> None:
    """Of whom a provider has given the last 64 bits of the address away."""
    app.quota.set_rate(1)
    assert ask(app, "/healthz", "2001:db8::1").status_code == 200
    assert ask(app, "/healthz", "2001:db8::ffff:1").status_code == 429
    assert ask(app, "/healthz", "2001:db8:0:1::1").status_code == 200
    assert ask(app, "/healthz", "::ffff:192.0.2.9").status_code == 200
    assert ask(app, "/healthz", "192.0.2.9").status_code == 429


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_this_machine_has_no_rate(app: Application, address: str) -> None:
    app.quota.set_rate(1)
    assert [ask(app, "/healthz", address).status_code for _ in range(5)] == [200] * 5


def test_the_address_is_not_what_a_reader_says(app: Application) -> None:
    """Only a proxy that is trusted says it."""
    app.quota.set_rate(1)
    for headers, status in (({}, 200), ({"X-Forwarded-For": "127.0.0.1"}, 429)):
        got = app.test_client().get("/healthz", environ_base=AWAY, headers=headers)
        assert got.status_code == status


def test_no_rate_is_none(app: Application) -> None:
    app.quota.set_rate(0)
    assert {ask(app, "/healthz", "192.0.2.1").status_code for _ in range(20)} == {200}


@pytest.fixture
def sending(app: Application) -> Iterator[list[TestResponse]]:
    """Where a test notes what it has begun to read."""

    def rows() -> Iterator[bytes]:
        for _ in range(3):
            yield b"x" * 2_000

    app.add_url_rule("/rows", "rows", lambda: Response(rows()))
    begun: list[TestResponse] = []
    yield begun
    for each in begun:
        each.close()
    assert app.quota.streams == 0


def begin(client: FlaskClient, address: str) -> TestResponse:
    """A file, of which one piece has been read."""
    answer = client.get("/rows", environ_base={"REMOTE_ADDR": address})
    if answer.status_code == 200:
        next(answer.iter_encoded())
    return answer


def test_files_leave_threads_for_pages(app: Application, sending: list[TestResponse]) -> None:
    """No reader has more than his share of those that are sent at a time; one that ends makes room."""
    client = app.test_client()
    for number in range(STREAMS_OF_ONE + 1):
        sending.append(begin(client, "192.0.2.1"))
        assert sending[-1].status_code == (200 if number < STREAMS_OF_ONE else 429)
    for _ in range(STREAMS - STREAMS_OF_ONE):
        sending.append(begin(client, "127.0.0.1"))
        assert sending[-1].status_code == 200
    refused = begin(client, "127.0.0.1")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]
    assert client.get("/?q=三务").status_code == 200
    sending[0].close()
    sending.append(begin(client, "192.0.2.2"))
    assert sending[-1].status_code == 200


def test_a_file_that_is_read_counts_no_longer(
    app: Application, sending: list[TestResponse]
) -> None:
    for _ in range(2 * STREAMS):
        sending.append(app.test_client().get("/rows"))
        assert len(sending[-1].data) == 6_000


def tried(app: Flask, tries: Tries, name: str, address: str, right: bool = False) -> bool | None:
    """Whether a try succeeds; None where it is not made."""
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        try:
            return tries.tried(name, lambda: right)
        except TooManyError:
            return None


GUESSES = 10_000


def test_guesses_of_one_address_are_few(app: Application) -> None:
    tries = Tries()
    made = [tried(app, tries, f"name {number}", "192.0.2.1") for number in range(GUESSES)]
    assert made.count(False) == BY_ADDRESS[0]
    assert tried(app, tries, "another", "192.0.2.2") is False


def test_guesses_of_one_name_are_few(app: Application) -> None:
    """However many addresses they are from; and its user is still let in where that was so before."""
    tries = Tries()
    assert tried(app, tries, "李雷", "198.51.100.1", right=True)
    addresses = (f"10.{number >> 8}.{number & 255}.1" for number in range(GUESSES))
    made = [tried(app, tries, "李雷", address) for address in addresses]
    assert made.count(False) == BY_NAME[0]
    assert tried(app, tries, "李雷", "192.0.2.1", right=True) is None
    assert tried(app, tries, "李雷", "198.51.100.1", right=True)


def test_what_succeeds_does_not_count(app: Application) -> None:
    tries = Tries()
    assert all(tried(app, tries, "李雷", "192.0.2.1", right=True) for _ in range(3 * BY_NAME[0]))
