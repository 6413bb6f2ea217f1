"""Lines: where they end, what surrounds them, which of their characters are no text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import takewhile

from indexer.messages import Message
from indexer.model import Dropped
from indexer.reading.document import RawLine

_DROPPED_LENGTH = 200  # code points
_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2800\u3164\ufeff"
_BLANK = _INVISIBLE + "".join(chr(c) for c in range(0x3001) if chr(c).isspace())
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")
_LINE_END = re.compile(r"[\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")

Piece = tuple[str, bool]
"""A run of a line's text, and whether it is bold."""


def without_controls(text: str) -> str:
    """The text without control characters; tabs and line ends stay."""
    return _CONTROL.sub("", text)


def trim(text: str) -> str:
    """The text without the white and invisible characters around it."""
    return text.strip(_BLANK)


def one_line(text: str) -> str:
    """The text with the line ends in it, such as an entity may bring, as spaces."""
    return _LINE_END.sub(" ", without_controls(text))


def plain_line(text: str, *, heading: int = 0) -> RawLine | None:
    """The text of one line, nothing of it bold, a table row if it has tabs; None if it is blank."""
    text = trim(text)
    if "\t" in text and not heading:
        return row_of(text.split("\t"))
    return RawLine(text, heading) if text else None


def line_of(
    pieces: Iterable[Piece], *, heading: int = 0, join: Callable[[str], str] = one_line
) -> RawLine | None:
    """The line that the pieces make; None where it would be blank.

    `join` settles the white space. White space counts as bold where more bold text follows it;
    a tab makes a table row.
    """
    pieces = list(pieces)
    text = trim(join("".join(text for text, _ in pieces)))
    if not text:
        return None
    if not any(bold for _, bold in pieces):
        return RawLine(text, heading, row="\t" in text and not heading)
    lead = takewhile(lambda piece: piece[1] or not trim(piece[0]), pieces)
    bold = len(trim(join("".join(text for text, _ in lead))))
    return RawLine(text, heading, bold, row="\t" in text and not heading)


def row_of(cells: Iterable[str]) -> RawLine | None:
    """The cells as a table row; None where all are blank.

    Blank cells before the first that is not stay, for what stands below them has their column.
    """
    inner = [trim(one_line(cell).replace("\t", " ")) for cell in cells]
    text = "\t".join(inner).rstrip("\t")
    return RawLine(text, row=True) if text else None


def dropped(text: str, reason: Message) -> list[Dropped]:
    """What to say of a piece that is left out: nothing where it is blank."""
    short = trim(" ".join(text[: 8 * _DROPPED_LENGTH].split())[:_DROPPED_LENGTH])
    return [Dropped(short, reason)] if short else []
