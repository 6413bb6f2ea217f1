"""What one request may cost: CPU time and memory, checked between the steps of its answer.

Whoever serves readers sets limits for the time of a request (`limited`). Steps that may take long call
`checkpoint`, those that fill memory ask for `room` first; past a limit they raise BudgetError, so that
nothing half-made is answered or kept. Where nobody set limits (a command, a list, a program of one's own)
these calls do nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from threading import Lock
from typing import TypeVar

from indexer.errors import GongkaiError
from indexer.messages import Message

SECONDS = 2.0
MEMORY = 500 << 20
MARKS = 20_000
HINT = Message("budget_hint")

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class BudgetError(GongkaiError):
    """Answering costs more than a request may."""

    code = "budget"


class CrowdedError(BudgetError):
    """As many requests that cost much are answered already as may be."""

    code = "crowded"


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` of CPU time, bytes of `memory` that the arrays of one answer take at a time, `marks` in
    one report. `hint`: what to narrow, of requests that are no search."""

    seconds: float = SECONDS
    memory: int = MEMORY
    marks: int = MARKS
    hint: Message = HINT


class Budget:
    """What a request has spent. Threads that work for it together share it.

    `pause` is told at each checkpoint how many seconds were spent: a heavy request may let others go first.
    """

    def __init__(self, limits: Limits, pause: Callable[[float], None] | None = None) -> None:
        self.limits = limits
        self._pause = pause
        self._lock = Lock()
        self._spent = 0.0

    def charge(self, seconds: float) -> None:
        """What a thread has done for the request."""
        with self._lock:
            self._spent += seconds

    def check(self, running: float) -> None:
        """`running`: seconds of the calling thread that are not charged yet."""
        spent = self._spent + running
        if spent > self.limits.seconds:
            raise self._exceeded(Message("budget_time", seconds=round(self.limits.seconds, 1)))
        if self._pause is not None:
            self._pause(spent)

    def room(self, size: int) -> None:
        """Whether so many bytes have room."""
        if size > self.limits.memory:
            raise self._exceeded(Message("budget_memory", megabytes=self.limits.memory >> 20))

    def part(self, share: float, running: float) -> Budget:
        """A budget of a share of the seconds that are left."""
        spent, pause = self._spent + running, self._pause
        left = max(0.0, self.limits.seconds - spent)
        limits = replace(self.limits, seconds=left * share)
        return Budget(limits, None if pause is None else lambda more: pause(spent + more))

    def _exceeded(self, message: Message) -> BudgetError:
        return BudgetError(message, hint=self.limits.hint)


@dataclass(slots=True)
class _Running:
    """A thread that works for a request, by its CPU clock at the beginning; `around`: the whole of which
    this is a part."""

    budget: Budget
    began: float
    around: _Running | None = None

    def seconds(self) -> float:
        """What is not charged yet."""
        return time.thread_time() - self.began


_RUNNING: ContextVar[_Running | None] = ContextVar("budget", default=None)


@contextmanager
def limited(budget: Budget) -> Iterator[None]:
    """What this thread does inside is charged to the budget."""
    running = _Running(budget, time.thread_time(), _RUNNING.get())
    token = _RUNNING.set(running)
    try:
        yield
    finally:
        _RUNNING.reset(token)
        budget.charge(running.seconds())


@contextmanager
def share(part: float) -> Iterator[None]:
    """Only a part of what is left may be spent inside: something is left for what comes after."""
    running = _RUNNING.get()
    if running is None:
        yield
        return
    with limited(running.budget.part(part, running.seconds())):
        yield


@contextmanager
def uncharged() -> Iterator[None]:
    """What is made once for all readers, and the page of an error: without limits, and charged to nobody."""
    running, began = _RUNNING.get(), time.thread_time()
    token = _RUNNING.set(None)
    try:
        yield
    finally:
        _RUNNING.reset(token)
        taken = time.thread_time() - began
        while running is not None:
            running.began += taken
            running = running.around


def carried(function: Callable[[_Item], _Result]) -> Callable[[_Item], _Result]:
    """The function for another thread: what it does is charged to the budget of this one."""
    running = _RUNNING.get()
    if running is None:
        return function
    budget = running.budget

    def charged(item: _Item) -> _Result:
        with limited(budget):
            return function(item)

    return charged


def checkpoint() -> None:
    """Between two steps: raises BudgetError where the time is spent."""
    running = _RUNNING.get()
    if running is not None:
        running.budget.check(running.seconds())


def checked(items: Iterable[_Item]) -> Iterator[_Item]:
    """The items, with a checkpoint before each: for templates, whose loops may be long."""
    for item in items:
        checkpoint()
        yield item


def room(size: int) -> None:
    """Before so many bytes are filled: raises BudgetError where they have no room."""
    running = _RUNNING.get()
    if running is not None:
        running.budget.room(size)


def markable(count: int) -> None:
    """Raises BudgetError where so many places are too many to mark in one report."""
    running = _RUNNING.get()
    if running is not None and count > running.budget.limits.marks:
        raise BudgetError(
            Message("budget_marks", count=count, most=running.budget.limits.marks),
            hint=Message("budget_marks_hint"),
        )
