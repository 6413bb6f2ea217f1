"""What the hits of a leaf weigh for ranking: worked out when a query is scored, for the blocks that
answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from indexer.arrays.find import on_word_boundaries
from indexer.arrays.frequent import Frequent
from indexer.arrays.segment import Ints
from search.local.facts.columns import Floats, SearchSegment
from search.local.hits.spans import Spans
from search.local.ranking import HIT_WEIGHTS, Counts, block_weights


class Weights(NamedTuple):
    """For each of some blocks, what its hits weigh for ranking, and how many stand on word boundaries.

    A hit in a title weighs as much as any other.
    """

    weights: Floats
    whole: Counts


NOTHING = Weights(np.zeros(0), np.zeros(0, np.int64))


class Weighed(Protocol):
    """The hits of a leaf in one segment, block by block."""

    def weigh(self, chosen: Ints) -> Weights:
        """Weigh the hits of some blocks, chosen by their indexes among those with hits, ascending."""

    @property
    def nbytes(self) -> int:
        """Bytes of memory beyond those of its LeafHits; what is mapped from the file does not count."""


@dataclass(frozen=True, slots=True)
class Positions:
    """Hits by their positions: the i-th block has `counts[i]` of the spans, from index `firsts[i]` on."""

    searched: SearchSegment
    spans: Spans
    blocks: Ints
    firsts: Ints
    counts: Ints

    def weigh(self, chosen: Ints) -> Weights:
        if not len(chosen):
            return NOTHING
        blocks, firsts = self.blocks.take(chosen), self.firsts.take(chosen)
        counts = self.counts.take(chosen)
        spans = self.spans
        if spans.closeness is not None or 2 * counts.sum() < len(spans):
            begins = np.cumsum(counts) - counts
            hits = np.arange(counts.sum()) + np.repeat(firsts - begins, counts)
            spans, firsts = spans.at(hits), begins
        aligned = on_word_boundaries(self.searched.arrays, spans.starts, spans.ends)
        heading_ends = self.searched.heading_ends.take(blocks)
        before = np.concatenate([np.zeros(1, np.uint32), np.cumsum(aligned, dtype=np.uint32)])
        whole = before.take(firsts + counts) - before.take(firsts)
        if spans.closeness is not None:
            heading = aligned & (spans.starts < np.repeat(heading_ends, counts))
            of_hits = HIT_WEIGHTS.take(aligned.astype(np.uint8) + heading) * spans.closeness
            return Weights(np.add.reduceat(of_hits, firsts), whole)
        headed = np.zeros(len(blocks), np.uint32)
        some = np.flatnonzero(spans.starts.take(firsts) < heading_ends)  # a heading comes first
        after = np.searchsorted(spans.starts, heading_ends[some])
        headed[some] = before.take(after) - before.take(firsts[some])
        return Weights(block_weights(counts, whole, headed), whole)

    @property
    def nbytes(self) -> int:
        spans = self.spans
        of_hits = spans.starts.nbytes + spans.ends.nbytes
        of_hits += 0 if spans.closeness is None else spans.closeness.nbytes
        return self.blocks.nbytes + self.firsts.nbytes + of_hits


@dataclass(frozen=True, slots=True)
class Counted:
    """Hits by their counts, which are stored or made once; `rows`: which of them, None for all."""

    counts: Frequent
    rows: Ints | None = None

    def weigh(self, chosen: Ints) -> Weights:
        rows = chosen if self.rows is None else self.rows.take(chosen)
        counts = self.counts
        whole = counts.aligned.take(rows)
        return Weights(
            block_weights(counts.hits.take(rows), whole, counts.heading.take(rows)), whole
        )

    @property
    def nbytes(self) -> int:
        return self.counts.blocks.nbytes + (0 if self.rows is None else self.rows.nbytes)
