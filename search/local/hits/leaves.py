"""What a leaf of the query finds in the whole index, counted by block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.arrays.distinct import first_of_each
from indexer.arrays.find import between, phrase_positions
from indexer.arrays.frequent import Frequent, frequent
from indexer.arrays.segment import U4, Ints
from indexer.text.fold_array import code_units
from search.budget import checkpoint, room
from search.cache import Cache
from search.local.facts.columns import Columns, SearchSegment
from search.local.hits.spans import Spans, spans_of, whole_words
from search.local.hits.weighed import NOTHING, Counted, Positions, Weighed, Weights
from search.query.tree import Leaf, Phrase

_MANY = 2
"""From so many hits a block on, we look up the blocks' starts among the hits: cheaper than to look up
the block of each hit."""


@dataclass(frozen=True, slots=True)
class LeafHits:
    """The blocks with hits, ascending, and how many hits each has.

    `weighed`: for each segment, the index in `blocks` of its first block, and its hits.
    """

    blocks: Ints
    hits: Ints
    weighed: tuple[tuple[int, Weighed], ...]

    def weigh(self, places: Ints) -> Weights:
        """What the hits in some of the `blocks` weigh: `places` are their indexes there, ascending. (A
        query rarely needs all of them.)"""
        if len(self.weighed) == 1:
            return self.weighed[0][1].weigh(places)
        firsts = [*(first for first, _ in self.weighed), len(self.blocks)]
        bounds = np.searchsorted(places, firsts).tolist()
        found = [
            weighed.weigh(places[begin:end] - first)
            for (first, weighed), begin, end in zip(
                self.weighed, bounds[:-1], bounds[1:], strict=True
            )
        ]
        return Weights(*map(np.concatenate, zip(NOTHING, *found, strict=True)))

    @property
    def bytes(self) -> int:
        """Memory that this takes, but for what is mapped; shared arrays may count twice."""
        return self.blocks.nbytes + self.hits.nbytes + sum(w.nbytes for _, w in self.weighed)


class Leaves:
    """Looks up the leaves of a query, each one once; `cache` has those of other queries.

    `literal` and `whole`: which of their hits count, see SearchRequest.
    """

    def __init__(
        self,
        columns: Columns,
        *,
        literal: bool,
        whole: bool = False,
        cache: Cache[LeafHits] | None = None,
    ) -> None:
        self.literal = literal
        self.whole = whole
        self._columns = columns
        self._cache = cache
        self._seen: dict[Leaf, LeafHits] = {}
        self._bytes = 0

    def hits(self, leaf: Leaf) -> LeafHits:
        """What the leaf finds in all segments."""
        if leaf not in self._seen:
            checkpoint()
            self._seen[leaf] = self._found(leaf)
            self._bytes += self._seen[leaf].bytes
            room(self._bytes)
        return self._seen[leaf]

    def _found(self, leaf: Leaf) -> LeafHits:
        if self._cache is None:
            return self._looked_up(leaf)
        return self._cache.get((leaf, self.literal, self.whole), lambda: self._looked_up(leaf))

    def _looked_up(self, leaf: Leaf) -> LeafHits:
        return _leaf_hits(self._columns, leaf, literal=self.literal, whole=self.whole)

    def between(self, leaf: Leaf, number: int, bounds: U4) -> Spans:
        """The hits in segment `number` that begin in one of the ranges, bounds[0] to bounds[1]."""
        if isinstance(leaf, Phrase) and not self.literal:
            arrays = self._columns.segments[number].arrays
            starts = phrase_positions(arrays, leaf.folded, bounds)
            spans = Spans(starts, starts + np.uint32(len(code_units(leaf.folded))))
            return whole_words(arrays, spans) if self.whole else spans
        _, found = self.hits(leaf).weighed[number]
        assert isinstance(found, Positions)  # Counted are phrases alone, see _in_segment
        chosen = between(found.spans.starts, bounds)
        return Spans(found.spans.starts[chosen], found.spans.ends[chosen])


def _leaf_hits(columns: Columns, leaf: Leaf, *, literal: bool, whole: bool) -> LeafHits:
    found: list[LeafHits] = []
    for searched in columns.segments:
        checkpoint()
        found.append(_in_segment(columns, searched, leaf, literal, whole))
    if len(found) == 1:
        return found[0]
    ends = np.cumsum([0, *(len(f.blocks) for f in found)]).tolist()
    return LeafHits(
        np.concatenate([np.zeros(0, np.int64), *(f.blocks for f in found)]),
        np.concatenate([np.zeros(0, np.int64), *(f.hits for f in found)]),
        tuple(
            (end, weighed) for end, f in zip(ends, found, strict=False) for _, weighed in f.weighed
        ),
    )


def _in_segment(
    columns: Columns, searched: SearchSegment, leaf: Leaf, literal: bool, whole: bool
) -> LeafHits:
    weighed: Weighed
    counts = None if literal else _frequent(searched, leaf)
    if counts is not None and whole:
        counts = counts.whole_words()
    if counts is not None:
        live = _living(columns, searched, counts.blocks)
        blocks, hits = _of(live, counts.blocks, counts.hits.astype(np.int64))
        weighed = Counted(counts, live)
    else:
        spans = spans_of(searched.arrays, leaf, literal=literal, whole=whole)
        blocks, firsts, hits = _by_block(searched, spans)
        blocks, firsts, hits = _of(_living(columns, searched, blocks), blocks, firsts, hits)
        weighed = Positions(searched, spans, blocks, firsts, hits)
    return LeafHits(blocks + searched.first_block, hits, ((0, weighed),))


def _frequent(searched: SearchSegment, leaf: Leaf) -> Frequent | None:
    """The counts, if there are any: of the commonest pairs in the index, of single characters beside it."""
    if not isinstance(leaf, Phrase):
        return None
    needle = code_units(leaf.folded).tolist()
    if len(needle) == 1 and needle[0] in searched.singles:
        return searched.singles[needle[0]].frequent()
    return frequent(searched.arrays, needle[0] << 16 | needle[1]) if len(needle) == 2 else None


def _by_block(searched: SearchSegment, spans: Spans) -> tuple[Ints, Ints, Ints]:
    """The blocks that hold spans; for each the index of its first span, and how many it holds."""
    if len(spans) > _MANY * searched.arrays.block_count:
        bounds = np.searchsorted(spans.starts, searched.arrays.block_start)
        counts = np.diff(bounds)
        blocks = np.flatnonzero(counts)
        return blocks, bounds[blocks], counts[blocks]
    of_span = searched.locator.blocks(spans.starts)
    firsts = first_of_each(of_span)
    return of_span[firsts].astype(np.int64), firsts, np.diff(firsts, append=len(of_span))


def _living(columns: Columns, searched: SearchSegment, blocks: Ints) -> Ints | None:
    """The indexes of those blocks whose reports are in the index, None for all."""
    if searched.all_live:
        return None
    return np.flatnonzero(columns.present[columns.block_file[blocks + searched.first_block]])


def _of(chosen: Ints | None, *arrays: Ints) -> tuple[Ints, ...]:
    return arrays if chosen is None else tuple(array[chosen] for array in arrays)
