"""The part of indexing that needs no index: one file is read, parsed, folded and segmented.

It runs in processes of its own (pool.py).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.arrays.prepare import PreparedReport, prepare
from indexer.arrays.records import FileState
from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.parsing.overrides import Override
from indexer.parsing.parse import parse
from indexer.pipeline.corpus import CorpusFile, override_digest
from indexer.reading.formats import HEAD, LIGHT, format_of
from indexer.reading.read import read

_LOG = logging.getLogger(__name__)
_LIGHT = 1 << 20  # bytes


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


def work(task: Task) -> Iterator[Outcome]:
    """Read one file. Raises MemoryError alone: whatever else goes wrong with a file is its reason."""
    yield _outcome(task)


def lost(task: Task, reason: Message) -> Outcome:
    """What is told of a file whose reading was ended."""
    file = task.file
    state = FileState(file.size, file.mtime_ns, "", override_digest(task.override), reason)
    return Outcome(file.source, state, None)


def _outcome(task: Task) -> Outcome:
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
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours in one report must not lose the others
        _LOG.exception("%s cannot be read", file.source)
        reason = Message("our_fault", error=f"{type(error).__name__}: {error}")
    state = FileState(file.size, file.mtime_ns, sha256, override_digest(task.override), reason)
    return Outcome(file.source, state, prepared)


def is_light(task: Task) -> bool:
    """Whether a file needs no process that guards against it: it is small, and of text."""
    if task.file.size > _LIGHT:
        return False
    try:
        with task.file.path.open("rb") as opened:
            return format_of(task.file.path.name, opened.read(HEAD)) in (None, *LIGHT)
    except OSError:
        return True


def _content(path: Path) -> bytes:
    """All bytes of a file that there is a reader for, none of another: a film is not worth its reading."""
    with path.open("rb") as opened:
        head = opened.read(HEAD)
        return head + opened.read() if format_of(path.name, head) else b""
