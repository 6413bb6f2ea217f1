"""One round: what is new of every saved search is written down, then sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from search.engine import Engine
from search.saved.database import Database, saved_path
from search.saved.news import Outcome, tell
from web.alerts.deliver import Sent, deliver


@dataclass(frozen=True, slots=True)
class Round:
    """What came of each search, and of each message that was due."""

    outcomes: list[Outcome]
    sent: list[Sent]

    @property
    def troubled(self) -> bool:
        """Whether something could not be compared or sent."""
        troubles = (*(o.trouble for o in self.outcomes), *(s.trouble for s in self.sent))
        return any(trouble is not None for trouble in troubles)


NOTHING = Round([], [])


def run(folder: Path, open_engine: Callable[[Path], Engine], clock: Callable[[], float]) -> Round:
    """Go through the saved searches of an index; none there: nothing is opened. Raises SavedError, and what
    opening the index does."""
    database = Database(saved_path(folder))
    if not database.path.exists():
        return NOTHING
    outcomes = tell(database, lambda: open_engine(folder), int(clock()))
    return Round(outcomes, deliver(database, clock))


def send_due(folder: Path, clock: Callable[[], float]) -> Round:
    """Try what waits to be sent and is due, without a look at the index. Raises SavedError."""
    database = Database(saved_path(folder))
    return Round([], deliver(database, clock)) if database.path.exists() else NOTHING
