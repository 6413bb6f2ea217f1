"""One request at a time, in the order they came.

Threads that make pages side by side fight for the interpreter, and the heaviest page gets it back
last: of sixteen readers at once the unluckiest waited five times as long as the whole queue takes.

A page that turns out heavy leaves the line at a checkpoint of its budget (search/budget.py): beside four
readers who never pause, one heavy query a second, it would have every other page wait for half a minute.
Of workers (see web/workers) one makes such pages, and the others leave them to it.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Condition, Lock, local
from typing import TypeVar

from flask import Response, request

from indexer.messages import Message
from search.budget import CrowdedError
from web import assets
from web.http import Proceed

PATIENCE = 0.02
"""Seconds that whoever is first in line waits for one request. Most pages are made by then; a slow one
goes on beside the others."""

ROWS = 128
"""Rows of a stream between two looks at whether a page is being made: a few ms."""
YIELDED = 0.1
"""Seconds that a stream stands still at one look: it goes on, if slowly, however many ask for pages."""

HEAVY = 0.2
"""Seconds of CPU time after which a page is heavy: from then on it is made while no other page is, and of
several heavy ones that which has taken least."""
WORKED = 0.05
"""Seconds that a heavy page works between two looks at whether others are made: at one it stands still for
YIELDED at most."""
MOST_HEAVY = 3
"""Heavy pages that are made at a time."""
MOST_WAITING = 3
"""Pages that wait until fewer are: a server has threads for other readers, too."""
CROWDED = 5.0
"""Seconds that one waits before it is refused."""

AT_ONCE = frozenset({None, assets.ENDPOINT, "health.health", "language.switch"})
"""Endpoints that make no page, None among them: an address that does not exist."""

_Row = TypeVar("_Row")


class TooHeavyError(BaseException):
    """A page is heavy where none are made. It is no Exception: nothing in between is to make a page of it."""


class Turns:
    """First come, first served: one holds the turn, whoever has waited longest gets it next.

    Each who waits has a condition of its own, so that handing the turn on wakes no other.
    """

    def __init__(self, patience: float = PATIENCE, crowded: float = CROWDED) -> None:
        self._patience = patience
        self._crowded = crowded
        self._waiting = 0  # heavy pages that are none of those made yet
        self._lock = Lock()
        self._line: deque[Condition] = deque()
        self._holder: Condition | None = None
        self._since = 0.0
        self._making: set[Condition] = set()
        self._quiet = Condition(self._lock)
        self._heavy: dict[Condition, float] = {}  # what each had spent when it last looked
        self._mine = local()
        self.leaves: float | None = None
        """Seconds of CPU time after which a page is left to another process."""

    @property
    def held(self) -> bool:
        """Whether somebody holds the turn."""
        return self._holder is not None

    @property
    def waiting(self) -> int:
        """How many wait for it."""
        return len(self._line)

    @property
    def heavy(self) -> int:
        """How many pages are heavy."""
        return len(self._heavy)

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
            self._making.add(turn)
        self._mine.turn = turn
        return turn

    def give(self, turn: Condition) -> None:
        """Hand the turn on; one that was held for too long has gone to the next already."""
        with self._lock:
            self._leave(turn)
            if self._heavy.pop(turn, None) is not None:
                self._quiet.notify_all()
        self._mine.turn = None

    def make_way(self, spent: float) -> None:
        """Whoever makes a page tells how many seconds of CPU time it has taken: a heavy one lets the
        others go first. CrowdedError where too many heavy ones are made for too long, TooHeavyError
        where it is left to another process."""
        turn: Condition | None = getattr(self._mine, "turn", None)
        if turn is None:
            return
        if self.leaves is not None and spent >= self.leaves:
            raise TooHeavyError
        if spent < HEAVY:
            return
        with self._lock:
            if turn not in self._heavy:
                self._leave(turn)
                self._wait_for_a_place()
            elif spent < self._heavy[turn] + WORKED:
                return
            self._heavy[turn] = spent
            self._quiet.notify_all()
            self._quiet.wait_for(lambda: turn is min(self._heavy, key=self._heavy.__getitem__))
            self._quiet.wait_for(lambda: not self._busy(), YIELDED)

    def _wait_for_a_place(self) -> None:
        """Until fewer heavy pages are made."""
        if len(self._heavy) < MOST_HEAVY:
            return
        self._waiting += 1
        try:
            if self._waiting <= MOST_WAITING and self._quiet.wait_for(
                lambda: len(self._heavy) < MOST_HEAVY, self._crowded
            ):
                return
        finally:
            self._waiting -= 1
        raise CrowdedError(Message("crowded"), hint=Message("crowded_hint"))

    @contextmanager
    def elsewhere(self) -> Iterator[None]:
        """Inside, another process makes a page: streams and heavy pages here make way for what is left to do."""
        page = Condition(self._lock)
        with self._lock:
            self._making.add(page)
        try:
            yield
        finally:
            with self._lock:
                self._leave(page)

    def _leave(self, turn: Condition) -> None:
        self._making.discard(turn)
        if self._holder is turn:
            self._holder = None
            self._call()
        if not self._busy():
            self._quiet.notify_all()

    def giving_way(self, rows: Iterable[_Row]) -> Iterator[_Row]:
        """The rows of a stream, which are made while no page is.

        A stream has no turn, and would have half of the interpreter for as long as it lasts.
        """
        for number, row in enumerate(rows):
            if number % ROWS == 0:
                with self._lock:
                    self._quiet.wait_for(lambda: not self._busy(), YIELDED)
            yield row

    def _busy(self) -> bool:
        """Whether a page is being made, or somebody waits for one."""
        return bool(self._making or self._line)

    def _left(self) -> float:
        """Seconds that the first in line still waits for the holder."""
        return self._since + self._patience - time.monotonic()

    def _call(self) -> None:
        """Wake the first in line: for the turn, or to count the seconds of who holds it now."""
        if self._line:
            self._line[0].notify()
