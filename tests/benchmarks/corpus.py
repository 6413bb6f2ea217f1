"""The folder of reports that is measured, and what names its state."""

from __future__ import annotations

import hashlib
import os
import tarfile
from collections.abc import Iterable
from pathlib import Path

ARCHIVE = Path("corpora") / "government-work-reports.tar.xz"
ROOT = Path(__file__).parents[2]
_READING = ("reading", "parsing", "regions", "text", "model.py")  # what decides how a file reads


def find_corpus(named: Path | None, work: Path) -> Path:
    """`named`, else $GONGKAI_WORK_REPORTS, else the archive in $GONGKAI_SHARED, unpacked.

    Raises FileNotFoundError, whose message says what to set.
    """
    unpacked = os.environ.get("GONGKAI_WORK_REPORTS")
    if named or unpacked:
        return named or Path(unpacked or "")
    shared = os.environ.get("GONGKAI_SHARED")
    if not shared or not (Path(shared) / ARCHIVE).exists():
        raise FileNotFoundError("name a folder: --corpus, $GONGKAI_WORK_REPORTS or $GONGKAI_SHARED")
    folder = work / "work-reports"
    if not folder.exists():
        with tarfile.open(Path(shared) / ARCHIVE) as archive:
            archive.extractall(folder, filter="data")
    return folder


def files(root: Path) -> list[Path]:
    """Every file below the folder, in a fixed order."""
    return sorted(path for path in root.rglob("*") if path.is_file())


def corpus_digest(root: Path) -> str:
    """Changes with the corpus and with the code that reads and parses it."""
    told = [f"{path.relative_to(root)} {path.stat().st_size}" for path in files(root)]
    return digest([*told, code_digest(_READING)])


def code_digest(rooms: Iterable[str] = ("",)) -> str:
    """Changes with the sources of these rooms of the indexer, all of it by default."""
    found = [
        path
        for room in rooms
        for path in (
            [ROOT / "indexer" / room] if room.endswith(".py") else files(ROOT / "indexer" / room)
        )
        if "__pycache__" not in path.parts
    ]
    return digest(hashlib.sha256(path.read_bytes()).hexdigest() for path in found)


def digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def folder_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in files(folder))


def disk_bytes(folder: Path) -> int:
    """What the folder takes on disk: Groonga's files have holes."""
    return sum(min(s.st_size, s.st_blocks * 512) for s in map(Path.stat, files(folder)))
