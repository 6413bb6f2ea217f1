"""A keeper and its workers, which answer from one state of the index."""

from __future__ import annotations

import contextlib
import logging
import socket
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import asdict
from threading import Lock, Thread

from indexer.messages import Message
from web.http.forwarding import Asked, LostWorkersError, Made
from web.workers.handle import DeclinedError, DiedError, Worker
from web.workers.setup import Setup
from web.workers.wire import LostError, channel, tell, told

log = logging.getLogger(__name__)

_ENDING = 5.0
"""Seconds in which a keeper ends by itself."""
_TRIES = 2
"""Workers that may die of a request: then it is not made here, where everybody would be lost."""


class Crew:
    """`state`: of the index, from which `count` workers answer, as soon as they are there; what turns out heavy
    one more makes."""

    def __init__(self, setup: Setup, state: str, count: int) -> None:
        self.state = state
        self._lock = Lock()
        self._workers: list[Worker] = []
        self._heavy: Worker | None = None
        self._channel, theirs = channel()
        with theirs:
            self._keeper = _started(theirs.fileno())
        with contextlib.suppress(LostError):  # it has ended already, as the thread will see
            tell(self._channel, {"setup": asdict(setup), "state": state, "count": count})
        self._listener = Thread(target=self._listen, name="gongkai-crew", daemon=True)
        self._listener.start()

    @property
    def ended(self) -> bool:
        """Whether the keeper is gone."""
        return self._keeper.poll() is not None

    @property
    def keeper(self) -> int:
        """The process of the keeper."""
        return self._keeper.pid

    @property
    def busy(self) -> int:
        """Requests that are being answered."""
        with self._lock:
            return sum(worker.busy for worker in self._all())

    @property
    def numbers(self) -> list[int]:
        """The processes of the workers."""
        with self._lock:
            return [worker.number for worker in self._workers]

    @property
    def heavy(self) -> int:
        """The process of the worker for what is heavy, 0 where there is none."""
        with self._lock:
            return 0 if self._heavy is None else self._heavy.number

    def ask(self, asked: Asked, *, heavy: bool = False) -> Made | None:
        """The answer of a worker, or of the one for what is heavy; None where none can give one. Raises
        LostWorkersError, HeavyError."""
        query = asked.environ.get("QUERY_STRING", "")
        if heavy:
            return self._ask(asked, self._heavy_one, 1)
        return self._ask(asked, lambda: self._chosen(query), _TRIES)

    def _ask(self, asked: Asked, choose: Callable[[], Worker | None], tries: int) -> Made | None:
        """The answer of one that was chosen, whose `busy` counts it."""
        died = 0
        while died < tries:
            worker = choose()
            if worker is None:
                return None
            try:
                return worker.ask(asked)
            except DeclinedError:
                return None
            except DiedError:
                died += 1
                path = (
                    asked.environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
                )
                log.warning("进程 %s 意外终止，当时的请求：%s", worker.number, path)
                self._lose(worker)
            except LostError:
                self._lose(worker)
            finally:
                with self._lock:
                    worker.busy -= 1
        raise LostWorkersError(Message("lost_workers"), hint=Message("lost_workers_hint"))

    def close(self) -> None:
        """End all of it, answers that are being made too."""
        with contextlib.suppress(OSError):  # the keeper may be gone
            self._channel.shutdown(
                socket.SHUT_RDWR
            )  # a thread waits at it, which a mere close would not wake
        self._listener.join()
        self._channel.close()
        with self._lock:
            for worker in self._all():
                worker.close()
            self._workers.clear()
            self._heavy = None
        try:
            self._keeper.wait(_ENDING)
        except subprocess.TimeoutExpired:
            self._keeper.kill()
            self._keeper.wait()

    def _chosen(self, query: str) -> Worker | None:
        """One that has least to do; of several the one that was asked for the same, which it may still know."""
        with self._lock:
            if not self._workers:
                return None
            first = zlib.crc32(query.encode()) % len(self._workers)
            inorder = self._workers[first:] + self._workers[:first]
            chosen = min(inorder, key=lambda worker: worker.busy)
            chosen.busy += 1
            return chosen

    def _heavy_one(self) -> Worker | None:
        with self._lock:
            if self._heavy is not None:
                self._heavy.busy += 1
            return self._heavy

    def _all(self) -> list[Worker]:
        return [*self._workers, *([self._heavy] if self._heavy else [])]

    def _lose(self, worker: Worker) -> None:
        with self._lock:
            if worker not in self._all():
                return
            if worker is self._heavy:
                self._heavy = None
            else:
                self._workers.remove(worker)
        worker.close()
        with contextlib.suppress(LostError):  # where it only says nothing
            tell(self._channel, {"end": worker.number})

    def _listen(self) -> None:
        """Take workers as they come."""
        with contextlib.suppress(LostError):
            while True:
                head, sockets = told(self._channel, 1)
                with self._lock:
                    came = Worker(head["worker"], sockets[0])
                    if head["heavy"]:
                        self._heavy = came
                    else:
                        self._workers.append(came)


def _started(stdin: int) -> subprocess.Popen[bytes]:
    """A keeper in an interpreter of its own, which finds modules where this one does."""
    code = f"import sys; sys.path[:] = {sys.path!r}; from web.workers.keeper import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=stdin,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the front
    )
