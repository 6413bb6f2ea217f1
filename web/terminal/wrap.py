"""Text in lines as wide as the terminal, where a character of Chinese takes two columns."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

Piece = tuple[str, bool]
"""Some text, and whether it is marked."""

_CLOSING = frozenset("，。、；：？！”’）》】」』,.;:?!)]}%％")
_OPENING = frozenset("“‘（《【「『([{")


def room(indent: int) -> int | None:
    """Columns of the terminal beside an indent; None where the output is no terminal, and has no end."""
    return max(20, shutil.get_terminal_size().columns - indent) if sys.stdout.isatty() else None


def columns(text: str) -> int:
    """How many columns it takes on a terminal."""
    return sum(map(_columns, text))


def wrapped(pieces: Iterable[Piece], width: int | None) -> Iterator[list[Piece]]:
    """The lines of a text, of `width` columns at most, so that no closing mark begins one, no opening
    mark ends one, and no number or ASCII word is cut where that can be helped."""
    line: list[Piece] = []
    used = 0
    for cell in ((character, marked) for text, marked in pieces for character in text):
        while width is not None and line and used + _columns(cell[0]) > width:
            end = _end(line, cell[0])
            yield _joined(line[:end])
            line = line[end:]
            used = sum(_columns(character) for character, _ in line)
        line.append(cell)
        used += _columns(cell[0])
    yield _joined(line)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _end(line: Sequence[Piece], following: str) -> int:
    """How many cells of a full line stay on it."""
    texts = [character for character, _ in line] + [following]
    at = len(line)
    while at > len(line) // 2:
        if not _together(texts[at - 1], texts[at]):
            return at
        at -= 1
    return len(line)


def _together(one: str, other: str) -> bool:
    word = (one + other).isascii() and one.isalnum() and other.isalnum()
    return word or one in _OPENING or other in _CLOSING


def _joined(cells: Sequence[Piece]) -> list[Piece]:
    runs = groupby(cells, key=lambda cell: cell[1])
    return [("".join(character for character, _ in run), marked) for marked, run in runs]
