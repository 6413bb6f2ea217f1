"""Work for a server that a file may make slow, big or crash: in a process of its own, under limits.

The process stays from one task to the next; one that outlasts its limits is ended, and a new one begins.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import Generic, TypeVar

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.pipeline.pool import Limits, Pool

_Task = TypeVar("_Task")


class Guarded(Generic[_Task]):
    """Calls a function of a task that yields bytes, or why there are none. Threads take turns."""

    def __init__(
        self, function: Callable[[_Task], Iterable[bytes | Message]], limits: Limits
    ) -> None:
        self._function = function
        self._limits = limits
        self._lock = Lock()
        self._tasks = _Tasks[_Task]()
        self._results: Iterator[bytes | Message] | None = None

    def __call__(self, task: _Task) -> bytes:
        """What becomes of a task. Raises UnreadableError."""
        with self._lock:
            self._tasks.waiting.append(task)
            if self._results is None:
                pool = Pool(self._function, _lost, 1, self._limits)
                self._results = pool.results(self._tasks)
            try:
                found = next(self._results)
            except BaseException:  # a generator that raised is at its end
                self._results = None
                self._tasks.waiting.clear()
                raise
        if isinstance(found, Message):
            raise UnreadableError(found)
        return found


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
