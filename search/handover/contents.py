"""What a pack holds, and which names its files may have."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

NAME = "gongkai-pack.json"
"""The entry that holds it."""
INDEX = "index/"
CORPUS = "corpus/"
SAVED = "index.saved"
"""Where things are in a pack: files of the index, those of the corpus, what was found."""
MANIFEST = INDEX + "gongkai.json"

_OF_INDEX = re.compile(
    r"gongkai\.json|segment-[0-9a-f]{16}\.arrays|_MAIN_\d{1,9}\.toc|(alike|echoes)-\d{1,9}-[0-9a-f]{8}"
)
_FORBIDDEN = set('\\:*?"<>|')  # what a path of Windows cannot hold, or holds otherwise
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST = 1_000  # code points of a name


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
