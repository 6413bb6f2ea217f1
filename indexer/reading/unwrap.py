"""Paragraphs that were broken at a fixed column, by line ends or <br>, become one line again.

No match crosses a line's end, so every such break would hide phrases. A joint too many would make
up phrases, so a document is taken for a wrapped one only where all of this holds: nearly all lines
that end in mid-sentence are of one width, hardly a line is wider, and some of the breaks stand where
no item of a list ends: inside a word, or after a comma.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from indexer.reading.document import RawLine
from indexer.text.fold import fold
from indexer.text.segment import tokens

_NARROWEST = 32  # columns; a Han character takes two
_SHORTER, _WIDER = 8, 4  # columns that a full line may lack (an indent, a mark) or exceed
_WIDEST = 10  # columns that it may exceed, marks being set narrow, in a page known to be wrapped
_FEWEST = 5  # broken lines, for a verdict
_LIKE = 0.85  # share of the broken lines that are full
_TOO_WIDE = 0.05  # share of all lines that may be wider
_SURE = 0.1  # share of the breaks that stand where nothing ends, two at least
_JUDGED = 200  # breaks that are looked at for words
_AROUND = 6  # code points on either side of a break, for the words there
_HAN = re.compile("[\u4e00-\u9fff]")
_ENDED = re.compile(r"[。！？；!?;…][”’」』）)\s]*$")
_GOES_ON = re.compile("[，、,]$")
_LEADS_IN = re.compile(r"[：:]$")
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[编篇章节条款]|[(（]?[一二三四五六七八九十百\d]{1,3}[)）、．]|\d{1,2}\.(?!\d)"
)
_ITEM = re.compile(rf"{_NUMBERED.pattern}|[-–—*·•●◆■○①-⑳]+(?!\d)")
_PAUSE = re.compile("[，、：；。]")


def unwrapped(lines: Sequence[RawLine]) -> tuple[RawLine, ...]:
    """The lines, those of a wrapped paragraph as one; `runs_on` is False in all of them."""
    column = _column(lines)
    found: list[RawLine] = []
    for at, line in enumerate(lines):
        if column and line.runs_on and _is_broken(lines[at - 1], line, column):
            found[-1] = _joined(found[-1], line)
        else:
            found.append(_alone(line) if line.runs_on else line)
    return tuple(found)


def _alone(line: RawLine) -> RawLine:
    return RawLine(line.text, line.heading, line.bold, line.row, place=line.place)


def _is_broken(line: RawLine, below: RawLine, column: int) -> bool:
    """Whether a break at the column parts the two."""
    return (
        _is_text(line)
        and _is_text(below)
        and _is_full(line, below, column, _WIDEST)
        and not _ENDED.search(line.text)
        and not _ITEM.match(below.text)
        and (not _may_be_heading(line) or _is_sure(line, below))
    )


def _column(lines: Sequence[RawLine]) -> int:
    """The column at which the document's lines are broken; 0 where they are not."""
    breaks = [
        (line, below)
        for line, below in pairwise(lines)
        if below.runs_on and _is_text(line) and _is_text(below) and _is_open(line, below)
    ]
    if len(breaks) < _FEWEST:
        return 0
    column, _ = max(
        Counter(_width(line.text) for line, _ in breaks).items(), key=lambda item: item[::-1]
    )
    full = [pair for pair in breaks if _is_full(*pair, column, _WIDER)]
    if column < _NARROWEST or len(full) < _LIKE * len(breaks) or _has_wider(lines, column):
        return 0
    sure = sum(_is_sure(*pair) for pair in full[:_JUDGED])
    return column if sure >= max(2, _SURE * len(full[:_JUDGED])) else 0


def _is_text(line: RawLine) -> bool:
    return not line.row and not line.heading


def _is_open(line: RawLine, below: RawLine) -> bool:
    """Whether a line ends in mid-sentence, as far as can be told."""
    ended = _ENDED.search(line.text) or _LEADS_IN.search(line.text)
    return not ended and not _ITEM.match(below.text)


def _is_full(line: RawLine, below: RawLine, column: int, wider: int) -> bool:
    """Whether no more fits in the line: neither a character nor a number that is kept whole."""
    word = re.match(r"[!-~]*", below.text)
    kept_whole = len(word[0]) if word else 0
    return column - _SHORTER - kept_whole <= _width(line.text) <= column + wider


def _may_be_heading(line: RawLine) -> bool:
    numbered = _NUMBERED.match(line.text) is not None
    return numbered and not _PAUSE.search(line.text) and not line.text.endswith("的")


def _has_wider(lines: Sequence[RawLine], column: int) -> bool:
    text = [line for line in lines if _is_text(line)]
    return sum(_width(line.text) > column + _WIDER for line in text) > _TOO_WIDE * len(text)


def _width(text: str) -> int:
    """How many columns the text takes."""
    return sum(map(_WIDTHS.__getitem__, text))


class _Widths(dict[str, int]):
    """Character -> how many columns it takes; filled on demand."""

    def __missing__(self, char: str) -> int:
        self[char] = 2 if unicodedata.east_asian_width(char) in "FWA" else 1
        return self[char]


_WIDTHS = _Widths()


def _is_sure(line: RawLine, below: RawLine) -> bool:
    """Whether a break stands where nothing ends: in a word of Han characters, or after a comma."""
    if _GOES_ON.search(line.text):
        return True
    tail, head = line.text[-_AROUND:], below.text[:_AROUND]
    if not (_HAN.match(tail[-1]) and _HAN.match(head[0])):
        return False
    return len(fold(tail)) not in {start for start, _ in tokens(tail + head)}


def _joined(line: RawLine, below: RawLine) -> RawLine:
    """One line of the two: a space between ASCII words, none inside a number."""
    joint = line.text[-1] + below.text[0]
    words = joint.isascii() and joint.isalnum() and not joint.isdigit()
    text = line.text + (" " if words else "") + below.text
    bold = len(text) - len(below.text) + below.bold if line.bold == len(line.text) else line.bold
    return RawLine(text, bold=bold, place=line.place.to(below.place))
