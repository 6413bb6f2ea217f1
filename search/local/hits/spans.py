"""Where a leaf of the query occurs in one segment, for all occurrences at once.

Spans are [start, end) in the segment's folded text, in order of their starts. What is found is
what `tests/oracle` finds line by line. Distances count characters, not code units.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.find import cuts_word, on_word_boundaries, phrase_positions, raw_positions
from indexer.arrays.segment import U4, Bools, Ints, SegmentArrays
from indexer.text.fold_array import code_units
from search.budget import checkpoint
from search.local.hits.literal import spelled_alike
from search.query.tree import Near, Phrase, Text, Wildcard


@dataclass(frozen=True, slots=True)
class Spans:
    """Occurrences; `closeness` is 1 at best, less for a NEAR hit the farther its partner stands."""

    starts: U4
    ends: U4
    closeness: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self.starts)

    def where(self, kept: Bools) -> Spans:
        return self.at(np.flatnonzero(kept))

    def at(self, places: Ints) -> Spans:
        closeness = None if self.closeness is None else self.closeness.take(places)
        return Spans(self.starts.take(places), self.ends.take(places), closeness)


def spans_of(
    segment: SegmentArrays, leaf: Phrase | Wildcard | Near, *, literal: bool, whole: bool
) -> Spans:
    """Every occurrence of the leaf that is spelled as asked, and on word boundaries if asked."""

    def spans(text: Text) -> Spans:
        checkpoint()
        found = _text(segment, text, literal)
        return whole_words(segment, found) if whole else found

    if isinstance(leaf, Near):
        return _near(segment, spans(leaf.left), spans(leaf.right), leaf.distance)
    return spans(leaf)


def whole_words(segment: SegmentArrays, spans: Spans) -> Spans:
    """The spans that begin and end where jieba's words do."""
    return spans.where(on_word_boundaries(segment, spans.starts, spans.ends))


def _text(segment: SegmentArrays, text: Text, literal: bool) -> Spans:
    if isinstance(text, Wildcard):
        return _wildcard(segment, text)
    starts = phrase_positions(segment, text.folded)
    spans = Spans(starts, starts + np.uint32(len(code_units(text.folded))))
    if literal and len(spans):
        return spans.where(spelled_alike(segment, text.text, spans.starts, spans.ends))
    return spans


def characters(segment: SegmentArrays, positions: U4) -> Ints:
    """Positions counted in characters: in code units, less the low surrogates before them."""
    if not len(segment.folded_low):
        return positions.astype(np.int64)
    return positions.astype(np.int64) - np.searchsorted(segment.folded_low, positions)


def _wildcard(segment: SegmentArrays, pattern: Wildcard) -> Spans:
    """For each start, the shortest occurrence that cuts no word.

    From the last piece back: which starts of a piece can be gone on from, and where that ends. Ends
    never fall as starts rise, so the next piece's first start in reach gives the shortest.
    """
    pieces, gaps = list(pattern.pieces), list(pattern.gaps)
    tail = gaps.pop()[0] if not pieces[-1] and pieces.pop() == "" else 0
    head = gaps.pop(0)[0] if not pieces[0] and pieces.pop(0) == "" else 0
    starts = raw_positions(segment, pieces[-1])
    starts, ends = _stepped(segment, starts, _ends(starts, pieces[-1]), tail)
    whole = ~cuts_word(segment, ends)
    starts, ends = starts[whole], ends[whole]
    for piece, gap in zip(reversed(pieces[:-1]), reversed(gaps), strict=True):
        checkpoint()
        starts, ends = _preceded(segment, piece, gap, starts, ends)
    ends, starts = _stepped(segment, ends, starts, -head)
    whole = ~cuts_word(segment, starts)
    return Spans(starts[whole], ends[whole])


def _ends(starts: U4, piece: str) -> U4:
    ends: U4 = starts + np.uint32(len(code_units(piece)))
    return ends


def _stepped(segment: SegmentArrays, kept: U4, cuts: U4, count: int) -> tuple[U4, U4]:
    """`cuts` moved by so many characters of their line, and the items of `kept` beside them."""
    if not count or not len(cuts):
        return kept, cuts
    targets = characters(segment, cuts) + count
    seconds = segment.folded_low - np.arange(len(segment.folded_low))
    moved = targets + np.searchsorted(seconds, targets, "right")
    inside = np.flatnonzero((moved >= 0) & (moved < len(segment.folded)))
    kept, cuts, ends = kept[inside], cuts[inside], moved[inside].astype(np.uint32)
    there = _same_line(segment, np.minimum(cuts, ends), np.maximum(cuts, ends))
    return kept[there], ends[there]


def _preceded(
    segment: SegmentArrays, piece: str, gap: tuple[int, int], starts: U4, ends: U4
) -> tuple[U4, U4]:
    """The starts of `piece` that one of `starts` follows within the gap, with its end."""
    found = raw_positions(segment, piece)
    if not len(starts) or not len(found):
        return found[:0], ends[:0]
    cuts = characters(segment, _ends(found, piece))
    nexts = characters(segment, starts)
    following = np.searchsorted(nexts, cuts + gap[0])
    near = np.flatnonzero(following < len(nexts))
    near = near[nexts[following[near]] <= cuts[near] + gap[1]]
    near = near[_same_line(segment, _ends(found[near], piece), starts[following[near]])]
    return found[near], ends[following[near]]


def _same_line(segment: SegmentArrays, firsts: U4, seconds: U4) -> Bools:
    """Whether no line ends between two positions, the first of which is no later."""
    lines = segment.line_folded
    same: Bools = seconds < lines[np.searchsorted(lines, firsts, "right")]
    return same


def _near(segment: SegmentArrays, left: Spans, right: Spans, distance: int) -> Spans:
    """The spans of either side that have one of the other in reach.

    In reach: in the same line, not overlapping, at most `distance` characters between.
    """
    if not len(left) or not len(right):
        return Spans(left.starts[:0], left.ends[:0], np.zeros(0))
    after_left = np.searchsorted(right.starts, left.ends)
    after_right = np.searchsorted(left.starts, right.ends)
    checkpoint()
    sides = (
        _reaching(segment, left, right, after_left, _not_after(after_right, len(left)), distance),
        _reaching(segment, right, left, after_right, _not_after(after_left, len(right)), distance),
    )
    starts = np.concatenate([side.starts for side in sides])
    ends = np.concatenate([side.ends for side in sides])
    closeness = np.concatenate([side.closeness for side in sides if side.closeness is not None])
    checkpoint()
    order = np.lexsort((-closeness, ends, starts))  # of a span on both sides, the closer one
    keys = starts[order].astype(np.uint64) << np.uint64(32) | ends[order]
    chosen = order[np.concatenate([np.ones(min(1, len(keys)), bool), keys[1:] != keys[:-1]])]
    return Spans(starts[chosen], ends[chosen], closeness[chosen])


def _not_after(nexts: Ints, count: int) -> Ints:
    """How many spans of one side end no later than each of the other's starts.

    `nexts` tells, for each of the one side, how many of the other's `count` starts lie before its
    end: they ascend, as ends do.
    """
    return np.cumsum(np.bincount(nexts, minlength=count + 1))[:count]


def _reaching(
    segment: SegmentArrays, spans: Spans, others: Spans, after: Ints, before: Ints, distance: int
) -> Spans:
    """Those of the spans that have one of the others in reach, and how close it stands.

    `after` is the first of the others that starts no earlier than each span ends, `before` the
    number of those that end no later than it starts.
    """
    gaps = np.full(len(spans), distance + 1, np.int64)
    there = np.flatnonzero(after < len(others))
    _lower(segment, gaps, there, spans.ends[there], others.starts[after[there]])
    there = np.flatnonzero(before > 0)
    _lower(segment, gaps, there, others.ends[before[there] - 1], spans.starts[there])
    kept: Bools = gaps <= distance
    closeness = 1 - gaps[kept] / (2 * (distance + 1))
    return Spans(spans.starts[kept], spans.ends[kept], closeness)


def _lower(segment: SegmentArrays, gaps: Ints, at: Ints, firsts: U4, seconds: U4) -> None:
    """Lower the gaps at some places to the distances of positions in one line."""
    near = np.flatnonzero(seconds - firsts < 2 * gaps[at])  # a character has two code units at most
    at, firsts, seconds = at[near], firsts[near], seconds[near]
    found = characters(segment, seconds) - characters(segment, firsts)
    near = np.flatnonzero(found < gaps[at])
    near = near[_same_line(segment, firsts[near], seconds[near])]
    gaps[at[near]] = found[near]
