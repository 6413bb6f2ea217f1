"""The file that a report was read from, found again in its corpus: where it is, and whether it is as it was.

Sources come from an index, which may be anybody's: nothing outside of the corpus is ever named.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from indexer.model import SourceFile, normal_source

State = Literal["unchanged", "changed", "missing", "outside"]
_PIECE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Original:
    """A file of the corpus as it is now. `path` is None where it is missing, or is a link that leads out
    of the corpus; `within` is the path of the report in it, "" where the file is the report."""

    state: State
    path: Path | None = None
    within: str = ""


def find_original(root: Path, file: SourceFile) -> Original:
    """The file of a source.

    A report that lies in a container (an archive, a mail) has that as its file: of it only the time is
    compared.
    """
    try:
        found, within = _located(root, file.source)
        if found is None:
            return Original("missing")
        path = found.resolve(strict=True)
        if not path.is_relative_to(root.resolve(strict=True)):
            return Original("outside")
        return Original(_state(path, file, within), path, within)
    except (OSError, ValueError, RuntimeError):  # not there, no path, links in a circle
        return Original("missing")


def _located(root: Path, source: str) -> tuple[Path | None, str]:
    """Where the source leads, and what of it is left: the path within a file. No hidden file is one."""
    here, parts = root, source.split("/")
    for at, part in enumerate(parts):
        child = None if part.startswith(".") or not part else _child(here, part)
        if child is None:
            return None, ""
        here = child
        if not here.is_dir():
            return (here, "/".join(parts[at + 1 :])) if _is_file(here) else (None, "")
    return None, ""


def _child(folder: Path, name: str) -> Path | None:
    """The entry of this name, which a folder may hold in another Unicode form."""
    if os.path.lexists(folder / name):
        return folder / name
    return next((entry for entry in folder.iterdir() if normal_source(entry.name) == name), None)


def _is_file(path: Path) -> bool:
    return stat.S_ISREG(path.stat().st_mode)


def _state(path: Path, file: SourceFile, within: str) -> State:
    now = path.stat()
    if now.st_mtime_ns == file.mtime_ns and (within or now.st_size == file.size):
        return "unchanged"
    if within or now.st_size != file.size:
        return "changed"
    digest = _digest(path, now.st_size, now.st_mtime_ns)
    return "unchanged" if digest == file.sha256 else "changed"


@lru_cache(maxsize=256)
def _digest(path: Path, _size: int, _mtime_ns: int) -> str:
    """sha256 of a file that was copied or touched: read once for each such time."""
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while piece := opened.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
