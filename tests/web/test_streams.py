"""Answers that are sent while they are made: exports, which may be long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Event, Thread

import pytest
from fake_engine import FakeEngine
from fake_reports import TOWN
from flask import Response
from waitress.server import create_server

from search.source import FixedSource
from web.app import create_app
from web.http.application import Application
from web.http.compression import LEAST
from web.http.tags import same_for_all

FOR_EVER = 20.0
"""Seconds: no test that passes waits as long."""
FIRST, LAST = b"first," * LEAST, b"last"
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def app() -> Application:
    return create_app(FixedSource(FakeEngine((TOWN,))))


class Rows:
    """Answers of two rows: the second is made once the first has been read."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self.read, self.closed, self.made, self.held = Event(), 0, 0, []

    def __call__(self) -> Response:
        self.held.append(self.app.turns.held)
        return Response(self._rows(), mimetype="text/html")

    def _rows(self) -> Iterator[bytes]:
        self.held.append(self.app.turns.held)
        try:
            yield FIRST
            assert self.read.wait(FOR_EVER)
            self.made += 1
            yield LAST
        finally:
            self.closed += 1


@pytest.fixture
def rows(app: Application) -> Rows:
    """At an address of their own, and in the place of a page that is tagged and kept."""
    rows = Rows(app)
    app.add_url_rule("/rows", "rows", rows)
    app.view_functions["results.search"] = same_for_all(rows)
    return rows


@contextmanager
def _waitress(app: Application) -> Iterator[HTTPConnection]:
    """A connection to the server that serves the pages; all of it runs and ends in one thread."""
    server = create_server(app, host="127.0.0.1", port=0, threads=2)
    stop = Event()

    def serve() -> None:
        while not stop.is_set():
            server.asyncore.loop(timeout=0.01, map=server._map, count=1)
        server.task_dispatcher.shutdown()
        server.asyncore.close_all(server._map)

    thread = Thread(target=serve)
    thread.start()
    connection = HTTPConnection("127.0.0.1", server.effective_port, timeout=FOR_EVER)
    try:
        yield connection
    finally:
        connection.close()
        stop.set()
        thread.join()


@pytest.mark.parametrize("url", ["/rows", "/"])
def test_the_first_byte_is_sent_before_the_last_is_made(
    app: Application, rows: Rows, url: str
) -> None:
    with _waitress(app) as connection:
        connection.request("GET", url, headers=GZIP)
        answer = connection.getresponse()
        assert answer.read(len(FIRST)) == FIRST
        assert rows.made == 0
        assert answer.headers["Server-Timing"].startswith("app;dur=")
        assert answer.headers["Content-Encoding"] is None
        rows.read.set()
        assert answer.read() == LAST
    assert rows.made == rows.closed == 1


@pytest.mark.parametrize("url", ["/rows", "/"])
def test_no_turn_is_held_while_it_is_sent(app: Application, rows: Rows, url: str) -> None:
    answer = app.test_client().get(url, headers=GZIP)
    pieces = answer.iter_encoded()
    assert next(pieces) == FIRST
    assert rows.held == [True, False]  # in the view, in what it streams
    assert app.test_client().get("/concordance?q=三务").status_code == 200
    rows.read.set()
    assert list(pieces) == [LAST]
    answer.close()


@pytest.mark.parametrize("url", ["/rows", "/"])
def test_it_is_not_kept(app: Application, rows: Rows, url: str) -> None:
    rows.read.set()
    for wanted in (1, 2):
        assert app.test_client().get(url, headers=GZIP).data == FIRST + LAST
        assert rows.made == wanted


def test_a_reader_who_hangs_up_over_the_network_ends_it(app: Application, rows: Rows) -> None:
    with _waitress(app) as connection:
        connection.request("GET", "/rows")
        answer = connection.getresponse()
        assert answer.read(len(FIRST)) == FIRST
        answer.close()
        connection.close()
        rows.read.set()
    assert rows.closed == 1
    assert not app.turns.held


def test_a_reader_who_hangs_up_ends_it_at_once(app: Application, rows: Rows) -> None:
    answer = app.test_client().get("/rows")
    next(answer.iter_encoded())
    answer.close()
    assert (rows.made, rows.closed) == (0, 1)
    assert not app.turns.held
