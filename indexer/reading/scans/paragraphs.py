"""Printed lines of a scan become paragraphs: by margins, indents, sizes and gaps.

A joint too few hides phrases, one too many makes phrases up: where nothing decides, none is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from statistics import median_low
from typing import NamedTuple

from indexer.model import Dropped, Place
from indexer.reading.document import RawLine
from indexer.reading.scans.ocr import RecognisedLine

_ENDED = re.compile(r"[。！？；：!?;:…][”’」』）)\s]*$")
_SHORT = 2.2  # units that a full line may lack on its right
_INDENT = 1.0  # units that an indent has at least
_NARROWEST = 12  # units of a line that another can go on from
_SURE = 25  # units of a line that by itself shows where the right margin is
_FEWEST, _OFTEN = 3, 0.3  # narrower lines that show it, and of all lines of the column
_DEEPEST = 3  # units of an indent of a first line, at most
_LIKE = 1.35  # times: how much higher one line of a paragraph may be than the next
_GAP = 1.5  # times the usual distance of lines: no paragraph has such a gap


class PageText(NamedTuple):
    """The lines of a page or of a part of it, what was left out of them, and whether the first
    begins and the last ends inside a paragraph."""

    lines: tuple[RawLine, ...]
    dropped: tuple[Dropped, ...]
    begins_inside: bool
    ends_inside: bool


class Margins(NamedTuple):
    """How a column is set, in pixels; `right` is infinite where no line shows where lines end."""

    left: float
    right: float
    pitch: float
    unit: float
    indents: bool  # the first line of a paragraph is indented


def margins_of(lines: Sequence[RecognisedLine], unit: float) -> Margins:
    """The margins of a column, by its lines of text; there is one at least."""
    wide = [line for line in lines if _width(line) >= _NARROWEST * unit] or list(lines)
    right = max(line.box[2] for line in wide)
    shown = [line for line in wide if line.box[2] > right - _SHORT * unit]
    often = len(shown) >= max(_FEWEST, _OFTEN * len(lines))
    if not often and max(map(_width, shown)) < _SURE * unit:
        right = inf
    after_full = [below for above, below in pairwise(lines) if above.box[2] > right - _SHORT * unit]
    left = min(line.box[0] for line in [*wide, *after_full])
    indents = any(line.box[0] < left + _INDENT * unit for line in after_full) and any(
        _INDENT * unit < line.box[0] - left < _DEEPEST * unit for line in wide
    )
    pitches = [below.box[1] - above.box[1] for above, below in pairwise(lines)]
    return Margins(left, right, median_low(pitches or [2 * unit]), unit, indents)


def paragraphs(lines: Sequence[RecognisedLine], margins: Margins, page: int) -> PageText:
    """The paragraphs of lines that stand one below the other; there is one at least.

    A paragraph is as sure as the least sure of its lines.
    """
    found = [_raw(lines[0], page)]
    for above, line in pairwise(lines):
        if _goes_on(above, line, margins):
            found[-1] = _joined(found[-1], _raw(line, page))
        else:
            found.append(_raw(line, page))
    begins = margins.indents and not _is_indented(lines[0], margins)
    return PageText(tuple(found), (), begins, _is_full(lines[-1], margins))


def one_of(band: Sequence[RecognisedLine]) -> RecognisedLine:
    """The boxes that stand beside each other, from the left, as one line, as sure as the least sure of them."""
    text = ""
    for line in band:
        words = text[-1:].isascii() and text[-1:].isalnum() and line.text[0].isascii()
        text += " " + line.text if words else line.text
    box = (
        min(line.box[0] for line in band),
        min(line.box[1] for line in band),
        max(line.box[2] for line in band),
        max(line.box[3] for line in band),
    )
    return RecognisedLine(text, box, min(line.confidence for line in band))


def join(parts: Iterable[PageText]) -> tuple[tuple[RawLine, ...], tuple[Dropped, ...]]:
    """The lines of pages or columns that follow each other, and what was left out of them.

    A paragraph that goes on in the next is one line.
    """
    lines: list[RawLine] = []
    dropped: list[Dropped] = []
    inside = False
    for part in parts:
        dropped += part.dropped
        if not part.lines:
            continue
        first, *rest = part.lines
        if inside and part.begins_inside and not _ENDED.search(lines[-1].text):
            lines[-1] = _joined(lines[-1], first)
        else:
            lines.append(first)
        lines += rest
        inside = part.ends_inside
    return tuple(lines), tuple(dropped)


def _goes_on(above: RecognisedLine, line: RecognisedLine, margins: Margins) -> bool:
    """Whether a line goes on in the paragraph of the one above."""
    heights = sorted((_height(above), _height(line)))
    if heights[1] > _LIKE * heights[0] or line.box[1] - above.box[1] > _GAP * margins.pitch:
        return False
    if not _is_full(above, margins) or line.box[0] > above.box[0] + _INDENT * margins.unit:
        return False
    sure = margins.indents and not _is_indented(line, margins)
    return sure or not _ENDED.search(above.text)


def _is_full(line: RecognisedLine, margins: Margins) -> bool:
    """Whether a line goes as far as the right margin."""
    wide = _width(line) >= _NARROWEST * margins.unit
    return wide and line.box[2] >= margins.right - _SHORT * margins.unit


def _is_indented(line: RecognisedLine, margins: Margins) -> bool:
    return line.box[0] > margins.left + _INDENT * margins.unit


def _width(line: RecognisedLine) -> float:
    return line.box[2] - line.box[0]


def _height(line: RecognisedLine) -> float:
    return line.box[3] - line.box[1]


def _raw(line: RecognisedLine, page: int) -> RawLine:
    return RawLine(line.text, place=Place(page, page, line.confidence))


def _joined(line: RawLine, below: RawLine) -> RawLine:
    """One line of the two: a space between ASCII words, none inside a number."""
    joint = line.text[-1] + below.text[0]
    words = joint.isascii() and joint.isalnum() and not joint.isdigit()
    text = line.text + (" " if words else "") + below.text
    return RawLine(text, place=line.place.to(below.place))
