"""7z and RAR, by libarchive, which need not be there: it is the extra gongkai[archives]."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from ctypes import c_int, c_void_p
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import IO, Any, Literal, cast

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.archives.limits import MEMBER, MEMBERS, Budget, Stream
from indexer.reading.archives.paths import decoded

_ENCRYPTED = ("encrypt", "crypto", "passphrase", "password")
_KINDS = {"7z": Message("kind_7z"), "rar": Message("kind_rar")}
_BLOCK = 1 << 16
_RAR5 = b"Rar!\x1a\x07\x01\x00"
_OF_WINDOWS = Path(os.environ.get("SYSTEMROOT", "C:\\Windows")) / "System32" / "archiveint.dll"
"""libarchive as Windows brings it along."""


class SevenZip:
    """A `Container` in 7z or RAR. It is read from its beginning to its end for the names, and again
    for the bytes: what comes before a file has to be unpacked for it.

    UnreadableError where it is damaged or encrypted, or nothing is there to read it.
    """

    def __init__(self, opened: IO[bytes], kind: Literal["7z", "rar"], budget: Budget) -> None:
        library = _libarchive()
        if library is None:
            raise UnreadableError(Message("no_libarchive", kind=_KINDS[kind]))
        self._library = library
        self._is_encrypted = library.ffi.ffi("entry_is_encrypted", [c_void_p], c_int)
        self._opened = opened
        self._budget = budget
        self._format = "7zip" if kind == "7z" else "rar5" if _is_rar5(opened) else "rar"
        self._stack = contextlib.ExitStack()
        self._entries: Iterator[tuple[int, Any]] = iter(())
        self.fault: Message | None = None
        names: list[str | bytes] = []
        try:
            self._list(names)
            self._restart()
        except library.ArchiveError as error:
            self.fault = _reason(error)
            if not names:
                raise UnreadableError(self.fault) from None
        self.paths = _texts(names)

    def _list(self, names: list[str | bytes]) -> None:
        self._restart()
        unpacked = 0
        for number, entry in self._entries:
            if number == MEMBERS:
                self.fault = Message("too_many_members", most=MEMBERS)
                return
            names.append(entry.pathname or b"" if _is_file(entry) else b"")
            unpacked += entry.size or 0
            self._budget.check(unpacked)

    def _restart(self) -> None:
        """To the beginning."""
        self._stack.close()
        self._opened.seek(0)
        reader = self._library.stream_reader(
            self._opened, format_name=self._format, filter_name="none", block_size=_BLOCK
        )
        self._entries = enumerate(self._stack.enter_context(reader))

    @contextlib.contextmanager
    def open(self, number: int) -> Iterator[Stream]:
        try:
            entry = next(entry for at, entry in self._entries if at == number)
            if (entry.size or 0) > MEMBER:
                raise UnreadableError(Message("member_too_big", most=MEMBER >> 20))
            if self._is_encrypted(entry._entry_p):
                raise UnreadableError(Message("encrypted"))
            yield _Blocks(entry)
        except self._library.ArchiveError as error:
            raise UnreadableError(_reason(error)) from None
        except StopIteration:
            raise UnreadableError(self.fault or Message("broken_archive", error="")) from None


class _Blocks:
    """The bytes of an entry as a stream."""

    def __init__(self, entry: Any) -> None:
        self._blocks: Iterator[bytes] = entry.get_blocks(_BLOCK)
        self._left = b""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        if not self._left:
            self._left = next(self._blocks, b"")
        found, self._left = self._left[:size], self._left[size:]
        return found


@cache
def _libarchive() -> ModuleType | None:
    """The library; None where it, or the package by which Python uses it, is not there."""
    if sys.platform == "win32" and _OF_WINDOWS.exists():
        os.environ.setdefault("LIBARCHIVE", str(_OF_WINDOWS))
    try:
        import libarchive
    except (ImportError, OSError, AttributeError, TypeError):
        return None
    logging.getLogger("libarchive").setLevel(logging.ERROR)
    return cast(ModuleType, libarchive)


def _is_file(entry: Any) -> bool:
    """Of an archive of Windows not every entry says that it is one."""
    return not (entry.isdir or entry.issym or entry.islnk or entry.isdev)


def _texts(names: Sequence[str | bytes]) -> list[str]:
    """Names as text; old RAR has them in the encoding of the machine that packed it."""
    raw = iter(decoded([name for name in names if isinstance(name, bytes)]))
    return [name if isinstance(name, str) else next(raw) for name in names]


def _is_rar5(opened: IO[bytes]) -> bool:
    opened.seek(0)
    return opened.read(len(_RAR5)) == _RAR5


def _reason(error: Any) -> Message:
    """Encryption told apart from damage, by what the library says."""
    said = str(error.msg or "")
    if any(word in said.lower() for word in _ENCRYPTED):
        return Message("encrypted")
    return Message("broken_archive", error=said[:200])
