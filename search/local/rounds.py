"""Rot: bytes of an index that change after a server has looked at all of them.

A server goes round once more, again and again: REST seconds after it was last through, some pieces at each of its
looks for a newer generation (one a second), which takes a few thousandths of a core. What is looked at are the bytes
that answers are made of, as the system has them mapped: where it keeps a page of the file in memory, what has
become of that page on the disk is seen only once it is read from there. Files of likenesses and echoes are verified
when they are opened, and not again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from indexer.errors import DamagedIndexError
from search.local.engine import IndexEngine

REST = 3_600.0
"""Seconds between the end of one round and the beginning of the next."""


class Rounds:
    """The rounds over the engines of a server. `rest`: seconds between two; `clock` tells them."""

    def __init__(self, rest: float, clock: Callable[[], float]) -> None:
        self._rest = rest
        self._clock = clock
        self._begins = clock() + rest
        self._round: Iterator[None] | None = None

    def ended(self) -> None:
        """All is looked at for now: the next round begins after a rest."""
        self._round = None
        self._begins = self._clock() + self._rest

    def step(self, engine: IndexEngine) -> None:
        """A step of the round at hand, or of a new one when it is time. Raises DamagedIndexError where a file of
        this engine is no longer what was written: it answers nothing from then on.

        A round ends with the engine that it began with, however often a newer one comes meanwhile: old segments
        are looked at even where something is committed all the time.
        """
        if self._round is None:
            if self._clock() < self._begins:
                return
            self._round = engine.verify_again()
        try:
            next(self._round)
        except StopIteration:
            self.ended()
        except DamagedIndexError:
            self.ended()
            for _ in engine.verify_again():  # whether it has the file that is damaged, too
                pass
