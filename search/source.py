"""Where engines come from: whoever serves readers takes the engine of the moment, once a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from indexer.messages import Message
from search.engine import Engine


@dataclass(frozen=True, slots=True)
class Status:
    """How well a source serves its index.

    `warming`: answers may take longer than later. `refused`: why the newest generation of the index
    is not the one that answers, and what mends it; empty where it is. `damaged`: why there is no answer but
    that, and what mends it, where a file of the index that was opened is not what was written.
    """

    warming: bool = False
    refused: tuple[Message, ...] = ()
    damaged: tuple[Message, ...] = ()


class EngineSource(Protocol):
    """Gives the engine that answers now. Threads may share it."""

    def now(self) -> Engine:
        """The engine of this moment; whoever asks it several things gets one generation."""

    def status(self) -> Status:
        """How things stand at this moment."""


@dataclass(frozen=True, slots=True)
class FixedSource:
    """A source that always gives the same engine."""

    engine: Engine

    def now(self) -> Engine:
        return self.engine

    def status(self) -> Status:
        return Status()
