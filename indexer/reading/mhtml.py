"""MHTML: a page that a browser saved as one file with its pictures and style sheets."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message as Mail
from typing import NamedTuple

from indexer.errors import UnreadableError
from indexer.messages import Message

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


class Saved(NamedTuple):
    """The bytes of the page itself, and its address, "" where none is kept."""

    page: bytes
    url: str


def read_mhtml(data: bytes) -> Saved:
    """The page in an archive. UnreadableError where there is none."""
    try:
        archive = message_from_bytes(data)
        pages = [part for part in archive.walk() if part.get_content_type() in _PAGES]
    except RecursionError:  # parts within parts without end
        pages = []
    if not pages:
        raise UnreadableError(Message("mhtml_no_page"))
    start = _parameter(archive, "start")
    page = next(
        (part for part in pages if start and _header(part, "Content-ID") == start), pages[0]
    )
    content = page.get_payload(decode=True)
    places = (_header(archive, "Snapshot-Content-Location"), _header(page, "Content-Location"))
    url = next((place for place in places if place.startswith(("http://", "https://"))), "")
    return Saved(content if isinstance(content, bytes) else b"", url)


def _parameter(archive: Mail, name: str) -> str:
    value = archive.get_param(name)
    return value.strip() if isinstance(value, str) else ""


def _header(part: Mail, name: str) -> str:
    """A header on one line, without white space: an address may be folded within."""
    return "".join(str(part.get(name, "")).split())
