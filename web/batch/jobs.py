"""Lists that are counted beside the pages: each in a thread of its own, some lines a turn."""

from __future__ import annotations

import logging
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Literal

from indexer.errors import LimitError, RequestError
from indexer.messages import Message
from search.engine import Engine
from web.batch.noted import Frame, Lines, Listing
from web.batch.spool import Spool
from web.http.turns import Turns

State = Literal["running", "done", "cancelled", "failed"]
MOST_KEPT = 8
"""Lists that are kept: of those that are not being counted, the ones that were looked at longest ago go."""
MOST_RUNNING = 2
"""Lists that are counted at a time."""
_A_TURN = 64
"""Lines that are counted in one turn, about as long as a page takes."""

log = logging.getLogger("gongkai.lists")


@dataclass(slots=True)
class Tally:
    """How many lines are wrong, and how many say what another does."""

    refused: int = 0
    same: int = 0


class Job:
    """A list, its notes, and the thread that counts it. `id` cannot be guessed."""

    def __init__(self, listing: Listing, engine: Engine, turns: Turns) -> None:
        self.id = secrets.token_urlsafe(16)
        self.listing = listing
        self.generation = engine.generation
        self.frame: Frame = listing.frame(engine)
        self.notes = Spool()
        self.tally = Tally()
        self.state: State = "cancelled"
        self._engine = engine
        self._turns = turns
        self._stop = Event()
        self._thread: Thread | None = None
        self._began = (0, 0.0)

    def start(self) -> None:
        """Count, or go on."""
        self.wait()
        self._stop.clear()
        self._began = (len(self.notes), time.monotonic())
        self.state = "running"
        self._thread = Thread(target=self._run, name="gongkai-list", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Stop after the turn at hand."""
        self._stop.set()
        self.wait()

    def wait(self) -> None:
        """Until nothing is counted any more."""
        if self._thread is not None:
            self._thread.join()

    def seconds_left(self) -> float | None:
        """About how long it goes on; None where that is not known yet, or it does not."""
        first, began = self._began
        counted = len(self.notes) - first
        if self.state != "running" or not counted:
            return None
        left = len(self.listing.queries) - len(self.notes)
        return (time.monotonic() - began) / counted * left

    def _run(self) -> None:
        try:
            self.state = self._counted()
        except Exception:
            log.exception("a list could not be counted to its end")
            self.state = "failed"

    def _counted(self) -> State:
        lines = Lines(self._engine, self.listing)
        for note in self.notes.notes():
            lines.known(note)
        while not self._stop.is_set():
            turn = self._turns.take()
            try:
                notes = list(lines.next(_A_TURN))
            finally:
                self._turns.give(turn)
            if not notes:
                return "done"
            self.notes.add(notes)
            self.tally.refused += sum(note["error"] is not None for note in notes)
            self.tally.same += sum(note["same_as"] is not None for note in notes)
        return "cancelled"


class Jobs:
    """The lists of an application."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._kept: OrderedDict[str, Job] = OrderedDict()
        self._lock = Lock()

    def add(self, listing: Listing, engine: Engine) -> Job:
        """Begin to count a list. RequestError and LimitError where that cannot be."""
        job = Job(listing, engine, self._turns)
        with self._lock:
            self._check_room()
            self._kept[job.id] = job
            job.start()
            self._drop()
        return job

    def get(self, job_id: str) -> Job:
        """RequestError where there is none."""
        with self._lock:
            if job_id not in self._kept:
                raise NoSuchListError(Message("list_no_job"), hint=Message("list_no_job_hint"))
            self._kept.move_to_end(job_id)
            return self._kept[job_id]

    def resume(self, job: Job) -> None:
        """Go on with a list that was stopped. LimitError where too many are being counted."""
        with self._lock:
            if job.state in ("cancelled", "failed"):
                self._check_room()
                job.start()

    def _check_room(self) -> None:
        running = sum(job.state == "running" for job in self._kept.values())
        if running >= MOST_RUNNING:
            raise LimitError(
                Message("list_busy", most=MOST_RUNNING), hint=Message("list_busy_hint")
            )

    def _drop(self) -> None:
        idle = [job for job in self._kept.values() if job.state != "running"]
        for job in idle[: max(0, len(self._kept) - MOST_KEPT)]:
            del self._kept[job.id]


class NoSuchListError(RequestError):
    """There is no list of this address, or no more."""

    code = "unknown_list"
