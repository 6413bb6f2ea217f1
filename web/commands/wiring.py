"""What commands take their engine from. Pages and commands know none: gongkai.py has `WIRING`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import click

from search.engine import Engine
from search.source import EngineSource


@dataclass(frozen=True, slots=True)
class Wiring:
    """How the engine of an index is opened, how the engines of a server, which follow the index, and how one
    of which other processes take all that is loaded: a function that they find by its name.

    All take the folder of the index, and raise MissingIndexError, OtherVersionError or DamagedIndexError.
    """

    engine: Callable[[Path], Engine]
    live: Callable[[Path], AbstractContextManager[EngineSource]]
    warmed: Callable[[Path], Engine]


def open_engine(folder: Path) -> Engine:
    """The engine of an index."""
    return _wiring().engine(folder)


def open_live(folder: Path) -> AbstractContextManager[EngineSource]:
    """The engines of a server of that index."""
    return _wiring().live(folder)


def warmed_opener() -> Callable[[Path], Engine]:
    """What opens the engine of an index for workers."""
    return _wiring().warmed


def _wiring() -> Wiring:
    wiring = click.get_current_context().find_object(Wiring)
    assert wiring is not None, "gongkai.py gives it to the group"
    return wiring
