"""What the hits of a leaf weigh for ranking: worked out for the units that answer a query, when it is scored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from indexer.arrays.find import on_word_boundaries
from indexer.arrays.frequent import Frequent
from indexer.arrays.segment import TITLE_KIND, Ints
from search.columns import Floats, Place
from search.ranking import HIT_WEIGHTS, TITLE, unit_weights
from search.spans import Spans

_ONE = np.uint64(1)
_HEADING = np.uint64(1 << 32)  # above all that a unit holds on word boundaries


class Weighed(Protocol):
    """The hits of a leaf in one segment, unit by unit."""

    def weights(self, chosen: Ints) -> Floats:
        """What the hits of each of the chosen units (places in its list, ascending) weigh."""

    @property
    def nbytes(self) -> int:
        """Memory that this takes beyond its LeafHits, but for what is mapped."""


@dataclass(frozen=True, slots=True)
class Positions:
    """Hits by their positions: those of the i-th unit are `counts[i]` from `firsts[i]` on."""

    place: Place
    spans: Spans
    units: Ints
    firsts: Ints
    counts: Ints

    def weights(self, chosen: Ints) -> Floats:
        if not len(chosen):
            return np.zeros(0)
        counts, units = self.counts[chosen], self.units[chosen]
        begins = np.cumsum(counts) - counts
        hits = np.arange(counts.sum()) + np.repeat(self.firsts[chosen] - begins, counts)
        starts = self.spans.starts.take(hits)
        aligned = on_word_boundaries(self.place.arrays, starts, self.spans.ends.take(hits))
        heading = aligned & (starts < np.repeat(self.place.heading_ends[units], counts))
        if self.spans.closeness is None:
            both = np.add.reduceat(aligned + heading * _HEADING, begins)
            weights = unit_weights(counts, both & (_HEADING - _ONE), both >> np.uint64(32))
        else:
            of_hits = HIT_WEIGHTS.take(aligned.astype(np.uint8) + heading)
            weights = np.add.reduceat(of_hits * self.spans.closeness.take(hits), begins)
        return _in_titles(self.place, units, weights)

    @property
    def nbytes(self) -> int:
        spans = self.spans
        of_hits = spans.starts.nbytes + spans.ends.nbytes
        of_hits += 0 if spans.closeness is None else spans.closeness.nbytes
        return self.units.nbytes + self.firsts.nbytes + of_hits


@dataclass(frozen=True, slots=True)
class Kept:
    """Hits by the counts that the index keeps, in some or all of its `rows`."""

    place: Place
    found: Frequent
    rows: Ints | None = None

    def weights(self, chosen: Ints) -> Floats:
        rows = chosen if self.rows is None else self.rows[chosen]
        found = self.found
        weights = unit_weights(found.hits[rows], found.aligned[rows], found.heading[rows])
        return _in_titles(self.place, found.units[rows], weights)

    @property
    def nbytes(self) -> int:
        return self.found.units.nbytes + (0 if self.rows is None else self.rows.nbytes)


def _in_titles(place: Place, units: Ints, weights: Floats) -> Floats:
    """The weights, those of titles raised."""
    return np.where(place.arrays.unit_kind[units] == TITLE_KIND, weights * TITLE, weights)
