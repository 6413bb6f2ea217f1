"""The way through a container: every file in it, and in the containers that lie in it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import IO, NamedTuple

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.model import Report
from indexer.reading.archives.container import Container
from indexer.reading.archives.json_lines import ready_report, written_lines
from indexer.reading.archives.kinds import Kind, container_of, kind_of
from indexer.reading.archives.limits import DEPTH, MEMBER, Budget, Stream, TooMuchError
from indexer.reading.archives.mail import Attachments, Mailbox
from indexer.reading.archives.paths import member_path
from indexer.reading.archives.seven_zip import SevenZip
from indexer.reading.archives.tar import Tar, unpacked
from indexer.reading.archives.zip import Zip
from indexer.reading.formats import format_of
from indexer.reading.left_out import is_report, parts_of_pages


@dataclass(frozen=True, slots=True)
class Found:
    """What a walk meets: the bytes of a file, a ready report, or why there is neither.

    `path` is the one in the outermost container, "" for what is wrong with that itself; `size` and
    `sha256` are of the bytes, 0 and "" where none were read. A file that no reader takes has none.
    """

    path: str
    content: bytes | Report | Message
    size: int = 0
    sha256: str = ""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


def walk(name: str, kind: Kind, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
    """All that a container holds, in its order, in memory one by one.

    Raises OSError alone: whatever is wrong is told of the file that it is wrong with.
    """
    try:
        yield from _inside(_Place("", 1), name, kind, opened, budget)
    except TooMuchError as error:
        yield Found("", error.message)


class _Place(NamedTuple):
    """A container in the outermost one: its path there, and how deep it lies."""

    path: str
    depth: int

    def below(self, path: str) -> str:
        return f"{self.path}/{path}" if self.path else path


def _inside(
    place: _Place, name: str, kind: Kind, opened: IO[bytes], budget: Budget
) -> Iterator[Found]:
    """The files of a container."""
    if kind == "jsonl":
        yield from _ready_reports(place, opened, budget)
        return
    try:
        container = _open(name, kind, opened, budget)
    except TooMuchError:
        raise
    except UnreadableError as error:
        yield Found(place.path, error.message)
        return
    parts = parts_of_pages(container.paths)
    for number, written in enumerate(container.paths):
        if is_report(written) and number not in parts:
            yield from _member(place, written, partial(container.open, number), budget)
    if container.fault:
        yield Found(place.path, container.fault)


def _open(name: str, kind: Kind, opened: IO[bytes], budget: Budget) -> Container:
    """Raises UnreadableError."""
    if kind == "zip":
        return Zip(opened)
    if kind == "tar":
        return Tar(opened)
    if kind == "7z" or kind == "rar":
        return SevenZip(opened, kind, budget)
    if kind == "mail":
        return Attachments(budget.all_of(opened))
    if kind == "mbox":
        return Mailbox(opened)
    return unpacked(name, kind, opened, budget)


def _member(
    place: _Place, written: str, opens: Callable[[], AbstractContextManager[Stream]], budget: Budget
) -> Iterator[Found]:
    """One file of a container; if it is one itself, the files in it."""
    path, trick = member_path(written)
    path = place.below(path)
    budget.member()
    try:
        if trick:
            raise UnreadableError(trick)
        with opens() as stream:
            data = _bytes(path, stream, budget)
    except TooMuchError:
        raise
    except UnreadableError as error:
        yield Found(path, error.message)
        return
    kind = container_of(path, io.BytesIO(data)) if data else None
    if kind is None or kind == "mail":
        yield Found(path, data, len(data), hashlib.sha256(data).hexdigest() if data else "")
    if kind is not None:
        yield from _nested(_Place(path, place.depth + 1), kind, data, budget)


def _bytes(name: str, stream: Stream, budget: Budget) -> bytes:
    """The bytes of a file that something reads, none of another. Raises UnreadableError."""
    head = budget.head_of(stream)
    if not (format_of(name, head) or kind_of(name, head)):
        return b""
    return budget.all_of(stream, head)


def _nested(place: _Place, kind: Kind, data: bytes, budget: Budget) -> Iterator[Found]:
    """What a container in a container holds; if that is nothing, why."""
    if place.depth > DEPTH:
        yield Found(place.path, Message("too_deep", most=DEPTH))
        return
    some = kind == "mail"
    for found in _inside(place, place.path.rpartition("/")[2], kind, io.BytesIO(data), budget):
        some = True
        yield found
    if not some:
        yield Found(place.path, Message("empty_archive"))


def _ready_reports(place: _Place, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
    """What a list of ready reports holds, a line each."""
    for line in written_lines(opened):
        budget.member()
        path = str(line.number)
        try:
            if line.data is None:
                raise UnreadableError(Message("member_too_big", most=MEMBER >> 20))
            budget.spend(len(line.data))
            source, report = ready_report(line.data)
            if source:
                path, trick = member_path(source)
                if trick:
                    raise UnreadableError(trick)
        except TooMuchError:
            raise
        except UnreadableError as error:
            wrong = Message("wrong_line", line=line.number, what=error.message)
            yield Found(place.below(str(line.number)), wrong)
            continue
        digest = hashlib.sha256(line.data).hexdigest()
        yield Found(place.below(path), report, len(line.data), digest)
