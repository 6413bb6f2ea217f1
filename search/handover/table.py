"""The table of a pack's files, as JSON: written and read a file at a time, for there may be a million.

JSON read at once takes twenty times its size, whatever it says. It may be anybody's: all of it is checked.
"""

from __future__ import annotations

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from typing import IO, Any

from search.handover.contents import MANIFEST, Contents, Entry, is_safe

MOST_FILES = 1_000_000
"""Files of a pack at most: who opens one takes some 2 KB of memory for each."""
_A_HEAD, _AN_ENTRY = 1_000, 200  # bytes, more than what is written beside names
_SHORT, _LONG = 600, 16_000  # characters: of most entries with what follows, of any
_PIECE = 1 << 16  # bytes that are read at once
_LATEST = 1 << 62
_SUM = re.compile(r"[0-9a-f]{64}")
_FILES = re.compile(r'"files":\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def largest(names: Iterable[str]) -> int:
    """Bytes of the largest table of files of these names."""
    return _A_HEAD + sum(_AN_ENTRY + len(name.encode()) for name in names)


def written(contents: Contents) -> Iterator[bytes]:
    """The table, piece after piece."""
    head = {
        field.name: getattr(contents, field.name)
        for field in fields(contents)
        if field.name != "files"
    }
    before, _, after = _json(head | {"files": []}).rpartition("[]")
    yield f"{before}[\n".encode()
    for number, entry in enumerate(contents.files):
        yield ((",\n" if number else "") + _json(asdict(entry))).encode()
    yield f"\n]{after}".encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=0)


def read_table(file: IO[bytes]) -> Contents:
    """What a table says. ValueError where it is none, or names a file that would not stay in its folder."""
    text = _Text(file)
    try:
        head = _head(text)
        files = tuple(map(_entry, _values(text)))
        contents = Contents(
            _text(head["generation"]),
            _count(head["reports"]),
            _count(head["changed"]),
            _count(head["findings"]),
            files,
        )
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"no table: {error!r}") from error
    names = {entry.name.casefold() for entry in files}
    if len(names) < len(files) or MANIFEST not in names:
        raise ValueError("names that are one where case does not count, or no index")
    return contents


class _Text:
    """The text of a file, some of it at a time."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decode = getincrementaldecoder("utf-8")().decode
        self._held = ""
        self._at = 0

    def ahead(self, size: int) -> str:
        """The next so many characters, fewer at the end."""
        while len(self._held) - self._at < size and (piece := self._file.read(_PIECE)):
            self._held = self._held[self._at :] + self._decode(piece)
            self._at = 0
        return self._held[self._at : self._at + size]

    def step(self, count: int) -> None:
        """Go on by so many characters, which were looked at."""
        self._at += count


def _head(text: _Text) -> dict[str, Any]:
    """What stands before the files."""
    ahead = text.ahead(_A_HEAD)
    files = _FILES.search(ahead)
    if files is None:
        raise ValueError("no files")
    text.step(files.end())
    head: dict[str, Any] = json.loads(ahead[: files.end()] + "]}")
    return head


def _values(text: _Text) -> Iterator[object]:
    """The files, up to the end of the table."""
    while True:
        text.step(len(_BETWEEN.match(text.ahead(_SHORT))[0]))  # type: ignore[index]
        if text.ahead(1) == "]":
            break
        try:
            value, length = _DECODER.raw_decode(text.ahead(_SHORT))
        except ValueError:
            value, length = _DECODER.raw_decode(text.ahead(_LONG))
        text.step(length)
        yield value
    if text.ahead(_A_HEAD)[1:].split() != ["}"]:
        raise ValueError("more than a table")


def _entry(found: Any) -> Entry:
    if not isinstance(found, dict) or found.keys() != {field.name for field in fields(Entry)}:
        raise ValueError("another table")
    name, sha256 = _text(found["name"]), _text(found["sha256"])
    if not is_safe(name) or not _SUM.fullmatch(sha256):
        raise ValueError(f"{name!r} cannot be a file of a pack")
    return Entry(name, _count(found["bytes"]), sha256, _time(found["mtime_ns"]))


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
