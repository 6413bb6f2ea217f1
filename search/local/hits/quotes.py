"""A hit takes its quote with it: “三务”公开, not 三务”公开.

What a hit is stands in folded text, where no quote is. In print, a hit that holds one half of a pair of
quotes or brackets has the other half too, where that stands right beside it, white space aside.
"""

from __future__ import annotations

import numpy as np

from indexer.arrays.locate import holding
from indexer.arrays.segment import Bools, Ints, SegmentArrays
from search.budget import checkpoint
from search.local.hits.spans import Spans
from search.local.printed.origins import origins

CLOSING = dict(zip("“‘「『《〈（(【［[〔{", "”’」』》〉）)】］]〕}", strict=True))
"""Each opening mark with the one that closes it."""
_OPENING = {closing: opening for opening, closing in CLOSING.items()}
_IS_MARK: Bools = np.zeros(1 << 16, bool)
_IS_MARK[[ord(mark) for mark in (*CLOSING, *_OPENING)]] = True


def printed_bounds(segment: SegmentArrays, spans: Spans) -> tuple[Ints, Ints]:
    """Where each span begins and ends in `printed`, in code units.

    The spans' lines ascend. Where the last character has two code units, the end is between these.
    """
    firsts = origins(segment, spans.starts)
    ends = origins(segment, spans.ends - np.uint32(1)) + 1
    marked = _with_marks(segment, firsts, ends)
    lines = holding(segment.line_printed, firsts[marked])
    begins = segment.line_printed[lines].tolist()
    stops = (segment.line_printed[lines + 1].astype(np.int64) - 1).tolist()
    for at, begin, stop in zip(marked.tolist(), begins, stops, strict=True):
        checkpoint()
        firsts[at], ends[at] = _balanced(segment, int(firsts[at]), int(ends[at]), begin, stop)
    return firsts, ends


def _with_marks(segment: SegmentArrays, firsts: Ints, ends: Ints) -> Ints:
    """Which spans hold a quote or bracket."""
    if not len(firsts):
        return np.zeros(0, np.int64)
    lengths = ends - firsts
    begins = np.cumsum(lengths) - lengths
    places = np.arange(lengths.sum()) + np.repeat(firsts - begins, lengths)
    marks = _IS_MARK.take(segment.printed.take(places))
    return np.flatnonzero(np.logical_or.reduceat(marks, begins))


def _balanced(
    segment: SegmentArrays, first: int, end: int, begin: int, stop: int
) -> tuple[int, int]:
    """The span [first, end) of the line [begin, stop) with the other halves that stand beside it."""
    opened: list[str] = []
    lacking = ""  # the opening half of the first closing mark that nothing in the span opens
    for mark in segment.printed_text(first, end):
        if mark in CLOSING:
            opened.append(mark)
        elif mark in _OPENING and opened:
            if opened[-1] == _OPENING[mark]:
                opened.pop()
        elif mark in _OPENING:
            lacking = lacking or _OPENING[mark]
    before = first - 1
    while before >= begin and _character(segment, before).isspace():
        before -= 1
    if lacking and before >= begin and _character(segment, before) == lacking:
        first = before
    after = end + _splits_pair(segment, end)
    while after < stop and _character(segment, after).isspace():
        after += 1
    if opened and after < stop and _character(segment, after) == CLOSING[opened[0]]:
        end = after + 1
    return first, end


def _character(segment: SegmentArrays, at: int) -> str:
    return chr(int(segment.printed[at]))


def _splits_pair(segment: SegmentArrays, at: int) -> bool:
    """Whether the code unit at a place is the second one of a character."""
    return at < len(segment.printed) and int(segment.printed[at]) & 0xFC00 == 0xDC00
