"""What `gongkai watch` prints, run after run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indexer.errors import GongkaiError
from indexer.pipeline.tally import Summary
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
