"""The manifest: what a generation of the index consists of.

It is JSON, one file, and says all that a reader has to know before it opens another one. A commit
is one rename of it: before, the index is what it was; after, all of the new generation stands.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from indexer.arrays.array_file import damaged
from indexer.arrays.segment import ARRAYS_SUFFIX
from indexer.errors import DamagedIndexError, IndexUnusableError, MissingIndexError
from indexer.messages import Message
from indexer.store.directory import MANIFEST, check_fingerprint, fingerprint
from indexer.store.echo_file import echo_name

_NAME = re.compile(r"segment-[0-9a-f]{16}")
_OWN = ("generation", "segments", "toc_checksum", "checksum")
_FORMAT = re.compile(r"[0-9]{1,9}")
_SUM = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment: its documents, the size and checksum of its file, and ranges [first, end) of its
    documents that were deleted since it was written, ascending."""

    name: str
    documents: int
    bytes: int
    checksum: str
    deleted: tuple[tuple[int, int], ...] = ()

    @property
    def file(self) -> str:
        return self.name + ARRAYS_SUFFIX


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation: its number, its segments, the checksum of the file that Whoosh reads, and what
    it was built with."""

    generation: int
    segments: tuple[SegmentEntry, ...] = ()
    toc_checksum: str = ""
    fingerprint: Mapping[str, Any] = field(default_factory=fingerprint)

    @property
    def toc(self) -> str:
        """The file that Whoosh reads."""
        return f"_MAIN_{self.generation}.toc"

    @property
    def files(self) -> frozenset[str]:
        """All files of this generation but the manifest."""
        return frozenset((self.toc, *(segment.file for segment in self.segments)))

    @property
    def staying(self) -> frozenset[str]:
        """The files that stay as long as no other generation is published: those, and its echoes."""
        return self.files | {echo_name(self.name)}

    @property
    def name(self) -> str:
        """Another one after every commit, and for every new index."""
        return f"{self.generation}-{_checksum(self._fields())[:8]}"

    def data(self) -> bytes:
        """The bytes of the file."""
        return _data(self._fields())

    def _fields(self) -> dict[str, Any]:
        segments = [
            {**asdict(segment), "deleted": [list(ends) for ends in segment.deleted]}
            for segment in self.segments
        ]
        return {
            **self.fingerprint,
            "generation": self.generation,
            "segments": segments,
            "toc_checksum": self.toc_checksum,
        }


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an index of this version.

    Raises MissingIndexError; OtherVersionError, before anything else is looked at; or
    DamagedIndexError.
    """
    data = _read(folder)
    found = _parsed(folder, data)
    if not _format(found):
        raise _damaged(folder)
    if found["format"] == fingerprint()["format"]:
        _verify(folder, found, data)  # before what was damaged looks like another version
    check_fingerprint(folder, found)
    return _manifest(folder, found)


def stored_manifest(folder: Path) -> Manifest:
    """The manifest of an index of this format, whatever else it was built with."""
    data = _read(folder)
    found = _parsed(folder, data)
    _verify(folder, found, data)
    return _manifest(folder, found)


def stored_format(folder: Path) -> int:
    """The format of the index; 0 where it names none."""
    return _format(_parsed(folder, _read(folder)))


def _format(found: Mapping[str, Any]) -> int:
    named = found.get("format")
    return int(named) if isinstance(named, str) and _FORMAT.fullmatch(named) else 0


def current_generation(folder: Path) -> str | None:
    """The name of the newest generation: some microseconds; None where none is to be seen."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
        return f"{found['generation']}-{found['checksum'][:8]}"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _read(folder: Path) -> bytes:
    try:
        return (folder / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingIndexError(
            Message("index_missing", folder=str(folder)),
            hint=Message("index_missing_hint"),
        ) from error
    except OSError as error:
        raise cannot_open(folder, error) from error


def _parsed(folder: Path, data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _damaged(folder) from error
    if not isinstance(found, dict):
        raise _damaged(folder)
    return found


def _verify(folder: Path, found: Mapping[str, Any], data: bytes) -> None:
    """DamagedIndexError where these are not the bytes that were written."""
    if _data({name: value for name, value in found.items() if name != "checksum"}) != data:
        raise _damaged(folder)


def _manifest(folder: Path, found: Mapping[str, Any]) -> Manifest:
    try:
        return Manifest(
            _count(found["generation"]),
            tuple(_entry(segment) for segment in found["segments"]),
            _matching(_SUM, found["toc_checksum"]),
            {name: value for name, value in found.items() if name not in _OWN},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(folder) from error


def _entry(found: Mapping[str, Any]) -> SegmentEntry:
    documents = _count(found["documents"])
    deleted = tuple((_count(first), _count(end)) for first, end in found["deleted"])
    bounds = [number for ends in deleted for number in ends]
    if sorted(set(bounds)) != bounds or bounds[-1:] > [documents]:
        raise ValueError("deleted documents that are none")
    return SegmentEntry(
        _matching(_NAME, found["name"]),
        documents,
        _count(found["bytes"]),
        _matching(_SUM, found["checksum"]),
        deleted,
    )


def _count(found: object) -> int:
    if not isinstance(found, int) or found < 0:
        raise ValueError(f"no count: {found!r}")
    return found


def _matching(pattern: re.Pattern[str], found: object) -> str:
    if not isinstance(found, str) or not pattern.fullmatch(found):
        raise ValueError(f"not as expected: {found!r}")
    return found


def _checksum(fields: Mapping[str, Any]) -> str:
    return hashlib.sha256(_encoded(fields)).hexdigest()


def _data(fields: Mapping[str, Any]) -> bytes:
    """The bytes of a manifest with these fields, and their checksum."""
    return _encoded({**fields, "checksum": _checksum(fields)})


def _encoded(fields: Mapping[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass")


def cannot_open(folder: Path, error: OSError) -> IndexUnusableError:
    """What to say where the system does not let us read the index."""
    return IndexUnusableError(
        Message("index_closed", folder=str(folder), error=error.strerror or str(error)),
        hint=Message("permissions_hint"),
    )


def _damaged(folder: Path) -> DamagedIndexError:
    return damaged(folder / MANIFEST)
