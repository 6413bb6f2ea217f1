"""Characters become printed lines: which stand in one row, and where a space is text.

Type that is set apart, or justified, has spaces between Chinese characters that are no text:
号 ， 邮 编 ： 223100. A wide space between words of two characters or more is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.reading.pdf.frame import Box
from indexer.reading.pdf.glyphs import Glyph

_OPENING = "（《“‘〈「『【〔(["
_CLOSING = "）》”’〉」』】〕)]，。、；：！？…,.;:!?%％"
_WORD = re.compile(rf"[{re.escape(_OPENING)}]*(?:[!-~]+|.)[{re.escape(_CLOSING)}]*")
"""What is never parted: a word, or one wide character, with the marks that must not stand alone."""
_STOPS = tuple(".,;:")
_SAME = 0.25  # em between two prints of one character, which make it bold or cast a shadow
_APART = 0.5  # em between wide characters that are set apart
_BESIDE = 0.7  # em between a wide character and a narrow one that is a space
_NARROW = 0.2  # em between narrow ones that is a space
_PART = 1.2  # em that part two fragments of a row
_OF_MARK = 1.8  # em beside a wide mark that still belong to it


class PrintedLine(NamedTuple):
    """A line as it is printed, in points of the page; `bold` counts leading code points.

    `word` is what its first word takes, with the marks that are never parted from it; `gap` is the
    widest between two of its characters.
    `confidence` is that of the recognition, in percent; None for text that the file holds.
    """

    text: str
    bold: int
    box: Box
    baseline: float
    size: float
    word: float
    gap: float = 0.0
    confidence: int | None = None


def rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The glyphs by the row that they stand in, from the top; each row from the left."""
    found: list[list[Glyph]] = []
    low, high = 0.0, -1.0  # between which the middle of a glyph of the row lies
    for glyph in sorted(glyphs, key=lambda g: (g.baseline, g.left)):
        if found and low <= (glyph.top + glyph.bottom) / 2 <= high:
            found[-1].append(glyph)
            low, high = min(low, glyph.top), max(high, glyph.bottom)
        else:
            found.append([glyph])
            low, high = glyph.top, glyph.bottom
    return [_once(sorted(row, key=lambda g: g.left)) for row in found]


def fragments(row: Sequence[Glyph]) -> list[list[Glyph]]:
    """A row cut where it has a wide gap."""
    found = [[row[0]]]
    for before, glyph in pairwise(row):
        if glyph.left - before.right > _PART * max(before.size, glyph.size):
            found.append([])
        found[-1].append(glyph)
    return found


def printed(row: Sequence[Glyph]) -> PrintedLine:
    """The line that the glyphs of a row print."""
    joints = _joints(row)
    text = "".join(joint + glyph.text for joint, glyph in zip(joints, row, strict=True))
    bold = 0
    for joint, glyph in zip(joints, row, strict=True):
        if not glyph.bold:
            break
        bold += len(joint) + len(glyph.text)
    box = Box(
        row[0].left,
        min(g.top for g in row),
        max(g.right for g in row),
        max(g.bottom for g in row),
    )
    size = Counter(round(g.size, 1) for g in row).most_common(1)[0][0]
    baseline = Counter(round(g.baseline, 1) for g in row).most_common(1)[0][0]
    gap = max((after.left - before.right for before, after in pairwise(row)), default=0.0)
    return PrintedLine(text, bold, box, baseline, size, _first_word(row, joints, text), gap)


def joined_text(text: str, below: str) -> str:
    """Two lines of a paragraph as one: a space between ASCII words, none inside a number."""
    joint = text[-1] + below[0]
    words = joint.isascii() and joint.isalnum() and not joint.isdigit()
    return text + (" " if words else "") + below


def word_end(text: str) -> int:
    """Where the first word of a text ends: one wide character is a word."""
    found = _WORD.match(text)
    return found.end() if found else 0


def is_wide(text: str) -> bool:
    """Whether a character takes the whole em square."""
    return unicodedata.east_asian_width(text[0]) in "FWA"


def _first_word(row: Sequence[Glyph], joints: Sequence[str], text: str) -> float:
    end, taken, right = word_end(text), 0, row[0].right
    for joint, glyph in zip(joints, row, strict=True):
        if taken >= end:
            break
        taken += len(joint) + len(glyph.text)
        right = glyph.right
    return right - row[0].left


def _once(row: list[Glyph]) -> list[Glyph]:
    """The row without what is printed twice at one place."""
    kept: list[Glyph] = []
    for glyph in row:
        near = [g for g in kept[-3:] if g.text == glyph.text]
        if not any(abs(g.left - glyph.left) < _SAME * g.size for g in near):
            kept.append(glyph)
    return kept


def _joints(row: Sequence[Glyph]) -> list[str]:
    """What stands before each glyph: "" or a space."""
    gaps = [_gap(before, glyph) for before, glyph in pairwise(row)]
    ends = [True, *gaps, True]  # whether a token ends before the glyph
    alone = [before and after for before, after in pairwise(ends)]
    found = [""]
    for at, gap in enumerate(gaps, 1):
        before, glyph = row[at - 1], row[at]
        wide = is_wide(before.text) and is_wide(glyph.text)
        set_apart = wide and alone[at - 1] and alone[at]
        is_text = gap and not set_apart and not _beside_mark(before, glyph)
        found.append((glyph.space or " ") if is_text else "")
    return found


def _gap(before: Glyph, glyph: Glyph) -> bool:
    """Whether the two are apart."""
    space = (glyph.left - before.right) / max(before.size, glyph.size)
    wide = is_wide(before.text) + is_wide(glyph.text)
    if before.text in _STOPS and wide:  # 1. 总体: no one sets these apart but with a space
        return bool(glyph.space) or space > _NARROW
    return bool(glyph.space) or space > (_NARROW, _BESIDE, _APART)[wide]


def _beside_mark(before: Glyph, glyph: Glyph) -> bool:
    """Whether a wide mark is beside the gap, and the gap so narrow that it belongs to the mark."""
    narrow = glyph.left - before.right < _OF_MARK * max(before.size, glyph.size)
    return narrow and any(
        is_wide(g.text) and unicodedata.category(g.text[0])[0] == "P" for g in (before, glyph)
    )
