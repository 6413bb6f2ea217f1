"""What the readers hand to the parser: a file's lines, and the facts that its format states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from indexer.messages import Message
from indexer.model import NO_PLACE, Dropped, Place

Format = Literal[
    "text",
    "markdown",
    "html",
    "mhtml",
    "mail",
    "pdf",
    "image",
    "docx",
    "doc",
    "rtf",
    "odt",
    "sheet",
    "office_xml",
    "ods",
    "csv",
]


@dataclass(frozen=True, slots=True)
class RawLine:
    """One paragraph, heading or table row as printed: no markup, no line end, never empty.

    `heading` is 1 to 6 where the format itself says so, else 0; `bold` counts the leading code
    points of `text` that are bold; the cells of a `row` are joined by tabs. `runs_on` is for the
    readers alone: no more than a line end parts the line from the one before.
    """

    text: str
    heading: int = 0
    bold: int = 0
    row: bool = False
    runs_on: bool = False
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read.

    `meta` holds the facts that the format states, as found: title, page_title, url, published,
    issuer, source, site, column, number, keywords and whatever else front matter names.
    `encoding` is the one used; `warnings` are for the user.
    """

    lines: tuple[RawLine, ...]
    meta: Mapping[str, str]
    dropped: tuple[Dropped, ...]
    encoding: str
    format: Format
    warnings: tuple[Message, ...] = ()
