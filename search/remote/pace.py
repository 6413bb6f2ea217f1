"""How fast a cluster is sent documents: as fast as it takes them."""

from __future__ import annotations

from threading import Condition
from types import TracebackType


class Pace:
    """How many requests are under way at a time: half as many once the cluster has no room, then slowly more
    again, up to `most`. `with` waits for one's turn."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._now = float(most)
        self._under_way = 0
        self._turn = Condition()

    def __enter__(self) -> None:
        with self._turn:
            self._turn.wait_for(lambda: self._under_way < max(1, int(self._now)))
            self._under_way += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._turn:
            self._under_way -= 1
            self._turn.notify_all()

    def told(self, *, slower: bool) -> None:
        """The cluster took all of a request, or had no room for all of it."""
        with self._turn:
            self._now = max(1.0, self._now / 2) if slower else self._now + 1 / self._now
            self._now = min(self._now, float(self._most))
            self._turn.notify_all()

    @property
    def allowed(self) -> int:
        """Requests that may be under way now."""
        return max(1, int(self._now))
