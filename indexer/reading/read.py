"""One door for all formats: the bytes of a file to a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from types import MappingProxyType

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.decode import decode
from indexer.reading.document import Document
from indexer.reading.front_matter import read_front_matter
from indexer.reading.html_page import read_html
from indexer.reading.markdown import read_markdown
from indexer.reading.plain import read_plain
from indexer.reading.readings import without_readings


def _text(data: bytes) -> Document:
    decoded = decode(data)
    return Document(read_plain(decoded.text), {}, (), decoded.encoding, "text", decoded.warnings)


def _markdown(data: bytes) -> Document:
    decoded = decode(data)
    meta, body, warnings = read_front_matter(decoded.text)
    lines, dropped = read_markdown(body)
    return Document(
        lines, meta, dropped, decoded.encoding, "markdown", (*decoded.warnings, *warnings)
    )


def _html(data: bytes, *, xml: bool = False) -> Document:
    decoded = decode(data, declares=True)
    xml = xml or decoded.text.lstrip().startswith("<?xml")
    lines, meta, dropped = read_html(decoded.text, xml=xml)
    return Document(lines, meta, dropped, decoded.encoding, "html", decoded.warnings)


_READERS: Mapping[str, Callable[[bytes], Document]] = MappingProxyType(
    {
        ".txt": _text,
        ".md": _markdown,
        ".markdown": _markdown,
        ".html": _html,
        ".htm": _html,
        ".xhtml": partial(_html, xml=True),
    }
)
SUFFIXES = frozenset(_READERS)
"""Endings of the files that can be read, lower case, with the full stop."""


def read(name: str, data: bytes) -> Document:
    """The document in a file; its format goes by the ending of its name.

    Raises UnreadableError, whose message is the reason: the format is not known, the file is
    empty, binary or in no known encoding, or there is no text in it.
    """
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        readable = tuple(sorted(SUFFIXES))
        if not suffix:
            raise UnreadableError(Message("no_ending", readable=readable))
        raise UnreadableError(Message("unknown_ending", ending=suffix, readable=readable))
    if not data:
        raise UnreadableError(Message("empty_file"))
    document = reader(data)
    if not document.lines:
        raise UnreadableError(Message("no_text"))
    lines, readings = without_readings(document.lines)
    return replace(document, lines=lines, dropped=(*document.dropped, *readings))
