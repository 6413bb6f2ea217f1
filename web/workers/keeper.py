"""The keeper: a process that opens the index, forks workers, and replaces those that die.

It has one thread, as a fork needs it, and serves nobody: what it forks is always whole. It ends, and they
with it, when the front's end of the channel is closed, however that comes about.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

from indexer.arrays.array_file import free_at_once, settle
from indexer.errors import GongkaiError
from web.http.application import Application
from web.terminal.logs import log_printably
from web.workers.setup import Setup
from web.workers.wire import Head, LostError, channel, tell, told
from web.workers.worker import work

NICENESS = 10
"""Of the worker that makes what is heavy: of the processors it gets what the others leave."""
TICK = 0.2
"""Seconds between two looks for workers that have died."""
OTHER_STATE = 3
"""Exit code where the index is not, or no longer, in the state that was asked for."""


class Keeper:
    """Forks workers of an application and tells the front along `front` of each."""

    def __init__(self, app: Application, state: str, front: socket.socket) -> None:
        self._app = app
        self._state = state
        self._front = front
        self._workers: set[int] = set()
        self._heavy = 0

    def run(self, count: int) -> None:
        """Keep so many workers, and one for what is heavy, until the front is gone."""
        try:
            while True:
                if len(self._workers) < count:
                    self._workers.add(self._fork(heavy=False))
                elif not self._heavy:
                    self._heavy = self._fork(heavy=True)
                pause = TICK if self._heavy and len(self._workers) == count else 0.0
                if select.select([self._front], [], [], pause)[0]:
                    self._end(told(self._front)[0])
                self._reap()
        except LostError:
            pass
        finally:
            for number in self._all():
                os.kill(number, signal.SIGKILL)

    def _all(self) -> list[int]:
        return [*self._workers, *([self._heavy] if self._heavy else [])]

    def _fork(self, *, heavy: bool) -> int:
        """The process of a new worker."""
        ours, theirs = channel()
        number = os.fork()
        if number == 0:
            self._front.close()  # the front is to see when the keeper is gone
            ours.close()
            if heavy:
                os.nice(NICENESS)
                self._app.turns.leaves = None
            work(self._app, self._state, theirs)
        theirs.close()
        with contextlib.closing(ours):
            tell(self._front, {"worker": number, "heavy": heavy}, ours)
        return number

    def _end(self, message: Head) -> None:
        """The front asks for the end of a worker that no longer answers."""
        if message["end"] in self._all():
            os.kill(message["end"], signal.SIGKILL)

    def _reap(self) -> None:
        for number in self._all():
            if os.waitpid(number, os.WNOHANG)[0]:
                self._workers.discard(number)
                self._heavy = 0 if number == self._heavy else self._heavy


def main() -> None:
    """What the front starts; its end of the channel is standard input."""
    front = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), sys.stdin.fileno())
    free_at_once()
    log_printably()
    with contextlib.suppress(LostError):
        asked, _ = told(front)
        try:
            with ending_with(front):
                app = prepared(Setup(**asked["setup"]), asked["state"])
        except GongkaiError:  # the front opens the same index, and says it
            app = None
        if app is None:
            sys.exit(OTHER_STATE)
        Keeper(app, asked["state"], front).run(asked["count"])


@contextlib.contextmanager
def ending_with(front: socket.socket) -> Iterator[None]:
    """Until `with` ends, this process ends as soon as the front is gone; a thread sees to it, which is gone
    before anything is forked."""
    done, finish = os.pipe()

    def watch() -> None:
        if front.fileno() in select.select([front.fileno(), done], [], [])[0]:
            os._exit(0)

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        os.close(finish)
        watcher.join()
        os.close(done)


def prepared(setup: Setup, state: str) -> Application | None:
    """The application with all that workers share, or None where the index is in another state."""
    engine = setup.open_engine()
    if engine.state != state:
        return None
    app = setup.application(engine)
    app.load_templates()
    settle()
    return app
