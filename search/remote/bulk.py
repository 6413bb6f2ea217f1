"""Many documents to a cluster at once: in parallel, as fast as it takes them, and none is lost.

Whoever puts documents waits when as many are under way as may be. The cluster says for each whether it has taken
it: what it had no room for (429) is sent again, more slowly; what it refuses ends the run.
"""

from __future__ import annotations

import contextlib
import queue
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Thread
from types import TracebackType
from typing import Any, NamedTuple

from indexer.errors import ClusterError
from indexer.messages import Message
from search.remote.cluster import Cluster
from search.remote.pace import Pace
from search.remote.patience import pauses
from search.remote.wire import NoAnswerError, RefusedError

BYTES = 4 << 20
"""Of one request. A cluster makes five to fifteen MB of garbage of each MB, on a heap that may be small."""
ITEMS = 500
THREADS = 4
PATIENCE = 300.0
"""Seconds without one document taken until a run gives up: a node may be away for a restart."""
_SECONDS = 120.0  # that one request may take
_AGAIN = (404, 429, 500, 502, 503, 504)
"""Of a document; 404: a shard that is on its way to another node. All others are about the document itself."""
_TOO_LARGE = 413


class Item(NamedTuple):
    """One document to send: `lines` is what the cluster's bulk request has for it; `source` names its file."""

    id: str
    source: str
    lines: bytes


@dataclass(frozen=True, slots=True)
class Left:
    """What a request left to do: `again`, and why; `refused`: the first document that the cluster does not take."""

    again: tuple[Item, ...] = ()
    why: str = ""
    refused: tuple[Item, int, str] | None = None


def left_of(items: Sequence[Item], answer: Any) -> Left:
    """What is left of the items by the cluster's answer, which tells of each in their order."""
    told = answer.get("items") if isinstance(answer, dict) else None
    if not isinstance(told, list) or len(told) != len(items):
        return Left(tuple(items), "an answer that tells not of each document")
    again: list[Item] = []
    why = ""
    for item, each in zip(items, told, strict=True):
        ((action, done),) = each.items()
        status = int(done.get("status", 500))
        if 200 <= status < 300 or (action == "delete" and status == 404):
            continue
        reason = str((done.get("error") or {}).get("reason") or status)
        if status not in _AGAIN:
            return Left(refused=(item, status, reason[:500]))
        again.append(item)
        why = reason[:500]
    return Left(tuple(again), why)


class Bulk:
    """Sends documents to one index; `with` ends its threads, `flush` waits until all were taken."""

    def __init__(
        self,
        cluster: Cluster,
        index: str,
        *,
        threads: int = THREADS,
        patience: float = PATIENCE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._cluster = cluster
        self._path = f"/{index}/_bulk"
        self._patience = patience
        self._sleep = sleep
        self._waiting: list[Item] = []
        self._bytes = 0
        self._batches: queue.Queue[tuple[Item, ...] | None] = queue.Queue(threads)
        self._error: BaseException | None = None
        self._pace = Pace(threads)
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def put(self, item: Item) -> None:
        """Send a document, at some time before `flush` returns. Raises what went wrong with an earlier one."""
        self._waiting.append(item)
        self._bytes += len(item.lines)
        if self._bytes >= BYTES or len(self._waiting) >= ITEMS:
            self._send()

    def flush(self) -> None:
        """Wait until the cluster has taken all. Raises ClusterError where it does not."""
        self._send()
        self._batches.join()
        self._check()

    def _send(self) -> None:
        self._check()
        if self._waiting:
            self._batches.put(tuple(self._waiting))
            self._waiting, self._bytes = [], 0

    def _check(self) -> None:
        if self._error is not None:
            raise self._error

    def __enter__(self) -> Bulk:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """What was not flushed may not have been sent."""
        self._error = self._error or error
        if error is not None:
            self._drop()
        for _ in self._threads:
            self._batches.put(None)

    def _drop(self) -> None:
        """Take out what waits, so that nobody waits for a cluster that may be away."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._batches.get_nowait()
                self._batches.task_done()

    def _work(self) -> None:
        while (batch := self._batches.get()) is not None:
            try:
                if self._error is None:
                    self._deliver(batch)
            except Exception as error:  # raised again where documents are put
                self._error = error
            finally:
                self._batches.task_done()

    def _deliver(self, items: tuple[Item, ...]) -> None:
        """Send until all were taken. Raises ClusterError."""
        until = time.monotonic() + self._patience
        for pause in pauses():
            if self._error is not None:
                return
            left = self._attempt(items)
            if left.refused is not None:
                raise self._refused(*left.refused)
            if not left.again:
                return
            if len(left.again) < len(items):
                until = time.monotonic() + self._patience
            elif time.monotonic() + pause > until:
                raise ClusterError(
                    Message("cluster_full", url=str(self._cluster.address), error=left.why),
                    hint=Message("cluster_item_hint"),
                )
            items = left.again
            self._sleep(pause)

    def _attempt(self, items: tuple[Item, ...]) -> Left:
        """One request."""
        body = b"".join(item.lines for item in items)
        with self._pace:
            try:
                # this request is tried again here, with what is left of it
                answer = self._cluster.ask("POST", self._path, body, seconds=_SECONDS, patience=0)
            except NoAnswerError as error:
                return Left(items, str(error))
            except RefusedError as error:
                left = self._whole(items, error)
            else:
                left = left_of(items, answer)
        self._pace.told(slower=bool(left.again))
        return left

    def _whole(self, items: tuple[Item, ...], error: RefusedError) -> Left:
        """What is left of a request that was refused as a whole; one that is too large is sent in halves."""
        if error.status == _TOO_LARGE and len(items) > 1:
            half = len(items) // 2
            self._deliver(items[:half])
            self._deliver(items[half:])
            return Left()
        if error.status in _AGAIN:
            return Left(items, error.kind)
        if len(items) == 1:
            return Left(refused=(items[0], error.status, error.kind))
        raise error

    def _refused(self, item: Item, status: int, reason: str) -> ClusterError:
        url = str(self._cluster.address)
        return ClusterError(
            Message(
                "cluster_item_refused", url=url, source=item.source, status=status, error=reason
            ),
            hint=Message("cluster_item_hint"),
        )
