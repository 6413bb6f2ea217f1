"""A worker as the front sees it: lanes to it, and how many requests it is at."""

from __future__ import annotations

import socket
from threading import Lock

from web.http.forwarding import Asked, HeavyError, Made
from web.workers.wire import LostError, lane, receive, send, tell

SILENT = 120.0
"""Seconds after which a worker that says nothing is given up: a page may wait for others, but not for so long."""


class DeclinedError(Exception):
    """A worker leaves an answer to the front."""


class DiedError(LostError):
    """A worker was lost while it was at a request."""


class Worker:
    """`number`: of its process; `control`: along which it takes lanes, and whose end is its end."""

    def __init__(self, number: int, control: socket.socket) -> None:
        self.number = number
        self.busy = 0
        """Requests that it is at; who chooses among workers counts them."""
        self._control = control
        self._lock = Lock()
        self._idle: list[socket.socket] = []
        self._closed = False

    def ask(self, asked: Asked) -> Made:
        """Its answer. Raises LostError, DiedError, DeclinedError or HeavyError."""
        used = self._lane()
        try:
            send(used, {"environ": asked.environ, "reader": asked.reader})
            try:
                head, body = receive(used)
            except (LostError, TimeoutError) as error:
                raise DiedError from error
        except BaseException:
            used.close()
            raise
        self._keep(used)
        if "declined" in head:
            raise HeavyError if "heavy" in head else DeclinedError
        headers = [(name, value) for name, value in head["headers"]]
        return Made(head["status"], headers, body, head["whole"])

    def close(self) -> None:
        """Let it end."""
        self._control.close()
        with self._lock:
            self._closed = True
            for each in self._idle:
                each.close()
            self._idle.clear()

    def _keep(self, used: socket.socket) -> None:
        with self._lock:
            if self._closed:
                used.close()
            else:
                self._idle.append(used)

    def _lane(self) -> socket.socket:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        ours, theirs = lane()
        ours.settimeout(SILENT)
        try:
            tell(self._control, {}, theirs)
        except LostError:
            ours.close()
            raise
        finally:
            theirs.close()
        return ours
