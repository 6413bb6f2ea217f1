"""What is taken out of an original file: a file that lies in it, or the picture of a page.

It runs in a process of its own (guarded.py): archives and PDFs may be made to harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.model import normal_source
from indexer.pipeline.guarded import Guarded
from indexer.pipeline.pool import Limits
from indexer.reading.archives.kinds import container_of
from indexer.reading.archives.limits import Budget
from indexer.reading.archives.walk import Found, walk
from indexer.reading.pdf.image import Marked, page_image

SECONDS = 15.0
"""A reader who waits for a picture goes away by then."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file, or `within` it the file of that path; `page`: of that PDF the picture of a page, with
    `marked` boxed."""

    path: Path
    within: str = ""
    page: int | None = None
    marked: Marked | None = None


def take(wanted: Wanted) -> Iterator[bytes | Message]:
    """The bytes, or why there are none."""
    try:
        data = _content(wanted)
        yield data if wanted.page is None else page_image(data, wanted.page, wanted.marked)
    except UnreadableError as error:
        yield error.message
    except OSError as error:
        yield Message("cannot_open", error=error.strerror or str(error))


def taker() -> Guarded[Wanted]:
    """Takes what is wanted, in a process of its own."""
    return Guarded(take, Limits(seconds=SECONDS))


def _content(wanted: Wanted) -> bytes:
    if not wanted.within:
        return wanted.path.read_bytes()
    content = _member(wanted).content
    if isinstance(content, bytes):
        return content
    raise UnreadableError(content if isinstance(content, Message) else Message("not_a_file"))


def _member(wanted: Wanted) -> Found:
    """The file in a container. Raises UnreadableError where there is none of this path."""
    path = wanted.path
    with path.open("rb") as opened:
        kind = container_of(path.name, opened)
        if kind is not None:
            for found in walk(path.name, kind, opened, Budget(path.stat().st_size)):
                if found.path and normal_source(found.path) == wanted.within:
                    return found
    raise UnreadableError(Message("original_missing"))
