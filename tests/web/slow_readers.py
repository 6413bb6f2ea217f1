"""The server that `gongkai serve` runs, and connections that are slow on purpose."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from threading import Event, Thread

from flask import Flask

from web.terminal.serving import Server

BEGUN = b"GET /?q=x HTTP/1.1\r\nHost: local\r\nX-Slow: "
"""A request that has no end yet."""
PATIENCE = 30.0
"""Seconds after which a test gives up."""


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """The port where the application is served; all of it ends in the thread that began it."""
    server = Server(app, "127.0.0.1", 0)
    stop = Event()

    def serve() -> None:
        while not stop.is_set():
            server.run(turns=1)
        server.close()

    thread = Thread(target=serve)
    thread.start()
    try:
        yield server.port
    finally:
        stop.set()
        thread.join()


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def status(port: int, path: str = "/") -> int:
    """The status of an ordinary request of its own connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with contextlib.closing(connection):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status


@contextmanager
def dripping(port: int, count: int) -> Iterator[list[socket.socket]]:
    """So many connections, each with a request that has begun and gets a byte whenever it is its turn."""
    stop = Event()
    with ExitStack() as stack:
        slow = [stack.enter_context(connected(port)) for _ in range(count)]
        for each in slow:
            each.sendall(BEGUN)

        def drip() -> None:
            while not stop.wait(0.05):
                for each in slow:
                    with contextlib.suppress(OSError):  # the server has had enough of it
                        each.send(b"x")

        thread = Thread(target=drip)
        thread.start()
        try:
            yield slow
        finally:
            stop.set()
            thread.join()


def is_closed(connection: socket.socket) -> bool:
    """Whether the server ends it, before patience does."""
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True
