"""Readers that ask while something happens to the cluster: what they were answered, and when they were refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Event, Thread

from indexer.errors import GongkaiError


@dataclass
class Seen:
    """`asked` questions; `wrong`: answers that were not right; `refused`: errors of ours, each with when it
    came (time.monotonic); `broken`: all other exceptions."""

    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    refused: list[tuple[float, str]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def after(self, moment: float) -> list[str]:
        return [why for when, why in self.refused if when > moment]


@contextmanager
def readers(ask: Callable[[int], str], *, threads: int = 4) -> Iterator[Seen]:
    """Ask without end in some threads; `ask` takes the question's number, and says what is wrong with the
    answer, "" where it is right."""
    seen, ended, numbers = Seen(), Event(), count()

    def work() -> None:
        while not ended.is_set():
            number = next(numbers)
            try:
                if wrong := ask(number):
                    seen.wrong.append(wrong)
            except GongkaiError as error:
                seen.refused.append((time.monotonic(), str(error)))
            except Exception as error:
                seen.broken.append(repr(error))
            seen.asked = max(seen.asked, number + 1)

    working = [Thread(target=work, daemon=True) for _ in range(threads)]
    for thread in working:
        thread.start()
    try:
        yield seen
    finally:
        ended.set()
        for thread in working:
            thread.join()


def until(reached: Callable[[], bool], why: str, seconds: float = 300.0) -> None:
    """Wait for something that others do."""
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, why
        time.sleep(0.05)
