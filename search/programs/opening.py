"""The one place where programs get an engine."""

from __future__ import annotations

import os
from pathlib import Path

from search.handover.kept import is_pack, open_pack, packs_folder
from search.local.engine import IndexEngine
from search.programs.index import Index

LOCAL = "http://127.0.0.1:8000"
"""Where `gongkai serve` answers when nothing else is asked for."""


def open_index(folder: str | os.PathLike[str] | None = None, *, public_url: str = LOCAL) -> Index:
    """The index in a folder, or in a file of `gongkai pack`, open for questions: $GONGKAI_INDEX, else
    ./gongkai-index, where none is named.

    Links begin with `public_url`, the address at which the pages are served. Raises MissingIndexError,
    OtherVersionError, DamagedIndexError or PackError; each says what to do.

    >>> with open_index(SAMPLES) as index:
    ...     frame = index.hits("“三务”公开").to_pandas()
    >>> len(frame)
    24
    """
    named = folder if folder is not None else os.environ.get("GONGKAI_INDEX") or "gongkai-index"
    path = Path(named)
    place = open_pack(path, packs_folder()).index if is_pack(path) else path
    return Index(IndexEngine(place), public_url.rstrip("/"))
