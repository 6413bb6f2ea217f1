"""Where the word stands that follows each hit, or that precedes it."""

from __future__ import annotations

import numpy as np

from indexer.arrays.find import bits_at
from indexer.arrays.segment import NEWLINE, Ints, SegmentArrays
from indexer.text.fold import SENTENCE_END
from search.budget import checkpoint
from search.local.collect.located import LocatedHits
from search.local.facts.columns import Columns
from search.local.hits.spans import Spans
from search.spread import LONGEST_WORD, Side

_SPACE = ord(" ")
_END = ord(SENTENCE_END)
_HIGH, _LOW = 0xD800 >> 10, 0xDC00 >> 10  # what the two code units of one character begin with


def words_beside(columns: Columns, hits: LocatedHits, side: Side) -> LocatedHits:
    """For each hit the span of the word at its side, in the same order, but for hits without one."""
    of_side = _after if side == "right" else _before
    segments, starts, ends = hits.segments, hits.starts.copy(), hits.ends.copy()
    for number, part in hits.by_segment(len(columns.segments)):
        spans = Spans(starts[part], ends[part])
        starts[part], ends[part] = of_side(columns.segments[number].arrays, spans)
    return LocatedHits(segments, starts, ends).at(np.flatnonzero(starts < ends))


def _after(segment: SegmentArrays, hits: Spans) -> tuple[Ints, Ints]:
    """The words after hits: the first is cut off where a hit ends in it. Empty where there is none."""
    begins = hits.ends.astype(np.int64)
    begins += segment.folded.take(begins) == _SPACE  # only ever between two ASCII words
    ends = begins.copy()
    first = segment.folded.take(begins)
    going = np.flatnonzero((first != NEWLINE) & (first != _END))
    for _ in range(LONGEST_WORD):
        checkpoint()
        ends[going] += 1
        going = going[~bits_at(segment.word_starts, ends[going])]
        if not len(going):
            break
    # of a character of two code units that was cut apart, none
    ends[going] -= segment.folded.take(ends[going] - 1) >> 10 == _HIGH
    return begins, ends


def _before(segment: SegmentArrays, hits: Spans) -> tuple[Ints, Ints]:
    """The words before hits, in the same way."""
    ends = hits.starts.astype(np.int64)
    last = segment.folded.take(ends - 1, mode="clip")
    ends -= (ends > 0) & (last == _SPACE)
    begins = ends.copy()
    last = segment.folded.take(ends - 1, mode="clip")
    going = np.flatnonzero((ends > 0) & (last != NEWLINE) & (last != _END))
    for _ in range(LONGEST_WORD):
        checkpoint()
        begins[going] -= 1
        going = going[~bits_at(segment.word_starts, begins[going])]
        if not len(going):
            break
    begins[going] += segment.folded.take(begins[going]) >> 10 == _LOW
    return begins, ends
