"""The part of indexing that needs no index: one file is read, parsed, folded and segmented.

It runs in processes of its own (pool.py).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import IO

from indexer.arrays.prepare import PreparedReport, prepare
from indexer.arrays.records import FileState
from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.model import Report, normal_source
from indexer.parsing.overrides import Override
from indexer.parsing.parse import parse
from indexer.parsing.ready import overridden
from indexer.pipeline.copies import digest_of
from indexer.pipeline.corpus import CorpusFile, override_digest
from indexer.reading.archives.kinds import Kind, container_of, kind_of
from indexer.reading.archives.limits import Budget
from indexer.reading.archives.walk import Found, walk
from indexer.reading.document import Format
from indexer.reading.formats import HEAD, LIGHT, format_of
from indexer.reading.read import read

_LOG = logging.getLogger(__name__)
_LIGHT = 1 << 20  # bytes
CLOSED = "cannot_open"
"""Key of the reason of a file that the system did not let us read."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read, and what metadata.csv says of it; `members`: of the files in it, by source.

    Of one whose reading was ended: `told` is how many of the files in it were told before, and `ended`
    why the next one is not read again.
    """

    file: CorpusFile
    override: Override | None
    members: Mapping[str, Override] = field(default_factory=dict)
    told: int = 0
    ended: Message | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file that was read; `prepared` is None where it was rejected (`state.reason` says why), is a
    copy, or only holds other files."""

    source: str
    state: FileState
    prepared: PreparedReport | None
    task: Task | None = None
    """Of a file whose reading was ended."""


def work(task: Task) -> Iterator[Outcome]:
    """Read one file: first all files that lie in it, one by one, then itself.

    Raises MemoryError alone: whatever else goes wrong with a file is its reason.
    """
    read_so_far = _Read()
    try:
        with task.file.path.open("rb") as opened:
            kind = container_of(task.file.path.name, opened)
            if kind is not None:
                yield from _members(task, kind, opened, read_so_far)
            if kind is None or kind == "mail":
                _itself(task, opened, read_so_far)
            elif not read_so_far.holds and not read_so_far.reason:
                read_so_far.reason = Message("empty_archive")
    except OSError as error:
        read_so_far.reason = Message("cannot_open", error=error.strerror or str(error))
    yield read_so_far.outcome(task)


def lost(task: Task, reason: Message) -> Outcome:
    """What is told of a file whose reading was ended."""
    return replace(_Read(reason=reason).outcome(task), task=task)


def rest_of(lost: Outcome, told: int) -> Task | None:
    """How to go on with a file whose reading was ended, `told` being how many of the files in it were
    told in that attempt; None where there is no way, as with a file that holds no others."""
    task = lost.task
    if task is None or (not told and (task.ended or not _holds_others(task))):
        return None
    return replace(task, told=task.told + told, ended=lost.state.reason)


@dataclass(slots=True)
class _Read:
    """What is known of a file when it was read."""

    prepared: PreparedReport | None = None
    reason: Message | None = None
    sha256: str = ""
    holds: int = 0

    def outcome(self, task: Task) -> Outcome:
        digest = override_digest(task.override, task.members)
        size, time = task.file.size, task.file.mtime_ns
        state = FileState(
            *(size, time, self.sha256, digest, self.reason),
            holds=self.holds,
            text=digest_of(self.prepared) if self.prepared else "",
        )
        return Outcome(task.file.source, state, self.prepared)


def _members(task: Task, kind: Kind, opened: IO[bytes], read_so_far: _Read) -> Iterator[Outcome]:
    """The files in a container."""
    name = task.file.path.name
    for found in walk(name, kind, opened, Budget(task.file.size)):
        if found.path:
            read_so_far.holds += 1
            if read_so_far.holds > task.told:
                ended = task.ended if read_so_far.holds == task.told + 1 else None
                yield _member(task, replace(found, content=ended) if ended else found)
        elif isinstance(found.content, Message):
            read_so_far.reason = found.content
    read_so_far.sha256 = _digest(opened)
    opened.seek(0)


def _member(task: Task, found: Found) -> Outcome:
    source = normal_source(f"{task.file.source}/{found.path}")
    override = task.members.get(source)
    made = _prepared(source, found.content, override)
    state = FileState(
        found.size,
        task.file.mtime_ns,
        found.sha256,
        override_digest(override),
        made if isinstance(made, Message) else None,
        within=task.file.source,
        text="" if isinstance(made, Message) else digest_of(made),
    )
    return Outcome(source, state, None if isinstance(made, Message) else made)


def _itself(task: Task, opened: IO[bytes], read_so_far: _Read) -> None:
    """The report that a file is; a mail that only holds others need be none."""
    data = content_of(task.file.path.name, opened)
    read_so_far.sha256 = hashlib.sha256(data).hexdigest() if data else ""
    made = _prepared(task.file.source, data, task.override)
    if not isinstance(made, Message):
        read_so_far.prepared = made
    elif not read_so_far.holds:
        read_so_far.reason = made


def _prepared(
    source: str, content: bytes | Report | Message, override: Override | None
) -> PreparedReport | Message:
    """A report ready for the index, or why there is none."""
    try:
        return prepare(report_of(source, content, override))
    except UnreadableError as error:
        return error.message
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours in one report must not lose the others
        _LOG.exception("%s cannot be read", source)
        return Message("our_fault", error=f"{type(error).__name__}: {error}")


def report_of(source: str, content: bytes | Report | Message, override: Override | None) -> Report:
    """The report in a file, or the one that was made of it before. Raises UnreadableError."""
    if isinstance(content, Message):
        raise UnreadableError(content)
    if isinstance(content, Report):
        report = replace(content, source=source)
        return overridden(report, override) if override else report
    return parse(source, read(source.rpartition("/")[2], content), override)


def content_of(name: str, opened: IO[bytes]) -> bytes:
    """All bytes of a file that there is a reader for, none of another: a film is not worth its reading."""
    head = opened.read(HEAD)
    return head + opened.read() if format_of(name, head) else b""


def _digest(opened: IO[bytes]) -> str:
    opened.seek(0)
    digest = hashlib.sha256()
    while part := opened.read(1 << 20):
        digest.update(part)
    return digest.hexdigest()


def is_light(task: Task) -> bool:
    """Whether a file needs no process that guards against it: it is small, and of text."""
    if task.file.size > _LIGHT:
        return False
    form, kind = _kinds(task)
    return form in (None, *LIGHT) and kind is None


def _holds_others(task: Task) -> bool:
    form, kind = _kinds(task)
    return kind is not None and form in (None, "mail")


def _kinds(task: Task) -> tuple[Format | None, Kind | None]:
    """What a file is by its first bytes."""
    name = task.file.path.name
    try:
        with task.file.path.open("rb") as opened:
            head = opened.read(HEAD)
    except OSError:
        return None, None
    return format_of(name, head), kind_of(name, head)
