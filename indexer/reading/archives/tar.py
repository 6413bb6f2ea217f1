"""TAR, packed as a whole or not; and single files that were packed by gzip, bzip2 or xz."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import IO, cast

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.archives.kinds import Kind, is_tar
from indexer.reading.archives.limits import MEMBER, MEMBERS, Budget, Stream, TooMuchError
from indexer.reading.archives.paths import decoded

_DAMAGE = (
    *(tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError),
    *(OverflowError, RecursionError, IndexError),
)
_BLOCK = 512
_SUFFIXES = (".gz", ".bz2", ".xz", ".z", ".tgz", ".tbz", ".tbz2", ".txz")
_UNPACK: Mapping[Kind, Callable[[IO[bytes]], IO[bytes]]] = MappingProxyType(
    {
        "gzip": lambda opened: cast(IO[bytes], gzip.GzipFile(fileobj=opened)),
        "bzip2": lambda opened: cast(IO[bytes], bz2.BZ2File(opened)),
        "xz": lambda opened: cast(IO[bytes], lzma.LZMAFile(opened)),  # noqa: SIM115
    }
)


class Tar:
    """A `Container`. UnreadableError where nothing of the archive can be read."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._files: list[tarfile.TarInfo] = []
        self.fault: Message | None = None
        try:
            self._archive = tarfile.open(  # noqa: SIM115  (closing it closes nothing)
                fileobj=opened, mode="r:", encoding="utf-8", errors="surrogateescape"
            )
            self._list()
        except _DAMAGE as error:
            self.fault = Message("broken_archive", error=str(error)[:200])
            if not self._files:
                raise UnreadableError(self.fault) from None
        raw = [info.name.encode("utf-8", "surrogateescape") for info in self._files]
        names = decoded(raw)
        self.paths = [n if f.isreg() else "" for n, f in zip(names, self._files, strict=True)]

    def _list(self) -> None:
        for info in self._archive:
            if len(self._files) == MEMBERS:
                self.fault = Message("too_many_members", most=MEMBERS)
                return
            self._files.append(info)

    @contextlib.contextmanager
    def open(self, number: int) -> Iterator[Stream]:
        info = self._files[number]
        if info.size > MEMBER:
            raise UnreadableError(Message("member_too_big", most=MEMBER >> 20))
        try:
            opened = self._archive.extractfile(info)
            yield opened or io.BytesIO()
        except _DAMAGE as error:
            raise UnreadableError(Message("broken_archive", error=str(error)[:200])) from None


class Single:
    """A `Container` of the one file that was packed."""

    fault = None

    def __init__(self, name: str, opened: IO[bytes]) -> None:
        inner = name
        for suffix in _SUFFIXES:
            if name.lower().endswith(suffix):
                inner = name[: -len(suffix)]
                break
        self.paths = [inner or name]
        self._opened = opened

    @contextlib.contextmanager
    def open(self, number: int) -> Iterator[Stream]:
        try:
            self._opened.seek(0)
            yield self._opened
        except _DAMAGE as error:
            raise UnreadableError(Message("broken_archive", error=str(error)[:200])) from None


def unpacked(name: str, kind: Kind, opened: IO[bytes], budget: Budget) -> Tar | Single:
    """What a packed file holds: the files of a TAR, or itself. Raises UnreadableError."""
    stream = cast(IO[bytes], _Bounded(_UNPACK[kind](opened), budget))
    try:
        head = stream.read(_BLOCK)
        stream.seek(0)
    except TooMuchError:
        raise
    except _DAMAGE as error:
        raise UnreadableError(Message("broken_archive", error=str(error)[:200])) from None
    return Tar(stream) if is_tar(head) else Single(name, stream)


class _Bounded(io.RawIOBase):
    """A stream that ends with TooMuchError where more is unpacked of it than may be: to skip a file
    in it, it has to be unpacked too."""

    def __init__(self, opened: IO[bytes], budget: Budget) -> None:
        self._opened = opened
        self._budget = budget

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        found = self._opened.read(size if size >= 0 else _BLOCK)
        self._budget.check(self._opened.tell())
        return found

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        at = offset if whence == io.SEEK_SET else self._opened.tell() + offset
        if whence == io.SEEK_END:
            raise io.UnsupportedOperation
        self._budget.check(at)
        return self._opened.seek(at)

    def tell(self) -> int:
        return self._opened.tell()
