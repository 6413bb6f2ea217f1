"""Passage links: does the quoted text still stand where the link says, elsewhere, or nowhere.

Offsets are code points of a report's canonical text, end exclusive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from typing import Literal

State = Literal["exact", "moved", "changed"]

CHECK_LENGTH = 8
"""Hex digits of a check."""
MAX_HASHED = 50_000_000
"""Most code points that one search for a moved passage may hash: about a fifth of a second."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a link leads now; of a changed passage, where it stood, kept inside the text."""

    state: State
    start: int
    end: int


def checksum(quoted: str) -> str:
    """The check of a passage link: first 8 hex digits of sha256 of the quoted characters."""
    return hashlib.sha256(quoted.encode("utf-8", "surrogatepass")).hexdigest()[:CHECK_LENGTH]


def passage_path(report_id: str, start: int, end: int, check: str) -> str:
    """The link to quote a passage by, from the root of the pages; it holds nothing of the search that led
    there. The id is one that we gave, or percent-encoded."""
    return f"/reports/{report_id}/{start}-{end}/{check}"


def resolve(text: str, start: int, end: int, check: str) -> Resolved:
    """Find the passage of a link in the report's canonical text; any integers will do.

    If it moved, the nearest window of its length with its check wins. A window too long to try
    all of within MAX_HASHED is tried at the nearest places, then where lines that hold it begin.
    """
    length = end - start
    if 0 <= start < end <= len(text) and checksum(text[start:end]) == check:
        return Resolved("exact", start, end)
    if 0 < length <= len(text):
        for at in _places(text, start, length):
            if checksum(text[at : at + length]) == check:
                return Resolved("moved", at, at + length)
    first = min(max(start, 0), len(text))
    return Resolved("changed", first, min(max(end, first), len(text)))


def _places(text: str, start: int, length: int) -> Iterator[int]:
    """Starts of windows to try, in order."""
    last = len(text) - length
    affordable = MAX_HASHED // length
    every = islice(_nearest_first(start, last), affordable)
    if last < affordable:
        return every
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    long = [at for at, line in zip(starts, lines, strict=False) if len(line) >= length]
    return chain(every, sorted(long, key=lambda at: abs(at - start)))


def _nearest_first(start: int, last: int) -> Iterator[int]:
    """0 to `last` by distance from `start`, which may lie outside; of two, the earlier first."""
    left = min(start, last)
    right = max(left + 1, 0)
    while left >= 0 or right <= last:
        if left >= 0 and (right > last or start - left <= right - start):
            yield left
            left -= 1
        else:
            yield right
            right += 1
