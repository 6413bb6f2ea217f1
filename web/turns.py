"""One request at a time, in the order they came.

Threads that make pages side by side fight for the interpreter, and the heaviest page gets it back
last: of sixteen readers at once the unluckiest waited five times as long as the whole queue takes.
"""

from __future__ import annotations

import time
from collections import deque
from threading import Lock

from flask import Flask, g

PATIENCE = 0.1
"""Seconds that whoever is first in line waits for one request: one that takes for ever stops nobody."""

EXTENSION = "gongkai-turns"
"""Where the application keeps its turns."""


class Turns:
    """First come, first served: one holds the turn, whoever has waited longest gets it next.

    A turn is a lock of its own, so that handing it over wakes one thread and no other.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = Lock()
        self._line: deque[Lock] = deque()
        self._holder: Lock | None = None
        self._since = 0.0

    @property
    def held(self) -> bool:
        """Whether somebody holds the turn."""
        return self._holder is not None

    @property
    def waiting(self) -> int:
        """How many wait for it."""
        return len(self._line)

    def take(self) -> Lock:
        """Wait for the turn. What is returned is to be given back."""
        turn = Lock()
        turn.acquire()
        with self._lock:
            if self._holder is None:
                self._grant(turn)
            else:
                self._line.append(turn)
        while not turn.acquire(timeout=self._patience):
            with self._lock:
                late = time.monotonic() - self._since >= self._patience
                if late and self._line and self._line[0] is turn:
                    self._grant(self._line.popleft())
        return turn

    def give(self, turn: Lock) -> None:
        """Hand the turn on; one that was held for too long has gone to the next already."""
        with self._lock:
            if self._holder is not turn:
                return
            self._holder = None
            if self._line:
                self._grant(self._line.popleft())

    def _grant(self, turn: Lock) -> None:
        self._holder = turn
        self._since = time.monotonic()
        turn.release()


def register(app: Flask) -> None:
    """Answer tagged requests (see caching) in turns; to be registered after what tags them."""
    turns = Turns()
    app.extensions[EXTENSION] = turns

    def take() -> None:
        if "tag" in g:
            g.turn = turns.take()

    def give(_: BaseException | None) -> None:
        if "turn" in g:
            turns.give(g.pop("turn"))

    app.before_request(take)
    app.teardown_request(give)
