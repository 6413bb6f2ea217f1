"""Work on many files in processes of their own, each file under a limit of time and memory.

A file whose reader hangs, crashes or eats the machine's memory costs itself alone: its process is
ended, the file is told, and a new process goes on with the others.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, TypeVar

from indexer.messages import Message
from indexer.reading.page_done import on_page_done

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

SECONDS = 30.0
"""A reader may take so long, of a processor's time, until a file, a page or a report in it is read. It is
given _PATIENCE times as long by the clock: others may keep the processor busy. Where its time is not to
be seen, on systems other than Linux, the clock alone counts."""
MEMORY = 1 << 30
"""Bytes that a reader may take beside what its process began with. Known to Linux alone."""
MOST_ON_WINDOWS = 60
"""Most processes that one can wait for there."""
_PATIENCE = 4
_ASLEEP = 2.0  # seconds later than it was to be: all was stopped meanwhile (Ctrl-Z)
_START = 120.0  # seconds that a new process may take for its imports
_AHEAD = 8  # files a process may be ahead of the one whose results are awaited
_SPAWN = get_context("spawn")
_CRASHED = Message("reader_crashed")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds, and bytes of memory."""

    seconds: float = SECONDS
    memory: int = MEMORY


@dataclass(slots=True, eq=False)
class _Place(Generic[_Task, _Result]):
    """A task in the order in which it came, and what came of it so far; `tries`: how often it was given
    to a process, `told`: whether that said anything of it."""

    task: _Task
    results: deque[_Result] = field(default_factory=deque)
    done: bool = False
    tries: int = 0
    told: bool = False


class _Worker(Generic[_Task, _Result]):
    """A process that works on one file at a time."""

    def __init__(self, function: Callable[[_Task], Iterable[_Result]], limits: Limits) -> None:
        self.here, there = _SPAWN.Pipe()
        self.place: _Place[_Task, _Result] | None = None
        self._limits = limits
        self._until = self._latest = time.monotonic() + _START
        self._spent = 0.0
        self._process: BaseProcess = _SPAWN.Process(
            target=_serve, args=(function, there, limits.memory), daemon=True
        )
        self._process.start()
        there.close()
        self._ready = False

    @property
    def left(self) -> float:
        """Seconds until its time may be up."""
        return self._until - time.monotonic()

    def is_over(self) -> bool:
        """Whether its time is up."""
        now = time.monotonic()
        if now < self._until:
            return False
        spent = _processor_seconds(self._process)
        rest = 0.0 if spent is None else self._limits.seconds - (spent - self._spent)
        if rest <= 0 or now >= self._latest:
            return True
        self._until = min(now + rest, self._latest)
        return False

    def begin(self) -> None:
        """Its time begins anew."""
        now, spent = time.monotonic(), _processor_seconds(self._process)
        self._spent = spent or 0.0
        self._latest = now + _PATIENCE * self._limits.seconds
        self._until = self._latest if spent is None else now + self._limits.seconds

    def give(self, place: _Place[_Task, _Result]) -> None:
        self.place = place
        place.tries += 1
        if self._ready:
            self.begin()
        with suppress(OSError):  # it is gone: the next look at it tells
            self.here.send(place.task)

    def look(self) -> Message | None:
        """Take what it has to say; why its file is lost, where it is."""
        try:
            kind, value = self.here.recv()
        except (EOFError, OSError):
            return _CRASHED
        self._ready = True
        self.begin()
        place = self.place
        assert place is not None
        if kind == "result":
            place.results.append(value)
            place.told = True
        elif kind == "done":
            place.done, self.place = True, None
        return (
            Message("reader_memory", most=self._limits.memory >> 20) if kind == "memory" else None
        )

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        with suppress(OSError):  # at the end of a process its files may be closed already
            self.here.close()


class Pool(Generic[_Task, _Result]):
    """`results` gives, in the order of the tasks, all that `function` makes of each.

    `lost(task, reason)` is the result of a file that was ended, as one is whose `function` raises.
    """

    def __init__(
        self,
        function: Callable[[_Task], Iterable[_Result]],
        lost: Callable[[_Task, Message], _Result],
        jobs: int,
        limits: Limits | None = None,
    ) -> None:
        self._function = function
        self._lost = lost
        self._jobs = min(jobs, MOST_ON_WINDOWS) if sys.platform == "win32" else jobs
        self._limits = limits or Limits()
        self._workers: list[_Worker[_Task, _Result]] = []
        self._waiting: deque[_Place[_Task, _Result]] = deque()
        self._awake = time.monotonic()

    def results(self, tasks: Iterable[_Task]) -> Iterator[_Result]:
        remaining = iter(tasks)
        try:
            self._hand_out(remaining)
            while self._waiting:
                first = self._waiting[0]
                while first.results:
                    yield first.results.popleft()
                if first.done:
                    self._waiting.popleft()
                else:
                    self._look()
                self._hand_out(remaining)
        finally:
            for worker in self._workers:
                worker.end()

    def _hand_out(self, tasks: Iterator[_Task]) -> None:
        """Give idle processes something to do, as far ahead as results may wait."""
        while len(self._waiting) < self._jobs * _AHEAD:
            idle = next((worker for worker in self._workers if worker.place is None), None)
            if idle is None and len(self._workers) == self._jobs:
                return
            try:
                place = _Place[_Task, _Result](next(tasks))
            except StopIteration:
                return
            self._waiting.append(place)
            (idle or self._new()).give(place)

    def _new(self) -> _Worker[_Task, _Result]:
        self._workers.append(_Worker(self._function, self._limits))
        return self._workers[-1]

    def _look(self) -> None:
        """Wait until a process has something to say or its time is up.

        One that has said much, and whose turn has not come, is not listened to: it waits, and what it
        has read does not fill the memory.
        """
        heard = [w for w in self._workers if w.place and self._may_speak(w.place)]
        self._after_sleep()
        seconds = max(0.0, min(worker.left for worker in heard))
        self._awake += seconds
        wait([worker.here for worker in heard], seconds)
        self._after_sleep()
        for worker in heard:
            reason: Message | None = None
            if worker.here.poll():
                reason = worker.look()
            elif worker.is_over():
                reason = Message("reader_slow", seconds=int(self._limits.seconds))
            if reason is not None:
                self._lose(worker, reason)

    def _after_sleep(self) -> None:
        """All have their time anew where this process was stopped meanwhile, and they with it."""
        now = time.monotonic()
        if now > self._awake + _ASLEEP:
            for worker in self._workers:
                worker.begin()
        self._awake = now

    def _may_speak(self, place: _Place[_Task, _Result]) -> bool:
        return place is self._waiting[0] or len(place.results) < _AHEAD

    def _lose(self, worker: _Worker[_Task, _Result], reason: Message) -> None:
        """End a process; its file is told.

        One that crashed before it said anything is given its file once more: not the file may be at
        fault but a system that is short of memory, which ends processes.
        """
        worker.end()
        self._workers.remove(worker)
        place = worker.place
        if place is None:
            return
        if reason == _CRASHED and place.tries == 1 and not place.told:
            self._new().give(place)
        else:
            place.results.append(self._lost(place.task, reason))
            place.done = True


def _serve(function: Callable[[Any], Iterable[Any]], there: Connection, memory: int) -> None:
    """What a process does: take a task, tell its results one by one, until its parent is gone."""
    on_page_done(lambda: there.send(("page", None)))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _ignore_interrupts()
    _limit_memory(memory)
    with suppress(EOFError, OSError):
        there.send(("ready", None))
        while True:
            task = there.recv()
            try:
                for result in function(task):
                    there.send(("result", result))
            except MemoryError:
                there.send(("memory", None))
                return
            there.send(("done", None))


def _end_with_parent() -> None:
    """End this process when its parent does, however that ends: it would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _processor_seconds(process: BaseProcess) -> float | None:
    """The time of processors that a process has used; None where that is not to be seen."""
    try:
        stat = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii", errors="replace")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, AttributeError):
        return None


def _ignore_interrupts() -> None:
    """A key that ends the run is the parent's to see."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _limit_memory(most: int) -> None:
    """MemoryError where the process takes so many bytes more than it has now."""
    if sys.platform != "linux":
        return
    import resource

    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    held = int(status.partition("VmData:")[2].split()[0]) << 10  # it is told in kB
    limit = held + most
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
