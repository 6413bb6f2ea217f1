"""Properties of characters and paragraphs in a DOC file, after [MS-DOC] 2.6 and 2.9.

A property is a number of 16 bits that tells how long its value is. Which ones hold from which byte on is
kept in pages of 512 bytes.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from indexer.reading.office.ole import OleError

BOLD, HIDDEN, DELETED, CHARACTER_STYLE = 0x0835, 0x083C, 0x0800, 0x4A30
SYMBOL = 0x6A09
"""A character of a font of pictures, given by its number in the upper half of the value."""
IN_TABLE, ROW_END, DEPTH = 0x2416, 0x2417, 0x6649
INNER_CELL, INNER_ROW_END = 0x244B, 0x244C
LIST_LEVEL, LIST, OUTLINE = 0x260A, 0x460B, 0x2640
ELSEWHERE = 0x6646
"""The rest of a paragraph's properties is in the stream "Data", from this byte on."""
_PAGE = 512
_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)
"""Bytes of a value by the upper three bits of its property; -1: it says its length itself."""
_TABLE_DEFINITION, _TABS = 0xD608, 0xC615

Properties = Mapping[int, int]
"""Values by property: of those of 1, 2 or 4 bytes, none below 0."""
NONE: Properties = MappingProxyType({})


@lru_cache(maxsize=4_096)
def properties(data: bytes) -> Properties:
    """The properties in a list of them; what is cut off at its end is left out."""
    found: dict[int, int] = {}
    at = 0
    while at + 3 <= len(data):
        number = int.from_bytes(data[at : at + 2], "little")
        at += 2
        size = _SIZES[number >> 13]
        if size < 0:
            at += _length(number, data, at)
            continue
        found[number] = int.from_bytes(data[at : at + size], "little")
        at += size
    return MappingProxyType(found)


def _length(number: int, data: bytes, at: int) -> int:
    if number == _TABLE_DEFINITION:
        return 1 + int.from_bytes(data[at : at + 2], "little")
    if number == _TABS and data[at] == 255:
        return len(data) - at  # it counts in another way, and is the last of what matters here
    return 1 + data[at]


class Ranges:
    """Which list of properties holds at a byte of the main stream; "" where none is known."""

    def __init__(self, stream: bytes, table: bytes, *, paragraphs: bool) -> None:
        """`table` names the pages. OleError where one of them lies outside of the stream."""
        self.starts: list[int] = []
        self._lists: list[bytes] = []
        count = (len(table) - 4) // 8
        if count > len(stream) // _PAGE:
            raise OleError("more pages than the file has")
        for page in struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count > 0 else ():
            for start, held in _page(_cut(stream, page & 0x3FFFFF), paragraphs):
                self.starts.append(start)
                self._lists.append(held)
        order = sorted(range(len(self.starts)), key=self.starts.__getitem__)
        self.starts = [self.starts[at] for at in order]
        self._lists = [self._lists[at] for at in order]

    def at(self, byte: int) -> bytes:
        index = bisect_right(self.starts, byte) - 1
        return self._lists[index] if index >= 0 else b""

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The bytes from start to end, cut where another list begins to hold."""
        index = bisect_right(self.starts, start)
        while index < len(self.starts) and self.starts[index] < end:
            if self.starts[index] > start:
                yield start, self.starts[index]
                start = self.starts[index]
            index += 1
        if start < end:
            yield start, end


def _cut(stream: bytes, page: int) -> bytes:
    found = stream[page * _PAGE : (page + 1) * _PAGE]
    if len(found) < _PAGE:
        raise OleError(f"no page {page}")
    return found


def _page(page: bytes, paragraphs: bool) -> Iterator[tuple[int, bytes]]:
    """Where each list of a page begins to hold, and the list."""
    count, step = page[-1], 13 if paragraphs else 1
    if 4 * (count + 1) + step * count > _PAGE:
        raise OleError("a page of properties is damaged")
    starts: Sequence[int] = struct.unpack_from(f"<{count}I", page)
    for at, start in enumerate(starts):
        offset = page[4 * (count + 1) + step * at] * 2
        yield start, _held(page, offset, paragraphs) if offset else b""


def _held(page: bytes, at: int, paragraphs: bool) -> bytes:
    size = page[at]
    if not paragraphs:
        return page[at + 1 : at + 1 + size]
    return page[at + 1 : at + 2 * size] if size else page[at + 2 : at + 2 + 2 * page[at + 1]]
