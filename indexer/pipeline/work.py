"""The part of indexing that needs no index: one file is read, parsed, folded and segmented.

It runs in processes of its own; what waits in between is bounded, so memory does not grow with
the corpus.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TypeVar

from indexer.arrays.prepare import PreparedReport, prepare
from indexer.arrays.records import FileState
from indexer.errors import CorpusError, UnreadableError
from indexer.messages import Message
from indexer.parsing.overrides import Override
from indexer.parsing.parse import parse
from indexer.pipeline.corpus import CorpusFile, override_digest
from indexer.reading.formats import HEAD, format_of
from indexer.reading.read import read

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
_LOG = logging.getLogger(__name__)
MOST_ON_WINDOWS = 61
"""Most processes that one can wait for there (see ProcessPoolExecutor)."""
_AHEAD = 8  # files a process may be ahead of the writer


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read."""

    file: CorpusFile
    override: Override | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file that was read; `prepared` is None where it was rejected (`state.reason` says why)."""

    source: str
    state: FileState
    prepared: PreparedReport | None


def work(task: Task) -> Outcome:
    """Read one file. Raises nothing: whatever goes wrong with a file is its reason."""
    file = task.file
    sha256 = ""
    prepared: PreparedReport | None = None
    reason: Message | None = None
    try:
        data = _content(file.path)
        sha256 = hashlib.sha256(data).hexdigest() if data else ""
        prepared = prepare(parse(file.source, read(file.path.name, data), task.override))
    except OSError as error:
        reason = Message("cannot_open", error=error.strerror or str(error))
    except UnreadableError as error:
        reason = error.message
    except Exception as error:  # a fault of ours in one report must not lose the others
        _LOG.exception("%s cannot be read", file.source)
        reason = Message("our_fault", error=f"{type(error).__name__}: {error}")
    state = FileState(file.size, file.mtime_ns, sha256, override_digest(task.override), reason)
    return Outcome(file.source, state, prepared)


def _content(path: Path) -> bytes:
    """All bytes of a file that there is a reader for, none of another: a film is not worth its reading."""
    with path.open("rb") as opened:
        head = opened.read(HEAD)
        return head + opened.read() if format_of(path.name, head) else b""


def in_processes(
    function: Callable[[_Task], _Result], tasks: Iterable[_Task], jobs: int
) -> Iterator[_Result]:
    """function(task) for each task, in order; in this process where `jobs` is 1."""
    if sys.platform == "win32":
        jobs = min(jobs, MOST_ON_WINDOWS)
    if jobs == 1:
        yield from map(function, tasks)
        return
    waiting: deque[Future[_Result]] = deque()
    spawn = get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_end_with_parent) as pool:
        try:
            for task in tasks:
                waiting.append(pool.submit(function, task))
                if len(waiting) >= jobs * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise CorpusError(Message("reader_died"), hint=Message("reader_died_hint")) from error
        finally:
            for future in waiting:
                future.cancel()


def _end_with_parent() -> None:
    """End this process when its parent does, however that ends: it would wait for ever."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
