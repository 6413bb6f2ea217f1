"""The one place where programs get an engine."""

from __future__ import annotations

import os
from pathlib import Path

from search.local.engine import IndexEngine
from search.programs.index import Index

LOCAL = "http://127.0.0.1:8000"
"""Where `gongkai serve` answers when nothing else is asked for."""


def open_index(folder: str | os.PathLike[str] | None = None, *, public_url: str = LOCAL) -> Index:
    """The index in a folder, open for questions: $GONGKAI_INDEX, else ./gongkai-index, where none is named.

    Links begin with `public_url`, the address at which the pages are served. Raises MissingIndexError,
    OtherVersionError or DamagedIndexError; each says what to do.

    >>> with open_index(SAMPLES) as index:
    ...     frame = index.hits("“三务”公开").to_pandas()
    >>> len(frame)
    24
    """
    named = folder if folder is not None else os.environ.get("GONGKAI_INDEX") or "gongkai-index"
    return Index(IndexEngine(Path(named)), public_url.rstrip("/"))
