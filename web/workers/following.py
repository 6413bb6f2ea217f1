"""Which crew answers: that of the state that the front has. A new state gets a crew of its own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType

from search.source import EngineSource
from web.http.forwarding import Asked, Made
from web.workers.crew import Crew

log = logging.getLogger(__name__)

LOOK_EVERY = 0.25
"""Seconds between two looks at which state the front has."""
TRY_AGAIN = 30.0
"""Seconds until a crew that has ended is made once more."""


class Following:
    """Inside `with`, a thread makes crews by `start`, which is given a state, and ends those of earlier ones."""

    def __init__(
        self,
        source: EngineSource,
        start: Callable[[str], Crew],
        *,
        every: float = LOOK_EVERY,
        try_again: float = TRY_AGAIN,
    ) -> None:
        self._source = source
        self._start = start
        self._every = every
        self._try_again = try_again
        self._crew: Crew | None = None
        self._begun = 0.0
        self._starting = True
        self._former: list[Crew] = []
        self._stopped = Event()
        self._thread = Thread(target=self._follow, name="gongkai-workers", daemon=True)

    def __enter__(self) -> Following:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._thread.join()
        for crew in (self._crew, *self._former):
            if crew is not None:
                crew.close()

    @property
    def crew(self) -> Crew | None:
        """The one that answers, or will."""
        return self._crew

    @property
    def coming(self) -> bool:
        """Whether one is about to begin."""
        crew = self._crew
        return self._starting or (crew is not None and not crew.numbers and not crew.ended)

    def ask(self, asked: Asked, *, heavy: bool = False) -> Made | None:
        """The answer of a worker that has that state; None where there is none. Raises LostWorkersError,
        HeavyError."""
        crew = self._crew
        if crew is None or crew.state != asked.state:
            return None
        return crew.ask(asked, heavy=heavy)

    def _follow(self) -> None:
        while not self._stopped.is_set():
            self._look()
            self._stopped.wait(self._every)

    def _look(self) -> None:
        """Nobody is needed while the front itself loads what a crew would, nor of an index that is damaged."""
        for crew in [each for each in self._former if not each.busy]:
            self._former.remove(crew)
            crew.close()
        status, wanted = self._source.status(), self._source.now().state
        if status.warming or status.damaged or not self._is_due(wanted):
            return
        if self._crew is not None:
            self._former.append(self._crew)
        self._begun, self._starting, self._crew = time.monotonic(), True, None
        try:
            self._crew = self._start(wanted)
        except OSError as error:  # the system has no room for a process: pages are made here
            log.warning("不能启动生成页面的进程：%s", error)
        self._starting = False

    def _is_due(self, wanted: str) -> bool:
        if self._crew is not None and self._crew.state != wanted:
            return True
        gone = self._crew is None or self._crew.ended
        return gone and (not self._begun or time.monotonic() > self._begun + self._try_again)
