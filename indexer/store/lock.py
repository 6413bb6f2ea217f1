"""One writer at a time: a lock that the system lets go of when its process ends, however it ends."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from pathlib import Path

from indexer.errors import LockedIndexError
from indexer.messages import Message

LOCK = "MAIN_WRITELOCK"
"""The file that Whoosh locks, too, and so did earlier formats."""


class WriteLock:
    """The right to write an index, from its making to `release`.

    Raises LockedIndexError, which names the process that has it and since when, or OSError.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / LOCK
        self._file = os.open(path, os.O_CREAT | os.O_RDWR, 0o666)
        if not lock(self._file):
            os.close(self._file)
            raise LockedIndexError(_locked_by(folder, path), hint=Message("index_locked_hint"))
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


def lock(file: int) -> bool:
    """Lock an open file until it is closed; whether it is locked now, by us. On Windows that is the byte where it
    stands. Raises OSError where the system has no locks there."""
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


def _locked_by(folder: Path, path: Path) -> Message:
    """That the folder is locked, and who has the lock where that is to be seen."""
    try:
        with path.open("rb") as file:
            file.seek(1)
            found = json.loads(file.read())
        pid, since = int(found["pid"]), str(found["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return Message("index_locked", folder=str(folder))
    return Message("index_locked_by", folder=str(folder), pid=pid, since=since)
