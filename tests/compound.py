"""OLE compound files, written: a folder of streams, as old Word and Excel files are."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from indexer.reading.office.ole import MAGIC

_SECTOR, _SMALL, _CUTOFF = 512, 64, 4_096
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_NONE = 0xFFFFFFFF


class _Sectors:
    """Sectors of one size, and the table that chains them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.data = b""
        self.table: list[int] = []

    def add(self, content: bytes, *, mark: int | None = None) -> int:
        """Add a chain; gives its first sector."""
        if not content:
            return _END
        start = len(self.table)
        count = -(-len(content) // self.size)
        self.data += content.ljust(count * self.size, b"\0")
        self.table += [mark] * count if mark else [*range(start + 1, start + count), _END]
        return start


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams, none of them empty; up to some MB."""
    big, small = _Sectors(_SECTOR), _Sectors(_SMALL)
    places = {
        name: (big if len(content) >= _CUTOFF else small).add(content)
        for name, content in streams.items()
    }
    root = _entry("Root Entry", 5, big.add(small.data), len(small.data), child=1)
    entries = [
        _entry(
            name, 2, places[name], len(streams[name]), right=at + 1 if at < len(streams) else _NONE
        )
        for at, name in enumerate(sorted(streams, key=lambda name: (len(name), name.upper())), 1)
    ]
    directory = big.add(
        b"".join([root, *entries]).ljust(-(-(len(entries) + 1) // 4) * _SECTOR, b"\0")
    )
    small_table = big.add(
        struct.pack(f"<{len(small.table)}I", *small.table).ljust(_SECTOR, b"\xff")
    )
    return _header(big, directory, small_table) + big.data


def _header(big: _Sectors, directory: int, small_table: int) -> bytes:
    """The header; adds the table of sectors, which is one of them, to the sectors."""
    count = 1
    while (len(big.table) + count) * 4 > count * _SECTOR:
        count += 1
    start = len(big.table)
    table = [*big.table, *[_TABLE] * count]
    packed = struct.pack(f"<{len(table)}I", *table)
    big.add(packed.ljust(count * _SECTOR, b"\xff"), mark=_TABLE)
    head = MAGIC + struct.pack("<16xHHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, count)
    head += struct.pack("<IIIIIII", directory, 0, _CUTOFF, small_table, 1, _END, 0)
    listed = [*range(start, start + count)]
    return head + struct.pack("<109I", *listed, *[_FREE] * (109 - count))


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = _NONE, right: int = _NONE
) -> bytes:
    written = name.encode("utf-16-le").ljust(64, b"\0")
    length = 2 * len(name) + 2
    links = struct.pack("<HBBIII", length, kind, 1, _NONE, right, child)
    return written + links + bytes(36) + struct.pack("<III", start, size, 0)
