"""OLE compound files, in which Word, WPS and Excel saved until 2007: a folder of streams.

After [MS-CFB]. Sectors are chained by a table (FAT); small streams lie in a stream of their own,
in small sectors chained by another table.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_SPECIAL = 0xFFFFFFFA
"""Numbers of sectors from here on mean the end of a chain, or no sector."""


class OleError(ValueError):
    """The file is cut off, or its tables contradict each other."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class Ole:
    """The streams of a compound file, by name, wherever in its folders they are."""

    def __init__(self, data: bytes) -> None:
        """Raises OleError where the bytes are no compound file."""
        if not data.startswith(MAGIC) or len(data) < _HEADER:
            raise OleError("no compound file")
        self._data = data
        self._size = 1 << _field(data, 30, 12, "H")
        self._small = 1 << _field(data, 32, 12, "H")
        _, directory, _, self._cutoff, small, _, more, _ = struct.unpack_from("<8I", data, 44)
        self._table = self._fat(more)
        self._entries = list(map(_entry, _cut(self._chain(directory), _ENTRY)))
        self._small_table = _numbers(self._chain(small))
        root = next((entry for entry in self._entries if entry.kind == _ROOT), None)
        self._small_data = self._chain(root.start) if root else b""

    @property
    def names(self) -> frozenset[str]:
        return frozenset(entry.name for entry in self._entries if entry.kind == _STREAM)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. OleError where there is none, or its chain is broken."""
        for entry in self._entries:
            if entry.kind == _STREAM and entry.name == name:
                if entry.size >= self._cutoff:
                    return self._chain(entry.start)[: entry.size]
                return self._small_chain(entry.start)[: entry.size]
        raise OleError(f"no stream {name}")

    def _fat(self, more: int) -> Sequence[int]:
        """The table of chains; where its sectors are says the header, and sectors from `more` on."""
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        seen = set[int]()
        while more < _SPECIAL and more not in seen:
            seen.add(more)
            *listed, following = _numbers(self._sector(more))
            sectors += listed
            more = following
        return _numbers(b"".join(self._sector(at) for at in sectors if at < _SPECIAL))

    def _sector(self, at: int) -> bytes:
        start = (at + 1) * self._size
        found = self._data[start : start + self._size]
        if not found:
            raise OleError(f"no sector {at}")
        return found.ljust(self._size, b"\0")

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _chained(self._table, start)))

    def _small_chain(self, start: int) -> bytes:
        size = self._small
        chained = _chained(self._small_table, start)
        return b"".join(self._small_data[at * size : (at + 1) * size] for at in chained)


def _chained(table: Sequence[int], at: int) -> list[int]:
    """The sectors of a chain, each once. OleError where it goes round, or out of the table."""
    chain: list[int] = []
    while at < _SPECIAL:
        if at >= len(table) or len(chain) > len(table):
            raise OleError("a chain of sectors is broken")
        chain.append(at)
        at = table[at]
    return chain


def _field(data: bytes, at: int, most: int, form: str) -> int:
    value = int(struct.unpack_from(f"<{form}", data, at)[0])
    if not 2 <= value <= most:
        raise OleError(f"a power of {value} at {at}")
    return value


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data) - size + 1, size)]


def _entry(record: bytes) -> _Entry:
    length = max(struct.unpack_from("<H", record, 64)[0] - 2, 0)
    name = record[: min(length, 62)].decode("utf-16-le", "replace")
    start, size = struct.unpack_from("<II", record, 116)
    return _Entry(name, record[66], start, size)
