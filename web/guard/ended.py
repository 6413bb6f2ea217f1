"""Sessions that were ended, in a file: a copy of a cookie is of no use after a restart, or to another process, either.

A line for each: its id, and the second (of the epoch) when it would have ended by itself. Lines are added; those that
are past go when a server starts.
"""

from __future__ import annotations

import time
from pathlib import Path
from threading import Lock

from web.guard.secret_file import add_secret, read_secret, stamp, write_secret


class Ended:
    """The ended sessions of a server. Threads, and processes with the same file, may share it."""

    def __init__(self, path: Path) -> None:
        """UsersError where the file cannot be used."""
        self._path = path
        self._lock = Lock()
        self._stamp: object = None
        self._ids: frozenset[str] = frozenset()
        found, now = self._read(), time.time()
        if any(last < now for last in found.values()):
            lines = (f"{id} {last}\n" for id, last in found.items() if last >= now)
            write_secret(path, "".join(lines))

    def __contains__(self, id: str) -> bool:
        """UsersError where the file cannot be read: then nobody is let in."""
        with self._lock:
            now = stamp(self._path)
            if now is None or now != self._stamp:
                self._ids, self._stamp = frozenset(self._read()), now
            return id in self._ids

    def add(self, id: str, last: int) -> None:
        """`last`: the second when the session ends anyway. UsersError where that cannot be written."""
        add_secret(self._path, f"{id} {last}\n")

    def _read(self) -> dict[str, int]:
        if not self._path.exists():
            return {}
        lines = (line.partition(" ") for line in read_secret(self._path).splitlines())
        return {id: int(last) for id, _, last in lines if last.isdecimal()}
