"""A file of named arrays: written in one go, mapped into memory to read.

FORMAT.md has the layout. Every byte stands under a checksum: `Pieces` finds what has changed.
"""

from __future__ import annotations

import ctypes
import gc
import json
import mmap
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from types import TracebackType
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.checksums import PIECE, Pieces, PieceSums
from indexer.errors import DamagedIndexError
from indexer.messages import Message

Array = NDArray[Any]
Ints = NDArray[np.int64]

_MAGIC = b"gongkai3"
_TAIL = Struct("<QQI8s")
"""Bytes before the checksums of the pieces, bytes of the footer at their end, CRC-32 of the checksums and of
the two numbers, magic."""
_NUMBERS = Struct("<QQ")
_ALIGNMENT = 64


@dataclass(frozen=True, slots=True, eq=False)
class ArrayFile:
    """A file that was written: its arrays, mapped read-only, and its tables.

    `byte_ranges`: the first byte of each array and the one after its last. `checksum`: 8 hex digits,
    other ones whenever the file is another one. What of it is not verified yet, see `pieces`.
    """

    path: Path
    arrays: Mapping[str, Array]
    byte_ranges: Mapping[str, tuple[int, int]]
    tables: Mapping[str, Any]
    pieces: Pieces
    checksum: str

    def damaged(self, names: Iterable[str]) -> bool:
        """Whether a piece that holds any of these arrays has changed."""
        return any(self.pieces.damaged(*self.byte_ranges[name]) for name in names)

    def require(self, name: str, start: int, end: int) -> None:
        """DamagedIndexError where a piece that holds any of the items [start, end) of an array has changed.
        Each piece is looked at once."""
        first, array = self.byte_ranges[name][0], self.arrays[name]
        size, end = array.itemsize, min(end, len(array))
        if start < end and self.pieces.seen:
            pieces = range((first + start * size) // PIECE, (first + end * size - 1) // PIECE + 1)
            self._require(pieces)

    def require_each(self, name: str, starts: Ints, ends: Ints) -> None:
        """The same of many ranges at once."""
        if self.pieces.sound:
            return
        first, array = self.byte_ranges[name][0], self.arrays[name]
        size, ends = array.itemsize, np.clip(ends, starts + 1, len(array))
        firsts = (first + starts * size) // PIECE
        lasts = (first + ends * size - 1) // PIECE
        for piece, last in set(zip(firsts.tolist(), lasts.tolist(), strict=True)):
            self._require(range(piece, last + 1))

    def _require(self, pieces: Iterable[int]) -> None:
        if self.pieces.first_damaged(pieces) is not None:
            raise damaged(self.path)


class ArrayWriter:
    """Writes arrays by name; `with` completes the file, or leaves it without its footer.

    A `durable` file is on the disk when it is complete, whatever happens to the machine. `checksum`
    is then what `ArrayFile.checksum` will be.
    """

    def __init__(self, path: Path, *, durable: bool = False) -> None:
        self._durable = durable
        self._path = path
        self._file = path.open("wb")
        self._sums = PieceSums()
        self._arrays: dict[str, tuple[str, int, int]] = {}
        self.checksum = ""
        self.tables: dict[str, Any] = {}

    def write(self, name: str, *parts: Array) -> None:
        """One array, given whole or in parts of one dtype."""
        self.stream(name, parts[0].dtype, parts)

    def stream(self, name: str, dtype: Any, parts: Iterable[Array]) -> None:
        """One array whose parts are made while it is written."""
        kind = np.dtype(dtype).newbyteorder("<")
        start = self._align()
        for part in parts:
            if part.size:
                self._put(np.ascontiguousarray(part, kind).data.cast("B"))
        self._arrays[name] = (kind.str, start, (self._file.tell() - start) // kind.itemsize)

    def read(self) -> ArrayFile:
        """What was written so far, with no checksums yet."""
        self._file.flush()
        mapped = map_file(self._path)
        pieces = Pieces.of(mapped, 0, np.zeros(0, np.uint32))
        views, byte_ranges = _views(mapped, self._arrays), _byte_ranges(self._arrays)
        return ArrayFile(self._path, views, byte_ranges, self.tables, pieces, "")

    def __enter__(self) -> ArrayWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._file.close()

    def _put(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._sums.add(data)

    def _align(self) -> int:
        at = self._file.tell()
        self._put(b"\0" * (-at % _ALIGNMENT))
        return self._file.tell()

    def _finish(self) -> None:
        footer = {"arrays": self._arrays, "tables": self.tables}
        data = json.dumps(footer, ensure_ascii=False).encode("utf-8", "surrogatepass")
        self._align()
        self._put(data)
        sums = self._sums.finish()
        size = self._file.tell()
        checksum = crc32(_NUMBERS.pack(size, len(data)), crc32(sums))
        self._file.write(sums + _TAIL.pack(size, len(data), checksum, _MAGIC))
        self._file.flush()
        if self._durable:
            os.fsync(self._file.fileno())
        self.checksum = f"{checksum:08x}"


def read_array_file(path: Path) -> ArrayFile:
    """Map a file. Its arrays are not verified yet (see `ArrayFile.damaged`), all else is.

    Raises OSError or DamagedIndexError.
    """
    mapped = map_file(path)
    if len(mapped) < _TAIL.size:
        raise damaged(path)
    size, footer_size, checksum, magic = _TAIL.unpack(mapped[-_TAIL.size :])
    sums = mapped[size : -_TAIL.size]
    pieces = Pieces.of(mapped, size, np.frombuffer(sums[: len(sums) // 4 * 4], "<u4"))
    if (
        magic != _MAGIC
        or crc32(_NUMBERS.pack(size, footer_size), crc32(sums)) != checksum
        or footer_size > size
        or len(sums) != -(-size // PIECE) * 4
        or pieces.damaged(size - footer_size, size)
    ):
        raise damaged(path)
    try:
        footer = json.loads(mapped[size - footer_size : size].decode("utf-8", "surrogatepass"))
        arrays, tables = footer["arrays"], footer["tables"]
        return ArrayFile(
            path, _views(mapped, arrays), _byte_ranges(arrays), tables, pieces, f"{checksum:08x}"
        )
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise damaged(path) from error


def map_file(path: Path) -> mmap.mmap:
    """A file's bytes, mapped read-only. Raises OSError; DamagedIndexError where it has none."""
    with path.open("rb") as file:
        if not file.seek(0, 2):
            raise damaged(path)
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _views(mapped: mmap.mmap, arrays: Mapping[str, tuple[str, int, int]]) -> Mapping[str, Array]:
    return {name: _view(mapped, *described) for name, described in arrays.items()}


def _view(mapped: mmap.mmap, kind: str, start: int, count: int) -> Array:
    """An array; ValueError where it is none, or does not lie within the file."""
    if count < 0:
        raise ValueError("an array of less than nothing")
    if not count:
        return np.zeros(0, np.dtype(kind))
    return np.frombuffer(mapped, np.dtype(kind), count, start)


def _byte_ranges(arrays: Mapping[str, tuple[str, int, int]]) -> Mapping[str, tuple[int, int]]:
    return {
        name: (start, start + count * np.dtype(kind).itemsize)
        for name, (kind, start, count) in arrays.items()
    }


_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""Parameters of mallopt(3): bytes from which on memory is the system's own, and the most arenas."""


def release(array: Array) -> None:
    """Give back the memory of the file that an array is mapped from; it is read again if need be."""
    mapped = array.base.obj if isinstance(array.base, memoryview) else array.base
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)


def release_part(mapped: mmap.mmap, start: int, end: int) -> None:
    """The same of the bytes [start, end) of a file."""
    if hasattr(mmap, "MADV_DONTNEED"):
        first = start // mmap.PAGESIZE * mmap.PAGESIZE
        mapped.madvise(mmap.MADV_DONTNEED, first, end - first)


def give_back() -> None:
    """Give freed memory back to the system, where its library keeps it for later (glibc does)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim is not None:
        trim(0)


def free_at_once() -> None:
    """For who serves for long, before it starts threads: large arrays that are freed go back to the system at once.

    Where the system's library is glibc, each of many threads has an arena of its own, and once a large array was
    freed, such arrays are taken from these: what is kept behind one holds all of it. `settle` cannot give that back.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt is not None:
        mallopt(_ARENA_MAX, 2)
        mallopt(_MMAP_THRESHOLD, 1 << 20)


def settle() -> None:
    """For who has loaded what it holds for long: the garbage collector need not look through that again. First it
    takes what is held no more, in cycles too: what a server held of a former index is some 30 MB."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    give_back()


def damaged(path: Path) -> DamagedIndexError:
    """What to say of a file that is not what was written."""
    return DamagedIndexError(
        Message("index_file_damaged", path=str(path)),
        hint=Message("rebuild_hint"),
    )
