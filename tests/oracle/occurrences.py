"""Where a phrase or a pattern occurs in folded text.

Folded text here is folded lines joined by "\\n"; spans are (start, end) in it, end exclusive, in
order of their starts. A hit is what `tests/reference.py` says it is, over whole sections instead of
single lines. Time is linear in the text and the occurrences of the pieces, but for a logarithm.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from indexer.text.fold import cuts_word
from search.query.tree import Phrase, Text, Wildcard
from tests.oracle.folded import Span


def occurrences(text: Text, folded: str) -> list[Span]:
    """Every occurrence, in order of its start; overlapping ones count."""
    if isinstance(text, Phrase):
        return list(_phrase(text.folded, folded))
    return _wildcard(text, folded)


def near(
    left: Sequence[Span], right: Sequence[Span], distance: int, folded: str
) -> dict[Span, float]:
    """The spans of either side that have one of the other in reach, with how close it is.

    In reach: in the same line, not overlapping, at most `distance` folded characters between.
    Closeness falls from 1, neighbours, to 1/2, just out of reach.
    """
    found: dict[Span, float] = {}
    for spans, others in ((left, right), (right, left)):
        starts, ends = [start for start, _ in others], sorted(end for _, end in others)
        for span in spans:
            gap = _gap(span, starts, ends, folded)
            if gap is not None and gap <= distance:
                closeness = 1 - gap / (2 * (distance + 1))
                found[span] = max(found.get(span, 0.0), closeness)
    return found


def _gap(span: Span, starts: Sequence[int], ends: Sequence[int], folded: str) -> int | None:
    """The characters between a span and the nearest of the others in its line."""
    after = bisect_left(starts, span[1])
    before = bisect_right(ends, span[0])
    gaps = [folded[span[1] : start] for start in starts[after : after + 1]]
    gaps += [folded[end : span[0]] for end in ends[max(0, before - 1) : before]]
    return min((len(gap) for gap in gaps if "\n" not in gap), default=None)


def _phrase(needle: str, folded: str) -> Iterator[Span]:
    start = folded.find(needle)
    while start >= 0:
        end = start + len(needle)
        if not (cuts_word(folded, start) or cuts_word(folded, end)):
            yield start, end
        start = folded.find(needle, start + 1)


def _wildcard(pattern: Wildcard, folded: str) -> list[Span]:
    """For each start, the shortest occurrence that cuts no word.

    From the last piece back: which starts of a piece can be gone on from, and where that ends. Ends
    never fall as starts rise, so the next piece's first start in reach gives the shortest.
    """
    line_ends = list(_every("\n", folded))
    last = pattern.pieces[-1]
    found = [
        (at, at + len(last))
        for at in _lasts(pattern, folded)
        if not cuts_word(folded, at + len(last))
    ]
    for piece, gap in zip(reversed(pattern.pieces[:-1]), reversed(pattern.gaps), strict=True):
        found = _preceded(piece, gap, found, folded, line_ends)
    return [span for span in found if not cuts_word(folded, span[0])]


def _lasts(pattern: Wildcard, folded: str) -> Iterable[int]:
    """Where the last piece may stand; the empty one only in reach of the piece before."""
    if pattern.pieces[-1]:
        return _every(pattern.pieces[-1], folded)
    before, (least, most) = pattern.pieces[-2], pattern.gaps[-1]
    ends = (at + len(before) for at in _every(before, folded))
    steps = range(least, most + 1)
    return sorted({end + step for end in ends for step in steps if end + step <= len(folded)})


def _preceded(
    piece: str, gap: tuple[int, int], after: Sequence[Span], folded: str, line_ends: Sequence[int]
) -> list[Span]:
    """The starts of `piece` that one of `after` follows within the gap, with its end."""
    starts = [start for start, _ in after]
    found: list[Span] = []
    for at in _firsts(piece, gap, starts, folded):
        end = at + len(piece)
        following = bisect_left(starts, end + gap[0])
        if following == len(starts):
            break
        line = bisect_left(line_ends, end)
        stop = line_ends[line] if line < len(line_ends) else len(folded)
        if starts[following] <= min(end + gap[1], stop):
            found.append((at, after[following][1]))
    return found


def _firsts(piece: str, gap: tuple[int, int], starts: Sequence[int], folded: str) -> Iterable[int]:
    """Where a piece before others may stand; the empty one only in reach of their `starts`."""
    if piece:
        return _every(piece, folded) if starts else ()
    steps = range(gap[0], gap[1] + 1)
    return sorted({start - step for start in starts for step in steps if step <= start})


def _every(piece: str, folded: str) -> Iterator[int]:
    """Every start of the piece."""
    at = folded.find(piece)
    while at >= 0:
        yield at
        at = folded.find(piece, at + 1)
