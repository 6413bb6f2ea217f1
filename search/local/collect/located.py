"""Hits of the whole index, one beside the other: which segment each stands in, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.arrays.segment import U4, Ints
from search.budget import room
from search.local.facts.columns import Columns
from search.local.hits.in_files import spans_in_files
from search.local.hits.leaves import Leaves
from search.local.hits.spans import Spans
from search.query.tree import Leaf

_BYTES = 40
"""Of a hit: segment, start and end, these of its segment's spans, and what orders it."""


@dataclass(frozen=True, slots=True)
class LocatedHits:
    """Hits of several segments: for each, the number of its segment, and its span in that one's `folded`."""

    segments: Ints
    starts: U4
    ends: U4

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, chosen: Ints) -> LocatedHits:
        return LocatedHits(self.segments[chosen], self.starts[chosen], self.ends[chosen])

    def files(self, columns: Columns) -> Ints:
        """For each hit, its file among all of the index; the hits must be in order of their segments."""
        found = np.zeros(len(self), np.int64)
        for number, part in self.by_segment(len(columns.segments)):
            searched = columns.segments[number]
            blocks = searched.locator.blocks(self.starts[part]).astype(np.int64)
            found[part] = columns.block_file[blocks + searched.first_block]
        return found

    def by_segment(self, count: int) -> Sequence[tuple[int, slice]]:
        """For each of `count` segments, its number and the slice of its hits, which are in their order."""
        bounds = np.searchsorted(self.segments, np.arange(count + 1)).tolist()
        return [(n, slice(bounds[n], bounds[n + 1])) for n in range(count)]


def hits_in(
    columns: Columns, files: Ints, counted: Mapping[Leaf, U4], leaves: Leaves
) -> LocatedHits:
    """The distinct hits in some files, in order of segments and positions."""
    files = np.sort(files)
    found: list[Spans] = []
    for number, searched in enumerate(columns.segments):
        bounds = np.array([searched.first_file, searched.first_file + searched.arrays.file_count])
        own = files[slice(*np.searchsorted(files, bounds).tolist())] - searched.first_file
        found.append(spans_in_files(columns, number, own, counted, leaves))
    room(_BYTES * sum(map(len, found)))
    return LocatedHits(
        np.repeat(np.arange(len(found)), [len(spans) for spans in found]),
        np.concatenate([np.zeros(0, np.uint32), *(spans.starts for spans in found)]),
        np.concatenate([np.zeros(0, np.uint32), *(spans.ends for spans in found)]),
    )
