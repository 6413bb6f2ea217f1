"""What a leaf of the query finds in the whole index, counted by unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.arrays.distinct import first_of_each
from indexer.arrays.find import on_word_boundaries
from indexer.arrays.frequent import frequent
from indexer.arrays.segment import TITLE_KIND, Ints
from indexer.text.fold_array import units_of
from search.columns import Columns, Floats, Place
from search.query.tree import Leaf, Phrase
from search.ranking import HIT_WEIGHTS, TITLE, unit_weights
from search.spans import Spans, spans_of


@dataclass(frozen=True, slots=True)
class LeafHits:
    """The units with hits, ascending; in each the hits, and their weight for ranking.

    `spans` are the hits themselves by segment, None for those that are read off the index when
    they are shown.
    """

    units: Ints
    hits: Ints
    weights: Floats
    spans: tuple[Spans | None, ...]

    @property
    def bytes(self) -> int:
        """Memory that this takes, but for what is mapped."""
        found = self.units.nbytes + self.hits.nbytes + self.weights.nbytes
        return found + sum(s.starts.nbytes + s.ends.nbytes for s in self.spans if s is not None)


def leaf_hits(columns: Columns, leaf: Leaf, *, literal: bool) -> LeafHits:
    """Look a leaf up in every segment."""
    found = [_in_segment(columns, place, leaf, literal) for place in columns.places]
    if len(found) == 1:
        return found[0]
    return LeafHits(
        np.concatenate([np.zeros(0, np.int64), *(f.units for f in found)]),
        np.concatenate([np.zeros(0, np.int64), *(f.hits for f in found)]),
        np.concatenate([np.zeros(0), *(f.weights for f in found)]),
        tuple(spans for f in found for spans in f.spans),
    )


def _in_segment(columns: Columns, place: Place, leaf: Leaf, literal: bool) -> LeafHits:
    frequent = None if literal else _frequent(place, leaf)
    if frequent is not None:
        return _living(columns, place, frequent)
    spans = spans_of(place.arrays, leaf, literal=literal)
    return _living(columns, place, _counted(place, spans))


def _frequent(place: Place, leaf: Leaf) -> LeafHits | None:
    """The counts that the index keeps of the commonest pairs."""
    if not isinstance(leaf, Phrase) or len(units_of(leaf.folded)) != 2:
        return None
    first, second = units_of(leaf.folded).tolist()
    kept = frequent(place.arrays, first << 16 | second)
    if kept is None:
        return None
    weights = unit_weights(kept.hits, kept.aligned, kept.heading)
    weights[place.arrays.unit_kind[kept.units] == TITLE_KIND] *= TITLE
    return LeafHits(kept.units, kept.hits.astype(np.int64), weights, (None,))


def _counted(place: Place, spans: Spans) -> LeafHits:
    arrays = place.arrays
    units = place.locator.units(spans.starts)
    aligned = on_word_boundaries(arrays, spans.starts, spans.ends)
    heading = aligned & (spans.starts < place.heading_ends[units])
    of_hits = HIT_WEIGHTS[aligned.astype(np.uint8) + heading]
    if spans.closeness is not None:
        of_hits = of_hits * spans.closeness
    firsts = first_of_each(units)
    hits = np.diff(firsts, append=len(units))
    distinct = units[firsts].astype(np.int64)
    weights = np.add.reduceat(of_hits, firsts) if len(firsts) else np.zeros(0)
    weights[arrays.unit_kind[distinct] == TITLE_KIND] *= TITLE
    return LeafHits(distinct, hits, weights, (spans,))


def _living(columns: Columns, place: Place, found: LeafHits) -> LeafHits:
    """Numbered through all segments, without what is no longer in the index."""
    units = found.units + place.first_unit
    if place.all_live:
        return LeafHits(units, found.hits, found.weights, found.spans)
    live = columns.present[columns.unit_file[units]]
    return LeafHits(units[live], found.hits[live], found.weights[live], found.spans)
