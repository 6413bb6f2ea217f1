"""How far a command is that takes long."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Iterator

from tqdm import tqdm

from indexer.pipeline.build import Progress
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
