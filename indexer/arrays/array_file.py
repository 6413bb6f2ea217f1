"""A file of named arrays: written in one go, mapped into memory to read.

Layout: the arrays one after the other, each aligned to 64 bytes; a JSON footer {"arrays": {name:
[dtype, offset, length]}, "tables": …}; its length in 8 bytes, little-endian; 8 bytes of magic.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import mmap
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import DamagedIndexError

Array = NDArray[Any]

_MAGIC = b"gongkai1"
_ALIGNMENT = 64


class ArrayWriter:
    """Writes arrays by name; `with` completes the file, or leaves it without its footer.

    A `durable` file is on the disk when it is complete, whatever happens to the machine; `sha256` is
    then its checksum in hexadecimal, "" else.
    """

    def __init__(self, path: Path, *, durable: bool = False) -> None:
        self._durable = durable
        self._path = path
        self._file = path.open("wb")
        self._digest = _Digest() if durable else None
        self.sha256 = ""
        self._places: dict[str, tuple[str, int, int]] = {}
        self.tables: dict[str, Any] = {}

    def write(self, name: str, *parts: Array) -> None:
        """One array, given whole or in parts of one dtype."""
        self.stream(name, parts[0].dtype, parts)

    def stream(self, name: str, dtype: Any, parts: Iterable[Array]) -> None:
        """One array whose parts are made while it is written."""
        start = self._align()
        for part in parts:
            if part.size:
                self._put(np.ascontiguousarray(part, dtype).data.cast("B"))
        kind = np.dtype(dtype)
        self._places[name] = (kind.str, start, (self._file.tell() - start) // kind.itemsize)

    def read(self) -> Mapping[str, Array]:
        """What was written so far."""
        self._file.flush()
        with self._path.open("rb") as file:
            return _views(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), self._places)

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
                if self._digest is not None:
                    self.sha256 = self._digest.of_all()
        finally:
            if self._digest is not None:
                self._digest.end()
            self._file.close()

    def _put(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        if self._digest is not None:
            self._digest.add(data)

    def _align(self) -> int:
        at = self._file.tell()
        self._put(b"\0" * (-at % _ALIGNMENT))
        return self._file.tell()

    def _finish(self) -> None:
        footer = {"arrays": self._places, "tables": self.tables}
        data = json.dumps(footer, ensure_ascii=False).encode("utf-8", "surrogatepass")
        self._align()
        self._put(data + len(data).to_bytes(8, "little") + _MAGIC)
        self._file.flush()
        if self._durable:
            os.fsync(self._file.fileno())


class _Digest:
    """sha256 of what is written, by a thread that is one piece behind."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()
        self._thread = ThreadPoolExecutor(1)
        self._last: Future[None] | None = None

    def add(self, data: bytes | memoryview) -> None:
        """The next piece, which nobody changes any more."""
        if self._last is not None:
            self._last.result()
        self._last = self._thread.submit(self._sum.update, data)

    def of_all(self) -> str:
        """The checksum of all pieces."""
        if self._last is not None:
            self._last.result()
        return self._sum.hexdigest()

    def end(self) -> None:
        """No thread is left."""
        self._thread.shutdown()


def read_arrays(path: Path) -> tuple[Mapping[str, Array], Mapping[str, Any]]:
    """The arrays, mapped read-only, and the tables. Raises FileNotFoundError, DamagedIndexError."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if size < 16:
            raise damaged(path)
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    length = int.from_bytes(mapped[size - 16 : size - 8], "little")
    if mapped[size - 8 :] != _MAGIC or length > size - 16:
        raise damaged(path)
    try:
        footer = json.loads(mapped[size - 16 - length : size - 16].decode("utf-8", "surrogatepass"))
        return _views(mapped, footer["arrays"]), footer["tables"]
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(path) from error


def _views(mapped: mmap.mmap, places: Mapping[str, tuple[str, int, int]]) -> Mapping[str, Array]:
    return {
        name: np.frombuffer(mapped, np.dtype(kind), count, start)
        if count
        else np.zeros(0, np.dtype(kind))
        for name, (kind, start, count) in places.items()
    }


def release(array: Array) -> None:
    """Give back the memory of the file that an array is mapped from; it is read again if need be."""
    mapped = array.base.obj if isinstance(array.base, memoryview) else array.base
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)


def give_back() -> None:
    """Give freed memory back to the system, where its library keeps it for later (glibc does)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim is not None:
        trim(0)


def damaged(path: Path) -> DamagedIndexError:
    """What to say of a file that is not what was written."""
    return DamagedIndexError(
        f"索引文件 {path} 已损坏",
        hint="请运行 gongkai index 资料文件夹 --index 索引文件夹 --rebuild 重建索引。",
    )
