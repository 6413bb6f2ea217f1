"""Where printed lines were broken for want of room, and how they join."""

from __future__ import annotations

import re

from indexer.reading.pdf_lines import PrintedLine, is_wide

_OPENING = "（《“‘〈「『【〔(["
_CLOSING = "）》”’〉」』】〕)]，。、；：！？…,.;:!?%％"
_WORD = re.compile(rf"[{re.escape(_OPENING)}]*(?:[!-~]+|.)[{re.escape(_CLOSING)}]*", re.DOTALL)
"""What is never parted: a word, or one wide character, with the marks that must not be left alone."""


def needed(line: PrintedLine) -> float:
    """The points that the first word of a line takes."""
    found = _WORD.match(line.text)
    return line.size * sum(1.0 if is_wide(c) else 0.5 for c in found[0]) if found else 0.0


def joined_text(text: str, below: str) -> str:
    """Two lines of a paragraph as one: a space between ASCII words, none inside a number."""
    joint = text[-1] + below[0]
    words = joint.isascii() and joint.isalnum() and not joint.isdigit()
    return text + (" " if words else "") + below
