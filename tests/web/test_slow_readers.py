"""Connections that are slow, idle or do not read keep no one out, and end."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from threading import Event

import fake_reports as samples
import pytest
from flask import Flask, Response
from slow_readers import BEGUN, PATIENCE, connected, dripping, is_closed, served, status

from search.source import FixedSource
from web.app import create_app
from web.findings.changing import MOST_UPLOADED
from web.terminal import connections
from web.terminal.connections import Connection, most_connections
from web.terminal.serving import WAITRESS

SLOW = 300


@pytest.fixture
def app() -> Flask:
    return create_app(FixedSource(samples.engine()))


def test_readers_are_served_beside_connections_that_drip(app: Flask) -> None:
    with served(app) as port, dripping(port, SLOW):
        assert [status(port) for _ in range(20)] == [200] * 20


@pytest.mark.parametrize("begun", [b"", BEGUN])
def test_a_connection_too_many_ends_another_one(
    app: Flask, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    """The one that the server has waited for longest: readers find room, and those after it stay."""
    monkeypatch.setattr(Connection, "most", 3)
    with served(app) as port:
        slow = []
        for _ in range(4):
            slow.append(connected(port))
            slow[-1].sendall(begun)
            assert status(port) == 200  # by then the server has seen it
        assert is_closed(slow[0])
        slow[-1].sendall(b"x\r\n\r\n" if begun else b"GET /healthz HTTP/1.0\r\n\r\n")
        assert slow[-1].recv(12).startswith(b"HTTP/1.")
        for each in slow:
            each.close()


@pytest.mark.parametrize(
    ("limit", "sent"),
    [
        ("IDLE", b""),
        ("HEAD", BEGUN),
        ("HEAD", b"POST /findings HTTP/1.1\r\nHost: local\r\nContent-Length: 9\r\n\r\n"),
    ],
)
def test_who_keeps_the_server_waiting_ends(
    app: Flask, monkeypatch: pytest.MonkeyPatch, limit: str, sent: bytes
) -> None:
    with served(app) as port, connected(port) as slow:
        slow.sendall(sent)
        assert status(port) == 200
        monkeypatch.setattr(connections, limit, -1.0)
        assert is_closed(slow)


def test_a_body_that_comes_has_its_time(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each KB gives it another second."""
    head = b"POST /findings HTTP/1.1\r\nHost: local\r\nContent-Length: 99999\r\n\r\n"
    with served(app) as port, connected(port) as slow:
        slow.sendall(head + b"x" * 70_000)
        assert status(port) == 200
        monkeypatch.setattr(connections, "HEAD", -10.0)
        assert status(port) == 200
        slow.sendall(b"x" * 29_999)
        assert slow.recv(12) == b"HTTP/1.1 403"


def test_a_reader_who_takes_nothing_ends_what_is_sent(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its thread is free then: it was at work on a row that nobody took."""
    ended = Event()

    def rows() -> Iterator[bytes]:
        try:
            while True:
                yield b"x" * 65_536
        finally:
            ended.set()

    app.add_url_rule("/rows", "rows", lambda: Response(rows()))
    monkeypatch.setitem(WAITRESS, "outbuf_high_watermark", 1 << 20)
    with served(app) as port, connected(port) as slow:
        slow.sendall(b"GET /rows HTTP/1.1\r\nHost: local\r\n\r\n")
        assert slow.recv(12) == b"HTTP/1.1 200"
        monkeypatch.setattr(connections, "STALLED", -1.0)
        assert ended.wait(PATIENCE)


def test_what_is_sent_fills_no_disk(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many send a large body: the one that would be too much ends, the others go on."""
    monkeypatch.setattr(connections, "BODIES", 5 << 20)
    head = b"POST /findings HTTP/1.1\r\nHost: local\r\nContent-Length: 3000000\r\n\r\n"
    with served(app) as port, connected(port) as first, connected(port) as second:
        first.sendall(head + b"x" * 2_900_000)
        assert status(port) == 200
        with contextlib.suppress(OSError):
            second.sendall(head + b"x" * 2_900_000)
        assert is_closed(second)
        first.sendall(b"x" * 100_000)
        assert first.recv(12).startswith(b"HTTP/1.1 4")


def test_the_largest_form_comes_through() -> None:
    assert WAITRESS["max_request_body_size"] > MOST_UPLOADED << 10


@pytest.mark.parametrize(
    ("files", "most"), [(-1, 2_000), (20_000, 2_000), (1_024, 896), (256, 128), (64, 32)]
)
def test_no_more_connections_than_the_system_has_files(
    monkeypatch: pytest.MonkeyPatch, files: int, most: int
) -> None:
    monkeypatch.setattr("os.sysconf", lambda _: files)
    assert most_connections() == most


def test_where_only_select_watches_there_are_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.sysconf")
    assert most_connections() == 400
