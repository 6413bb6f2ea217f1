"""One request at a time, in the order they came.

Threads that make pages side by side fight for the interpreter, and the heaviest page gets it back
last: of sixteen readers at once the unluckiest waited five times as long as the whole queue takes.
"""

from __future__ import annotations

import time
from collections import deque
from threading import Condition, Lock

from flask import Response, request

from web import assets
from web.http import Proceed

PATIENCE = 0.02
"""Seconds that whoever is first in line waits for one request. Most pages are made by then; a slow one
goes on beside the others."""

AT_ONCE = frozenset({None, assets.ENDPOINT, "health.health", "language.switch"})
"""Endpoints that make no page, None among them: an address that does not exist."""


class Turns:
    """First come, first served: one holds the turn, whoever has waited longest gets it next.

    Each who waits has a condition of its own, so that handing the turn on wakes no other.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = Lock()
        self._line: deque[Condition] = deque()
        self._holder: Condition | None = None
        self._since = 0.0

    @property
    def held(self) -> bool:
        """Whether somebody holds the turn."""
        return self._holder is not None

    @property
    def waiting(self) -> int:
        """How many wait for it."""
        return len(self._line)

    def step(self, proceed: Proceed) -> Response:
        """The answer, made while nobody else makes one; its bytes are sent after the turn."""
        if request.endpoint in AT_ONCE:
            return proceed()
        turn = self.take()
        try:
            return proceed()
        finally:
            self.give(turn)

    def take(self) -> Condition:
        """Wait for the turn. What is returned is to be given back."""
        turn = Condition(self._lock)
        with self._lock:
            self._line.append(turn)
            try:
                while self._line[0] is not turn:
                    turn.wait()
                while self.held and (left := self._left()) > 0:
                    turn.wait(left)
            finally:
                self._line.remove(turn)
                self._call()
            self._holder, self._since = turn, time.monotonic()
        return turn

    def give(self, turn: Condition) -> None:
        """Hand the turn on; one that was held for too long has gone to the next already."""
        with self._lock:
            if self._holder is turn:
                self._holder = None
                self._call()

    def _left(self) -> float:
        """Seconds that the first in line still waits for the holder."""
        return self._since + self._patience - time.monotonic()

    def _call(self) -> None:
        """Wake the first in line: for the turn, or to count the seconds of who holds it now."""
        if self._line:
            self._line[0].notify()
