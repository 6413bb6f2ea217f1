"""One text that finds nothing -> what may have been meant, and finds something.

Where the mistake is, is known before anything is tried: with one mistake, all that stands before it
occurs in the index, and all that stands after it. So the longest beginning and the longest end that
occur leave a gap, mostly of one to three characters, and only these are replaced.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from indexer.text.fold import fold
from search.related.candidates import ATOM, Gap, Kind, candidates, pieces_of, with_changed
from search.related.probe import Probe
from search.related.vocabulary import Vocabulary

T = TypeVar("T")

LONGEST = 128
"""Code points of a text that is mended: to look one up takes the longer the longer it is."""
_MOST_BAD_WORDS = 3
_MOST_PIECES = 40


@dataclass(frozen=True, slots=True)
class Correction:
    """A folded text, and how many reports hold it."""

    text: str
    kind: Kind
    count: int


def corrections(text: str, found: Probe, vocabulary: Vocabulary, limit: int) -> list[Correction]:
    """At most `limit` texts that occur, the best first: by kind, then by count; none of a longer text
    than `LONGEST`."""
    if len(text) > LONGEST:
        return []
    single = _single(text, found, vocabulary, limit)
    return single or [
        Correction(mended.text, mended.kind, count)
        for mended in by_words(text, found, vocabulary, limit)
        if (count := found(mended.text))
    ]


def by_words(text: str, found: Probe, vocabulary: Vocabulary, limit: int) -> list[Correction]:
    """The text with those of its words mended that find nothing, each by itself.

    Whether the whole occurs is not asked: `count` is the rarest mended word's. Nothing where no
    word is bad, or more than three, or one cannot be mended, or the text is too long.
    """
    if len(text) > LONGEST:
        return []
    pieces = pieces_of(text)
    if len(pieces) > min(_MOST_PIECES, found.calls):
        return []
    bad = [at for at, piece in enumerate(pieces) if not found(piece)]
    if not 1 <= len(bad) <= _MOST_BAD_WORDS:
        return []
    share = max(0, found.calls - limit) // len(bad)
    mended = [_single(pieces[at], found.share(share), vocabulary, limit) for at in bad]
    return [
        Correction(
            fold(with_changed(pieces, {at: fix.text for at, fix in zip(bad, choice, strict=True)})),
            max(fix.kind for fix in choice),
            min(fix.count for fix in choice),
        )
        for choice in choices(mended)
    ][:limit]


def choices(lists: Sequence[Sequence[T]]) -> Iterator[list[T]]:
    """The best of each list, then with one of them at a time the second best, and so on.

    Nothing where one of the lists is empty.
    """
    if not all(lists):
        return
    best = [fixes[0] for fixes in lists]
    yield best
    for rank in range(1, max(map(len, lists), default=0)):
        for at, fixes in enumerate(lists):
            if rank < len(fixes):
                yield [*best[:at], fixes[rank], *best[at + 1 :]]


def _single(text: str, found: Probe, vocabulary: Vocabulary, limit: int) -> list[Correction]:
    """Texts one mistake away that occur."""
    gap = _gap(text, found)
    fixes: list[Correction] = []
    tried = {text}
    for kind, group in groupby(candidates(gap, vocabulary, found.calls // 4), key=itemgetter(0)):
        for _, unfolded in group:
            if not found.calls:
                break
            candidate = fold(unfolded)  # a change can part words of letters, or join them
            if candidate in tried:
                continue
            tried.add(candidate)
            if count := found(candidate):
                fixes.append(Correction(candidate, kind, count))
        if len(fixes) >= limit or not found.calls:
            break
    return sorted(fixes, key=lambda fix: (fix.kind, -fix.count))[:limit]


def _gap(text: str, found: Probe) -> Gap:
    atoms: list[str] = ATOM.findall(text)
    sizes = range(1, len(atoms))
    # a text occurs wherever a longer one does: so the sizes that occur come first
    before = bisect_left(sizes, True, key=lambda size: not found("".join(atoms[:size])))
    end = bisect_left(sizes, True, key=lambda size: not found("".join(atoms[-size:])))
    return Gap(atoms, before, len(atoms) - end)
