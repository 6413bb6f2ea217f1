"""Keep an index current: a run whenever the corpus has changed and come to rest."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from indexer.errors import CorpusError
from indexer.pipeline.corpus import Corpus, scan_corpus

INTERVAL = 5
"""Seconds between two looks at the corpus."""


def watch(
    root: Path,
    run: Callable[[], bool],
    at_each_look: Callable[[], None],
    *,
    interval: float = INTERVAL,
    pause: Callable[[float], None] = time.sleep,
) -> NoReturn:
    """Call `run` at first, then whenever the corpus is another one than it was before the last run, and
    two looks in a row see the same: a file that is still being copied is not read.

    A run that says False has failed, and is tried again after the next look. A folder that is gone for
    a while, as a drive of the network may be, is waited for. `at_each_look` is called whatever is seen, before
    a run, so that what it has to do does not wait for one.
    """
    done = before = _seen(root)
    failed = not run()
    while True:
        pause(interval)
        at_each_look()
        now = _seen(root)
        if now is not None and now == before and (failed or now != done):
            failed = not run()
            done = now
        before = now


def _seen(root: Path) -> Corpus | None:
    """The corpus as its folder lists it; None where there is no folder."""
    try:
        return scan_corpus(root)
    except CorpusError:
        return None
