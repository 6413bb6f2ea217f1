"""One writer at a time: a lock that the system lets go of when its process ends, however it ends."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from pathlib import Path

from indexer.errors import LockedIndexError

LOCK = "MAIN_WRITELOCK"
"""The file that Whoosh locks, too, and so did earlier formats."""


class WriteLock:
    """The right to write an index, from its making to `release`.

    Raises LockedIndexError, which names the process that has it and since when, or OSError.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / LOCK
        self._file = os.open(path, os.O_CREAT | os.O_RDWR, 0o666)
        if not _locked(self._file):
            os.close(self._file)
            raise LockedIndexError(
                f"索引 {folder} 正由另一个 gongkai index 写入{_holder(path)}",
                hint="请等它结束后再运行；同一索引一次只能有一个写入者。",
            )
        since = time.strftime("%Y-%m-%d %H:%M:%S")
        # Windows lets nobody read the first byte of a locked file
        self._note(b"\n" + json.dumps({"pid": os.getpid(), "since": since}).encode())

    def release(self) -> None:
        """Others may write."""
        self._note(b"")
        os.close(self._file)

    def _note(self, text: bytes) -> None:
        """What the file says: a courtesy, which a full disk may forgo."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, text)


def _locked(file: int) -> bool:
    """Whether the file is locked now, by us."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _holder(path: Path) -> str:
    """Who has the lock; "" where it is not to be seen."""
    try:
        with path.open("rb") as file:
            file.seek(1)
            found = json.loads(file.read())
        return f"（进程 {int(found['pid'])}，{found['since']} 起）"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
