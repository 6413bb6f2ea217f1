"""The engines of a server: they follow the index, generation by generation, and never stop answering."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

from indexer.arrays.array_file import settle
from indexer.errors import DamagedIndexError, GongkaiError
from indexer.messages import Message, word
from indexer.store.alike_file import alike_name, current_state
from search.local.engine import IndexEngine
from search.local.rounds import REST, Rounds
from search.source import Status

LOOK_EVERY = 1.0
"""Seconds between two looks for a newer generation; one look reads the index's manifest."""
TRY_AGAIN = 30.0
"""Seconds until a generation that could not be opened is tried once more."""

log = logging.getLogger(__name__)


class LiveSource:
    """An `EngineSource` over whatever generation of an index is the newest that can be opened.

    Inside `with`, a thread of its own looks for a newer one, opens and warms it while the old one
    goes on answering, then swaps them. One that cannot be opened is logged once and the old one
    stays: its files are mapped, and a commit that deletes them takes nothing from it.
    """

    def __init__(
        self,
        folder: Path,
        *,
        every: float = LOOK_EVERY,
        rest: float = REST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`every`: seconds between two looks; `rest`: those between two rounds over all bytes, see rounds.py.

        Raises MissingIndexError, OtherVersionError or DamagedIndexError.
        """
        self._folder = folder
        self._every = every
        self._clock = clock
        self._engine = IndexEngine(folder)
        self._refused: str | None = None
        self._why: tuple[Message, ...] = ()
        self._try_again = 0.0
        self._warming = False
        self._rounds = Rounds(rest, clock)
        self._stopped = Event()
        self._watcher = Thread(target=self._watch, name="gongkai-live", daemon=True)

    def __enter__(self) -> LiveSource:
        self._warming = True
        self._watcher.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop looking; the watcher may still be opening a generation, which nobody waits for."""
        self._stopped.set()

    def now(self) -> IndexEngine:
        return self._engine

    def status(self) -> Status:
        why = self._why if self._refused is not None else ()
        damage = self._engine.damage
        damaged = () if damage is None else _told(damage)
        return Status(warming=self._warming, refused=why, damaged=damaged)

    def _watch(self) -> None:
        try:
            self._warm(self._engine)
            settle()
        except DamagedIndexError as error:  # every reader is told
            self._refuse(current_state(self._folder) or "", error)
        except Exception:  # a reader who needs what could not be loaded is told why
            log.exception("%s: what corrections and suggestions need was not loaded", self._folder)
        self._warming = False
        self._rounds.ended()
        while not self._stopped.wait(self._every):
            self.look()
            self.go_round()

    def go_round(self) -> None:
        """A step of looking whether all is still what was written; what is not is told like all damage."""
        if self._engine.damage is not None:
            return
        try:
            self._rounds.step(self._engine)
        except DamagedIndexError as error:
            self._refuse(current_state(self._folder) or "", error)
        except Exception:  # an error of the disk, say: the watcher must live
            self._rounds.ended()
            log.exception("%s: could not be looked at again", self._folder)

    def look(self) -> None:
        """Take up the newest generation, if it is another one and can be opened."""
        newest = current_state(self._folder)
        if newest == self._engine.state:
            self._refused = None
            return
        if newest is None or (newest == self._refused and self._clock() < self._try_again):
            return
        try:
            engine = self._engine.with_what_came() or self._opened()
        except Exception as error:  # whatever it is, the watcher must live to see the next one
            self._refuse(newest, error)
        else:
            self._take(engine, newest)

    def _take(self, engine: IndexEngine, newest: str) -> None:
        """Let it answer; if it knows less than stands there, the likenesses are damaged, which is told."""
        self._engine = engine
        settle()
        if engine.state != newest == current_state(self._folder):
            path = self._folder / alike_name(engine.generation)
            damage = Message("index_file_damaged", path=str(path))
            self._refuse(newest, DamagedIndexError(damage, hint=Message("alike_damaged_hint")))
        else:
            self._refused = None
            log.info("%s: generation %s is taken up", self._folder, engine.state)

    def _opened(self) -> IndexEngine:
        """The newest generation, warmed, with the likenesses that came meanwhile."""
        engine = IndexEngine(self._folder)
        engine.trust(self._engine)
        self._warm(engine)
        return engine.with_what_came() or engine

    @staticmethod
    def _warm(engine: IndexEngine) -> None:
        """Look whether all of it is what was written, and load what is needed for long."""
        engine.verify()
        engine.warm()

    def _refuse(self, generation: str, error: Exception) -> None:
        """Stay with the old engine, and say so once a generation."""
        self._try_again = self._clock() + TRY_AGAIN
        if generation == self._refused:
            return
        self._refused = generation
        if isinstance(error, GongkaiError):
            self._why = _told(error)
        else:
            self._why = (Message("our_fault", error=f"{type(error).__name__}: {error}"),)
        why = " ".join(word(message, "zh") for message in self._why)
        if self._engine.damage is not None:
            log.error("索引已损坏，不再回答：%s", why)
        else:
            log.error("新的索引打不开，仍用先前的（%s）：%s", self._engine.state, why)


def warmed(folder: Path) -> IndexEngine:
    """The newest generation of an index, verified and with all loaded that is needed for long.

    Raises MissingIndexError, OtherVersionError or DamagedIndexError.
    """
    engine = IndexEngine(folder)
    engine.verify()
    engine.warm()
    return engine


def _told(error: GongkaiError) -> tuple[Message, ...]:
    """What is wrong, and what mends it."""
    return tuple(filter(None, (error.message, error.hint)))
