"""How far a command is: bars with rate and time left."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Callable, Iterator

from tqdm import tqdm

from indexer.pipeline.fill import Progress
from web.texts import t


@contextlib.contextmanager
def progress_bar(doing: str = "command_reading") -> Iterator[Progress]:
    """A bar with rate and time left on a terminal (of unknown size, too), nothing in a pipe. `doing`: the text
    before it."""
    size = shutil.get_terminal_size()
    with tqdm(
        total=0,
        ncols=size.columns,
        nrows=size.lines,
        unit="B",
        unit_scale=True,
        desc=t(doing),
        disable=not sys.stderr.isatty(),
        leave=False,
    ) as bar:

        def progress(total: int, done: int) -> None:
            bar.total = total
            bar.update(done)
            if bar.n >= total:
                bar.set_description(t("command_writing"))

        yield progress


@contextlib.contextmanager
def counting_bar(total: int, done: int) -> Iterator[Callable[[int], object]]:
    """The same for a list of so many lines, of which some are done: to be told how many more are."""
    with tqdm(
        total=total,
        initial=done,
        ncols=shutil.get_terminal_size().columns,
        desc=t("command_counting"),
        disable=not sys.stderr.isatty(),
        leave=False,
    ) as bar:
        yield bar.update


@contextlib.contextmanager
def steps_bar(key: str) -> Iterator[Callable[[int, int], None]]:
    """A bar of steps, of how many and how many done since, on a terminal; nothing in a pipe."""
    size = shutil.get_terminal_size()
    with tqdm(
        total=0,
        ncols=size.columns,
        nrows=size.lines,
        desc=t(key),
        disable=not sys.stderr.isatty(),
        leave=False,
    ) as bar:

        def progress(total: int, done: int) -> None:
            bar.total = total
            bar.update(done)

        yield progress
