"""ZIP: files by its central directory, their names in UTF-8 or, without a word, in GBK."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator
from lzma import LZMAError
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.archives.limits import MEMBER, MEMBERS, Stream
from indexer.reading.archives.paths import decoded

_DAMAGE = (
    *(BadZipFile, zlib.error, LZMAError, EOFError, ValueError, OSError, UnicodeDecodeError),
    *(IndexError, OverflowError),
)
_ENCRYPTED, _UTF8 = 0x1, 0x800
_UNICODE_PATH = 0x7075


class Zip:
    """A `Container`. UnreadableError where the archive is damaged."""

    def __init__(self, opened: IO[bytes]) -> None:
        try:
            self._archive = ZipFile(opened)
        except NotImplementedError as error:
            raise UnreadableError(Message("packed_otherwise", how=str(error)[:200])) from None
        except _DAMAGE as error:
            raise UnreadableError(Message("broken_archive", error=str(error)[:200])) from None
        every = self._archive.infolist()
        self.fault = Message("too_many_members", most=MEMBERS) if len(every) > MEMBERS else None
        self._files = every[:MEMBERS]
        self.paths = _paths(self._files)

    @contextlib.contextmanager
    def open(self, number: int) -> Iterator[Stream]:
        info = self._files[number]
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableError(Message("encrypted"))
        if info.file_size > MEMBER:
            raise UnreadableError(Message("member_too_big", most=MEMBER >> 20))
        try:
            with self._archive.open(info) as opened:
                yield opened
        except NotImplementedError as error:
            raise UnreadableError(Message("packed_otherwise", how=str(error)[:200])) from None
        except _DAMAGE as error:
            raise UnreadableError(Message("broken_archive", error=str(error)[:200])) from None


def _paths(files: list[ZipInfo]) -> list[str]:
    paths = ["" if info.orig_filename.endswith("/") else _stated(info) for info in files]
    unsure = [at for at, path in enumerate(paths) if path is None]
    raw = [files[at].orig_filename.encode("cp437", "replace") for at in unsure]
    for at, path in zip(unsure, decoded(raw), strict=True):
        paths[at] = path
    return [path or "" for path in paths]


def _stated(info: ZipInfo) -> str | None:
    """The path where the archive says its encoding; None where it does not."""
    if info.flag_bits & _UTF8 or info.orig_filename.isascii():
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    return _unicode_path(info.extra, zlib.crc32(raw))


def _unicode_path(extra: bytes, checksum: int) -> str | None:
    """The path in a field of its own, as Info-ZIP and WinRAR write it; None where it is of another."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = (int.from_bytes(extra[n : n + 2], "little") for n in (at, at + 2))
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and int.from_bytes(field[1:5], "little") == checksum:
            with contextlib.suppress(UnicodeDecodeError):
                return field[5:].decode("utf-8")
        at += 4 + size
    return None
