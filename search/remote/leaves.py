"""The leaves of a query over units: which of them hold one, and how many of its hits.

Phrases are asked of the index. NEAR and wildcards are: the index says which units may hold one, a script
(`spans.painless`) finds the hits in their text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from search.query.tree import Leaf, Near, Phrase, Text, Wildcard, Words
from search.remote.alphabet import encode, encodings
from search.remote.dsl import HEADING, NONE, TEXT, Query, both, either, occurrences, words_asked

Measure = Literal["hits", "whole", "both", "weight"]
"""What a score counts: hits, those of them on word boundaries, these and `STEP` times all, or what they weigh for
ranking."""
STEP = 4096
_SCRIPT = (Path(__file__).parent / "spans.painless").read_text("utf-8")
WITHIN, ALIGNED, HEADED = 0.4, 0.6, 1.0
"""What a hit weighs at least, what one on word boundaries weighs more, and one of these in a heading."""


def most_both(leaves: Iterable[Leaf]) -> int:
    """The score of `both` from which on it may not tell its two counts apart.

    It has 24 bits. Of k words each adds its k-th part, which is exact where k is 1, 2, 4, …; else each may be
    wrong by half a bit, and so may each sum: less than half a hit in all, below 2^23 / (k + 6).
    """
    counts = [words_asked(encode(leaf.folded)) for leaf in leaves if isinstance(leaf, Phrase)]
    rounded = [count for count in counts if count & (count - 1)]
    return (1 << 23) // (max(rounded) + 6) if rounded else 1 << 22


@dataclass(frozen=True, slots=True)
class Lookup:
    """How leaves are looked up; with `whole`, only hits of whole words are any."""

    whole: bool = False

    def holds(self, leaf: Leaf, field: str = TEXT) -> Query:
        """The units that hold the leaf; the score is the number of its hits."""
        if isinstance(leaf, Phrase):
            return occurrences(encode(leaf.folded), field, whole=self.whole)
        return self.counted([leaf_of(leaf)], candidates(leaf, field), "hits", field)

    def holds_words(self, node: Words) -> Query:
        """The units that hold a bare chunk, in one piece or word by word."""
        return either([self.holds(node.whole), both(*map(self.holds, node.words))])

    def score(self, leaf: Leaf, measure: Measure) -> Query:
        """The units that hold the leaf; the score is the measure of its hits in each."""
        if not isinstance(leaf, Phrase):
            return self.counted([leaf_of(leaf)], candidates(leaf), measure)
        coded = encode(leaf.folded)
        if measure == "hits" or (measure == "whole" and self.whole):
            return self.holds(leaf)
        if measure == "whole":
            return occurrences(coded, whole=True)
        if measure == "both":
            every = occurrences(coded, boost=STEP)
            return {"bool": {"must": [every], "should": [occurrences(coded, whole=True)]}}
        headed = occurrences(coded, HEADING, whole=True, boost=HEADED)
        return {"bool": {"must": [self.weight(leaf)], "should": [headed]}}

    def weight(self, phrase: Phrase, field: str = TEXT) -> Query:
        """What holds a phrase; the score is what its hits weigh, wherever they stand."""
        coded = encode(phrase.folded)
        if self.whole:
            return occurrences(coded, field, whole=True, boost=WITHIN + ALIGNED)
        plain = occurrences(coded, field, boost=WITHIN)
        return {
            "bool": {
                "must": [plain],
                "should": [occurrences(coded, field, whole=True, boost=ALIGNED)],
            }
        }

    def counted(
        self, items: Sequence[Any], among: Query, measure: Measure, field: str = TEXT
    ) -> Query:
        """Of the units `among`, those that hold an item, scored by a script."""
        if among == NONE:
            return NONE
        scan = "units.title_" if field != TEXT else "units."
        params = {
            "items": list(items),
            "scan": scan + "scan",
            "bounds": scan + "bounds",
            "only_whole": self.whole,
            "measure": measure,
            "step": STEP,
        }
        script = {"source": _SCRIPT, "params": params}
        least = 1e-3  # what holds no hit scores 0
        return {"script_score": {"query": among, "min_score": least, "script": script}}


def leaf_of(leaf: Leaf, kinds: Sequence[str] | None = None) -> dict[str, Any]:
    """A leaf as the script takes it, in units of these kinds."""
    return {"kinds": kinds, "leaf": _spec(leaf)}


def words_of(node: Words, kinds: Sequence[str] | None = None) -> dict[str, Any]:
    """A bare chunk as the script takes it."""
    return {"kinds": kinds, "whole": _spec(node.whole), "words": [_spec(w) for w in node.words]}


def _spec(leaf: Leaf) -> dict[str, Any]:
    if isinstance(leaf, Phrase):
        return {"p": leaf.folded}
    if isinstance(leaf, Near):
        return {"l": _spec(leaf.left), "r": _spec(leaf.right), "d": leaf.distance}
    return {"w": list(leaf.pieces), "g": [list(gap) for gap in leaf.gaps]}


def candidates(leaf: Leaf, field: str = TEXT) -> Query:
    """The units that may hold a leaf: all that do, and others."""
    if isinstance(leaf, Phrase):
        return occurrences(encode(leaf.folded), field)
    if isinstance(leaf, Near):
        (left, most), (right, more) = _interval(leaf.left), _interval(leaf.right)
        gaps = leaf.distance + 2 + most + more
        every = {"intervals": [left, right], "ordered": False, "max_gaps": gaps}
        return {"intervals": {field: {"all_of": every}}}
    if sum(map(bool, leaf.pieces)) > 1:
        return {"intervals": {field: _interval(leaf)[0]}}
    return both(*(either([occurrences(c, field) for c in some]) for some in _pieces(leaf)))


def _pieces(leaf: Wildcard) -> list[list[str]]:
    last = len(leaf.pieces) - 1
    return [
        encodings(piece, open_left=at > 0, open_right=at < last)
        for at, piece in enumerate(leaf.pieces)
        if piece
    ]


def _interval(text: Text) -> tuple[dict[str, Any], int]:
    """Intervals that hold every occurrence, and how much longer than it they may be. Minimal ones leave out
    what overlaps, never the nearest pair."""
    if isinstance(text, Phrase):
        return _match(encode(text.folded)), 0
    parts = [
        _match(some[0]) if len(some) == 1 else {"any_of": {"intervals": [*map(_match, some)]}}
        for some in _pieces(text)
    ]
    room = sum(most for _, most in text.gaps) + len(text.gaps)
    if len(parts) == 1:
        return parts[0], room
    return {"all_of": {"intervals": parts, "ordered": True, "max_gaps": room}}, room


def _match(coded: str) -> dict[str, Any]:
    words = coded if len(coded) == 1 else " ".join(map("".join, pairwise(coded)))
    return {"match": {"query": words, "ordered": True, "max_gaps": 0}}
