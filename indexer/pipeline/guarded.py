"""Work for a server that a file may make slow, big or crash: in a process of its own, under limits.

The process stays from one task to the next; one that outlasts its limits is ended, and a new one begins.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from threading import BoundedSemaphore, Lock
from typing import Generic, TypeVar

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.pipeline.pool import Limits, Pool

MOST_AT_ONCE = 5
"""Tasks that are done or wait at a time: a server has threads for other readers, too."""
_Task = TypeVar("_Task")


class BusyError(UnreadableError):
    """Too many wait already."""

    code = "busy"


class Guarded(Generic[_Task]):
    """Calls a function of a task that yields bytes, or why there are none.

    Threads take turns; whoever comes while MOST_AT_ONCE of them are here is sent away.
    """

    def __init__(
        self, function: Callable[[_Task], Iterable[bytes | Message]], limits: Limits
    ) -> None:
        self._function = function
        self._limits = limits
        self._places = BoundedSemaphore(MOST_AT_ONCE)
        self._lock = Lock()
        self._tasks = _Tasks[_Task]()
        self._results: Iterator[bytes | Message] | None = None

    def __call__(self, task: _Task) -> bytes:
        """What becomes of a task. Raises UnreadableError, BusyError among them."""
        if not self._places.acquire(blocking=False):
            raise BusyError(Message("too_busy"))
        try:
            found = self._found(task)
        finally:
            self._places.release()
        if isinstance(found, Message):
            raise UnreadableError(found)
        return found

    def _found(self, task: _Task) -> bytes | Message:
        with self._lock:
            self._tasks.waiting.append(task)
            if self._results is None:
                pool = Pool(self._function, _lost, 1, self._limits)
                self._results = pool.results(self._tasks)
            try:
                return next(self._results)
            except BaseException:  # a generator that raised is at its end
                self._results = None
                self._tasks.waiting.clear()
                raise


class _Tasks(Generic[_Task]):
    """The tasks that wait. It may be asked again after it had none: a process waits for the next."""

    def __init__(self) -> None:
        self.waiting: deque[_Task] = deque()

    def __iter__(self) -> Iterator[_Task]:
        return self

    def __next__(self) -> _Task:
        if not self.waiting:
            raise StopIteration
        return self.waiting.popleft()


def _lost(_: object, reason: Message) -> Message:
    return reason
