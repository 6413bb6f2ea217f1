"""What `gongkai watch` prints, run after run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indexer.errors import GongkaiError
from indexer.messages import Message
from indexer.pipeline.tally import Summary
from web.alerts.run import Round
from web.terminal.alerts import print_round
from web.terminal.say import print_error, say
from web.terminal.summary import print_summary


class Watching:
    """A run of the indexer that is repeated: its summary, or what is wrong, the same thing once.

    What is wrong with the first run is raised, for then it never worked.
    """

    def __init__(self, run: Callable[[], Summary], folder: Path) -> None:
        self._run = run
        self._folder = folder
        self._begun = False
        self._failed: GongkaiError | None = None

    def __call__(self) -> bool:
        """Whether the run succeeded."""
        try:
            summary = self._run()
        except GongkaiError as error:
            if not self._begun:
                raise
            if self._failed is None or self._failed.message != error.message:
                print_error(error, as_json=False)
            self._failed = error
            return False
        print_summary(summary, self._folder)
        if not self._begun:
            say("command_watching", err=True)
        self._begun, self._failed = True, None
        return True


class Sending:
    """What waits to be sent is tried at every look: how that went; what keeps all of it from being tried, once."""

    def __init__(self, send: Callable[[], Round]) -> None:
        self._send = send
        self._failed: Message | None = None

    def __call__(self) -> None:
        try:
            print_round(self._send(), err=True)
        except GongkaiError as error:
            if self._failed != error.message:
                print_error(error, as_json=False)
            self._failed = error.message
        else:
            self._failed = None
