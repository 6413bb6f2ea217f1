"""Whatever fails, and wherever: the answer passes the steps around it, and the turn is given back."""

from __future__ import annotations

import gzip
import logging
from collections.abc import Callable
from typing import NoReturn

import pytest
from fake_engine import FakeEngine
from fake_reports import TOWN
from flask import abort, render_template
from werkzeug.test import TestResponse

from indexer.errors import LimitError
from indexer.messages import Message
from search.source import FixedSource
from web import pages
from web.app import create_app
from web.http.application import LAST_RESORT, Application
from web.http.turns import Turns


def _raise(error: BaseException) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    return fail


FAILURES = [
    pytest.param(_raise(LimitError(Message("index_full"))), 413, id="ours"),
    pytest.param(lambda *_: abort(404), 404, id="http"),
    pytest.param(_raise(ZeroDivisionError()), 500, id="unexpected"),
    pytest.param(_raise(MemoryError()), 500, id="memory"),
]


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine((TOWN,))


@pytest.fixture
def app(engine: FakeEngine) -> Application:
    return create_app(FixedSource(engine))


def _ask(app: Application, url: str = "/?q=三务") -> TestResponse:
    answer = app.test_client().get(url, headers={"Accept-Encoding": "gzip"})
    assert not app.turns.held
    assert answer.headers["Server-Timing"].startswith("app;dur=")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert set(answer.headers["Vary"].split(", ")) == {"Cookie", "Accept-Encoding"}
    assert "ETag" not in answer.headers
    return answer


@pytest.mark.parametrize(("fail", "status"), FAILURES)
@pytest.mark.parametrize("url", ["/?q=三务", "/api/search?q=三务"])
def test_a_view_that_fails(
    engine: FakeEngine,
    app: Application,
    monkeypatch: pytest.MonkeyPatch,
    fail: Callable[..., NoReturn],
    status: int,
    url: str,
) -> None:
    monkeypatch.setattr(engine, "search", fail)
    answer = _ask(app, url)
    assert answer.status_code == status
    if answer.mimetype == "text/html":
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "style-src 'sha256-" in answer.headers["Content-Security-Policy"]
        assert b"<h1>" in gzip.decompress(answer.data)
    else:
        assert answer.json is not None
        assert set(answer.json) == {"error"}


@pytest.mark.parametrize("name", ["before_request", "after_request"])
@pytest.mark.parametrize(("fail", "status"), FAILURES)
def test_a_function_around_the_views_that_fails(
    app: Application, name: str, fail: Callable[..., NoReturn], status: int
) -> None:
    getattr(app, name)(fail)
    answer = _ask(app)
    assert answer.status_code == status
    assert b"<h1>" in answer.data


@pytest.mark.parametrize("number", range(10))
def test_a_step_that_fails(app: Application, number: int) -> None:
    """The steps around it go on; without any, the error page is all there is."""
    steps = list(app.steps)
    steps[number] = _raise(ZeroDivisionError())
    app.steps = tuple(steps)
    answer = app.test_client().get("/?q=三务")
    assert answer.status_code == 500
    assert b"<h1>" in answer.data
    assert ("Server-Timing" in answer.headers) == (number > 0)
    assert ("X-Content-Type-Options" in answer.headers) == (number > 1)
    assert not app.turns.held


@pytest.mark.parametrize("url", ["/?q=三务", "/?q=(", "/nothing"])
def test_an_error_page_that_cannot_be_made(
    engine: FakeEngine,
    app: Application,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    url: str,
) -> None:
    monkeypatch.setattr(engine, "search", _raise(ZeroDivisionError("secret")))
    monkeypatch.setattr(pages, "render_template", _raise(ArithmeticError("secret")))
    with caplog.at_level(logging.ERROR):
        answer = _ask(app, url)
    assert (answer.status_code, answer.text) == (500, LAST_RESORT)
    assert "ArithmeticError: secret" in caplog.text


def test_a_page_that_cannot_be_made(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its error page can."""

    def render(template: str, **values: object) -> str:
        if template != "error.html":
            raise ZeroDivisionError
        return render_template(template, **values)

    monkeypatch.setattr(pages, "render_template", render)
    answer = _ask(app)
    assert answer.status_code == 500
    assert b"<h1>" in gzip.decompress(answer.data)


def test_a_server_that_is_stopped_gives_the_turn_back(
    engine: FakeEngine, app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "search", _raise(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        app.test_client().get("/?q=三务")
    assert not app.turns.held


def test_a_turn_that_cannot_be_taken(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Turns, "take", _raise(MemoryError()))
    assert _ask(app).status_code == 500
