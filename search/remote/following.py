"""The engines of a server over a cluster: they follow the alias, generation by generation."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType

from indexer.errors import GongkaiError
from indexer.messages import Message, word
from search.engine import Engine
from search.remote.cluster import Cluster
from search.remote.generations import Generation, current, current_name
from search.source import Status

LOOK_EVERY = 1.0
"""Seconds between two looks at the alias: one small request."""

log = logging.getLogger(__name__)


class RemoteSource:
    """An `EngineSource` over the generation that the alias names. Inside `with`, a thread of its own looks for
    another one; whoever has begun to ask the old one finishes there, as long as it stays (build.GRACE)."""

    def __init__(
        self,
        cluster: Cluster,
        make: Callable[[Generation], Engine],
        *,
        every: float = LOOK_EVERY,
    ) -> None:
        """`make` makes the engine of a generation. Raises MissingIndexError, OtherVersionError or
        ClusterError."""
        self._cluster = cluster
        self._make = make
        self._every = every
        generation = current(cluster)
        self._index = generation.index
        self._engine = make(generation)
        self._why: tuple[Message, ...] = ()
        self._stopped = Event()
        self._watcher = Thread(target=self._watch, name="gongkai-follow", daemon=True)

    def __enter__(self) -> RemoteSource:
        self._watcher.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopped.set()

    def now(self) -> Engine:
        return self._engine

    def status(self) -> Status:
        return Status(refused=self._why)

    def _watch(self) -> None:
        while not self._stopped.wait(self._every):
            self.look()

    def look(self) -> None:
        """Take up the generation that the alias names, if it is another one."""
        try:
            if current_name(self._cluster) != self._index:
                generation = current(self._cluster)
                self._engine, self._index = self._make(generation), generation.index
                log.info("%s: generation %s is taken up", self._cluster.address, self._index)
            self._why = ()
        except GongkaiError as error:
            self._refuse(error)
        except Exception as error:  # whatever it is, the watcher must live to see the next one
            self._refuse(
                GongkaiError(Message("our_fault", error=f"{type(error).__name__}: {error}"))
            )

    def _refuse(self, error: GongkaiError) -> None:
        """Stay with the engine that answers, and say so once."""
        why = tuple(filter(None, (error.message, error.hint)))
        if why != self._why:
            log.error("%s", " ".join(word(message, "zh") for message in why))
        self._why = why
