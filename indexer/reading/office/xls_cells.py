"""The cells of an XLS file: where they are and how they are printed, after [MS-XLS] 2.4."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.office.grid import Grid
from indexer.reading.office.number_format import BUILT_IN
from indexer.reading.office.ole import Ole

_SHEET, _FORMAT, _STYLE, _PASSWORD, _BEGIN = 0x0085, 0x041E, 0x00E0, 0x002F, 0x0809
_SEVERAL = 0x00BD
_ONE = frozenset((0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E))
"""Records of a cell that holds something: a formula, a text, a number, a truth."""
_BIFF8 = 0x0600


class _Record(NamedTuple):
    at: int
    kind: int
    data: bytes


def grids(ole: Ole) -> Mapping[str, Grid]:
    """The grids of the sheets by name. UnreadableError where one is too big, or a password hides all."""
    stream = ole.stream("Workbook" if "Workbook" in ole.names else "Book")
    book = _Book()
    for record in _records(stream):
        book.take(record)
    return {book.names.get(at, ""): grid for at, grid in book.grids.items()}


def _records(stream: bytes) -> Iterator[_Record]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield _Record(at, kind, stream[at + 4 : at + 4 + size])
        at += 4 + size


class _Book:
    """Sheets by the byte at which they begin."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self.grids: dict[int, Grid] = {}
        self._grid = Grid()
        self._wide = True  # texts as BIFF8 has them
        self._formats: dict[int, str] = dict(BUILT_IN)
        self._styles: list[int] = []

    def take(self, record: _Record) -> None:
        kind, data = record.kind, record.data
        if kind == _BEGIN and len(data) >= 4:
            self._wide = data[:2] == _BIFF8.to_bytes(2, "little")
            self._grid = self.grids[record.at] = Grid()
        elif kind == _PASSWORD:
            raise UnreadableError(Message("encrypted"))
        elif kind == _SHEET and len(data) >= 8:
            self.names[int.from_bytes(data[:4], "little")] = self._text(data[6:], 1)
        elif kind == _FORMAT and len(data) >= 4:
            number = int.from_bytes(data[:2], "little")
            self._formats[number] = self._text(data[2:], 2 if self._wide else 1)
        elif kind == _STYLE and len(data) >= 4:
            self._styles.append(int.from_bytes(data[2:4], "little"))
        elif (kind in _ONE or kind == _SEVERAL) and len(data) >= 6:
            self._cells(record)

    def _cells(self, record: _Record) -> None:
        row, column = struct.unpack_from("<HH", record.data)
        count = (len(record.data) - 6) // 6 if record.kind == _SEVERAL else 1
        for at in range(count):
            style = int.from_bytes(record.data[4 + 6 * at : 6 + 6 * at], "little")
            known = self._formats.get(self._styles[style]) if style < len(self._styles) else None
            self._grid.take(row, column + at, known)
        self._grid.check()

    def _text(self, data: bytes, width: int) -> str:
        """A text that its length, of so many bytes, precedes."""
        length = int.from_bytes(data[:width], "little")
        if not self._wide:
            return data[width : width + length].decode("gb18030", "replace")
        if data[width : width + 1] == b"\1":
            return data[width + 1 : width + 1 + 2 * length].decode("utf-16-le", "replace")
        return data[width + 1 : width + 1 + length].decode("latin-1")
