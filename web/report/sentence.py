"""The sentence around a passage, which a quotation needs: two characters say nothing by themselves.

Offsets are code points of the canonical text, end exclusive.
"""

from __future__ import annotations

import re

LONGEST = 500
"""Most code points of a sentence that is quoted for a passage in it."""

# What closes a quote or a bracket belongs to the sentence before it.
_ENDS = re.compile("[。｡！？!?]+[”’」』）》〉】)\"']*")
_CLAUSES = re.compile("[。｡！？!?；;，,]+[”’」』）》〉】)\"']*")


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """From where the sentence begins in which the passage does, to where that ends in which it ends.

    A row of a table is taken whole. Where a sentence is longer than LONGEST, its clauses count instead;
    where these are, the passage is quoted as it is.
    """
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end - 1)
    line = (first, len(text) if last < 0 else max(end, last))
    if "\t" in text[slice(*line)]:
        spans = [line]
    else:
        spans = [_within(text, line, (start, end), ends) for ends in (_ENDS, _CLAUSES)]
    return next((span for span in spans if span[1] - span[0] <= LONGEST), (start, end))


def _within(
    text: str, line: tuple[int, int], passage: tuple[int, int], ends: re.Pattern[str]
) -> tuple[int, int]:
    """The passage widened, within its lines, to where sentences begin and end."""
    first, last = line
    start, end = passage
    for match in ends.finditer(text, first, start):
        if match.end() <= start:
            first = match.end()
    closing = ends.search(text, max(end - 1, start), last)
    while first < start and text[first].isspace():
        first += 1
    return first, max(end, closing.end() if closing else last)
