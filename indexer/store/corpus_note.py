"""A note in the index's folder of which corpus it was built from, so that original files are found again.

It is a file of its own: no generation depends on it, and who moves a corpus changes no index.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from indexer.store.directory import CORPUS_NOTE, replace_durably

_LONGEST = 1 << 16  # bytes


def note_corpus(folder: Path, root: Path) -> None:
    """Write down the corpus of the last run. An index works without: where the system does not let us, it
    has no note."""
    data = json.dumps(
        {"corpus": str(root.resolve())}
    ).encode()  # names that are no text are escaped
    with contextlib.suppress(OSError):
        if _read(folder) != data:
            replace_durably(folder / CORPUS_NOTE, data)


def noted_corpus(folder: Path) -> Path | None:
    """The corpus of the last run, whether it is there or not; None where there is no note."""
    try:
        corpus = json.loads(_read(folder))["corpus"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Path(corpus) if isinstance(corpus, str) and corpus and "\0" not in corpus else None


def _read(folder: Path) -> bytes:
    try:
        with (folder / CORPUS_NOTE).open("rb") as note:
            return note.read(_LONGEST)
    except OSError:
        return b""
