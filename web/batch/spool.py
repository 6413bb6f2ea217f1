"""The notes of a list in a file that has no name: they need no memory, and go with the program."""

from __future__ import annotations

import json
import weakref
from array import array
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from threading import Lock
from typing import Any

from web.api.json_shape import Shape

_AT_ONCE = 100
"""Notes that are read at a time."""


class Spool:
    """Notes in their order. One thread may add while others read."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 (as long as whoever reads the notes)
        weakref.finalize(self, self._file.close)
        self._ends = array("q", [0])
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, notes: Iterable[Shape]) -> None:
        lines = [_ENCODER.encode(note).encode("utf-8", "replace") for note in notes]
        with self._lock:
            self._file.seek(self._ends[-1])
            self._file.write(b"".join(lines))
            self._file.flush()
            for line in lines:
                self._ends.append(self._ends[-1] + len(line))

    def notes(self, most: int | None = None) -> Iterator[dict[str, Any]]:
        """The first `most` of those that are there now, all of them for None."""
        count = len(self) if most is None else min(most, len(self))
        for first in range(0, count, _AT_ONCE):
            yield from self._read(first, min(first + _AT_ONCE, count))

    def _read(self, first: int, end: int) -> list[dict[str, Any]]:
        begin = self._ends[first]
        with self._lock:
            self._file.seek(begin)
            data = self._file.read(self._ends[end] - begin)
        bounds = (self._ends[at] - begin for at in range(first, end + 1))
        start = next(bounds)
        notes: list[dict[str, Any]] = []
        for stop in bounds:
            notes.append(json.loads(data[start:stop]))
            start = stop
        return notes


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
