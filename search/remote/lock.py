"""One writer at a time: a document in the cluster that its owner renews, and that goes to who waits when he is gone.

No clock is compared with another machine's: who wants the lock watches it for a while, and takes it where nothing
has moved. Whoever lost it so (his machine slept, say) is told at his next look, before he switches anything.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import time
from collections.abc import Callable
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any

from indexer.errors import ClusterError, LockedIndexError
from indexer.messages import Message
from search.remote.cluster import Cluster
from search.remote.wire import RefusedError

BEAT = 2.0
"""Seconds between two renewals."""
STALE = 20.0
"""Seconds for which a lock is watched: longer than a cluster needs to elect a manager."""
_CONFLICT = 409


class WriteLock:
    """The right to write the index of an address, inside of `with`. Raises LockedIndexError."""

    def __init__(
        self,
        cluster: Cluster,
        *,
        beat: float = BEAT,
        stale: float = STALE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._cluster = cluster
        self._path = f"/{cluster.address.name}-lock"
        self._beat = beat
        self._stale = stale
        self._sleep = sleep
        self._token = secrets.token_hex(8)
        self._at: tuple[int, int] = (0, 0)
        self._lost = False
        self._turn = Lock()
        self._ended = Event()
        self._thread = Thread(target=self._renew, name="gongkai-lock", daemon=True)

    def __enter__(self) -> WriteLock:
        self._make_index()
        if not self._put({"op_type": "create"}):
            self._take_over()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Others may write; where the cluster is away they may a while later."""
        self._ended.set()
        self._thread.join()
        if not self._lost:
            with contextlib.suppress(ClusterError):
                self._cluster.ask("DELETE", f"{self._path}/_doc/writer", params=self._as_left())

    def check(self) -> None:
        """LockedIndexError where another one has taken the lock."""
        with self._turn:
            if not self._lost:
                self._lost = not self._put(self._as_left())
        if self._lost:
            raise LockedIndexError(
                Message("cluster_lock_lost", url=str(self._cluster.address)),
                hint=Message("cluster_locked_hint"),
            )

    def _renew(self) -> None:
        """Until it is ended or lost. A cluster that is away is asked again with the next beat."""
        while not self._lost and not self._ended.wait(self._beat):
            with self._turn, contextlib.suppress(ClusterError):
                self._lost = not self._put(self._as_left())

    def _make_index(self) -> None:
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1", "hidden": True}
        try:
            self._cluster.ask("PUT", self._path, {"settings": settings})
        except RefusedError as error:
            if error.kind != "resource_already_exists_exception":
                raise

    def _put(self, condition: dict[str, str]) -> bool:
        """Write the lock down, if it stands there as the condition says; whether it is ours now."""
        ours = {"token": self._token, "host": socket.gethostname(), "pid": os.getpid()}
        try:
            self._at = _at(
                self._cluster.ask("PUT", f"{self._path}/_doc/writer", ours, params=condition)
            )
        except RefusedError as error:
            if error.status != _CONFLICT:
                raise
            found = self._read()  # perhaps we wrote it, and no answer came
            if found is None or found["_source"]["token"] != self._token:
                return False
            self._at = _at(found)
        return True

    def _take_over(self) -> None:
        """Watch another one's lock, and take it where it is not renewed."""
        first = self._read()
        until = time.monotonic() + self._stale
        while first is not None and time.monotonic() < until:
            self._sleep(self._beat / 2)
            now = self._read()
            if now is not None and _at(now) != _at(first):
                raise self._locked(now)
            first = now
        if first is not None:
            self._at = _at(first)
        if not self._put({"op_type": "create"} if first is None else self._as_left()):
            raise self._locked(self._read())

    def _read(self) -> Any | None:
        found = self._cluster.find(f"{self._path}/_doc/writer")
        return found if found is not None and found.get("found") else None

    def _as_left(self) -> dict[str, str]:
        """The condition that nobody has written it since."""
        number, term = self._at
        return {"if_seq_no": str(number), "if_primary_term": str(term)}

    def _locked(self, found: Any | None) -> LockedIndexError:
        by = found["_source"] if found else {}
        url = str(self._cluster.address)
        host, pid = str(by.get("host", "")), int(by.get("pid", 0))
        return LockedIndexError(
            Message("cluster_locked", url=url, host=host, pid=pid),
            hint=Message("cluster_locked_hint"),
        )


def _at(found: Any) -> tuple[int, int]:
    return found["_seq_no"], found["_primary_term"]
