"""What a pack says that it holds: a table of its files, in JSON. It may be anybody's: all of it is checked."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

NAME = "gongkai-pack.json"
"""The entry that holds it."""
INDEX = "index/"
CORPUS = "corpus/"
SAVED = "index.saved"
"""Where things are in a pack: files of the index, those of the corpus, what was found."""
LARGEST = 1 << 24
"""Bytes of the largest table that is made and read: that of some 60,000 files."""
MANIFEST = INDEX + "gongkai.json"

_OF_INDEX = re.compile(
    r"gongkai\.json|segment-[0-9a-f]{16}\.arrays|_MAIN_\d{1,9}\.toc|(alike|echoes)-\d{1,9}-[0-9a-f]{8}"
)
_SUM = re.compile(r"[0-9a-f]{64}")
_FORBIDDEN = set('\\:*?"<>|')  # what a path of Windows cannot hold, or holds otherwise
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST = 1_000  # code points of a name
_LATEST = 1 << 62
_A_HEAD, _AN_ENTRY = 1_000, 200  # bytes, more than what is written beside names


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a pack: size in bytes, sha256, and of one of the corpus its mtime in ns (else 0)."""

    name: str
    bytes: int
    sha256: str
    mtime_ns: int = 0


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a pack: the generation of its index, how many reports that has, and how many findings are
    kept; `changed` files of the corpus are no longer as they were indexed."""

    generation: str
    reports: int
    changed: int
    findings: int
    files: tuple[Entry, ...]

    @property
    def size(self) -> int:
        """Bytes of all files, unpacked."""
        return sum(entry.bytes for entry in self.files)

    @property
    def of_corpus(self) -> int:
        """How many files the corpus has."""
        return sum(1 for entry in self.files if entry.name.startswith(CORPUS))

    def data(self) -> bytes:
        """The bytes of the table."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=0).encode()


def largest(names: Iterable[str]) -> int:
    """Bytes of the largest table of files of these names. What is read of JSON takes twenty times its size, so
    that a table is no larger than what the pack holds needs."""
    return min(LARGEST, _A_HEAD + sum(_AN_ENTRY + len(name.encode()) for name in names))


def read_contents(data: bytes) -> Contents:
    """The table. ValueError where it is none, or names a file that would not stay in its folder."""
    try:
        found = json.loads(data)
        files = tuple(_entry(each) for each in found["files"])
        contents = Contents(
            _text(found["generation"]),
            _count(found["reports"]),
            _count(found["changed"]),
            _count(found["findings"]),
            files,
        )
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"no table: {error!r}") from error
    names = {entry.name.casefold() for entry in files}
    if len(names) < len(files) or MANIFEST not in names:
        raise ValueError("names that are one where case does not count, or no index")
    return contents


def _entry(found: Any) -> Entry:
    if not isinstance(found, dict) or found.keys() != {field.name for field in fields(Entry)}:
        raise ValueError("another table")
    name, sha256 = _text(found["name"]), _text(found["sha256"])
    if not is_safe(name) or not _SUM.fullmatch(sha256):
        raise ValueError(f"{name!r} cannot be a file of a pack")
    return Entry(name, _count(found["bytes"]), sha256, _time(found["mtime_ns"]))


def is_safe(name: str) -> bool:
    """Whether a file of this name can only be one of the pack's folders, on any system."""
    if name == SAVED:
        return True
    if name.startswith(INDEX):
        return _OF_INDEX.fullmatch(name.removeprefix(INDEX)) is not None
    parts = name.removeprefix(CORPUS).split("/")
    return (
        name.startswith(CORPUS)
        and len(name) <= _LONGEST
        and unicodedata.is_normalized("NFC", name)
        and all(map(_is_safe_part, parts))
    )


def _is_safe_part(part: str) -> bool:
    return (
        part not in ("", ".", "..")
        and not set(part) & _FORBIDDEN
        and not any(unicodedata.category(c) in ("Cc", "Cs") for c in part)
        and part[-1] not in ". "
        and _DEVICES.fullmatch(part) is None
    )


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise ValueError(f"no text: {found!r}")
    return found


def _count(found: object) -> int:
    if not isinstance(found, int) or not 0 <= found < _LATEST:
        raise ValueError(f"no count: {found!r}")
    return found


def _time(found: object) -> int:
    if not isinstance(found, int) or not -_LATEST < found < _LATEST:
        raise ValueError(f"no time: {found!r}")
    return found
