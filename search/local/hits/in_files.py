"""The hits of a query in some files of a segment: all its leaves together, each span once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indexer.arrays.distinct import distinct
from indexer.arrays.segment import U4, Ints
from search.budget import checkpoint, room
from search.local.facts.columns import Columns
from search.local.hits.leaves import Leaves
from search.local.hits.spans import Spans
from search.query.tree import Leaf

_COPIES = 5
"""Arrays of all hits that are there at a time: joined, sorted, told apart, taken apart into spans."""


def spans_in_files(
    columns: Columns, number: int, files: Ints, counted: Mapping[Leaf, U4], leaves: Leaves
) -> Spans:
    """The distinct hits in some files of segment `number`, in order; `files` ascend.

    `counted`: for each leaf, the blocks (ascending) whose hits are meant.
    """
    searched = columns.segments[number]
    bounds = searched.arrays.block_start[searched.arrays.file_block[np.stack([files, files + 1])]]
    keys = [np.zeros(0, np.uint64)]
    size = 0
    for leaf, chosen in counted.items():
        checkpoint()
        spans = leaves.between(leaf, number, bounds)
        blocks = searched.locator.blocks(spans.starts) + searched.first_block
        places = np.searchsorted(chosen, blocks)
        known = places < len(chosen)
        known[known] = chosen[places[known]] == blocks[known]
        keys.append(spans.starts[known].astype(np.uint64) << np.uint64(32) | spans.ends[known])
        size += keys[-1].nbytes
        room(size * _COPIES)
    found = np.concatenate(keys) if len(keys) == 2 else distinct(np.concatenate(keys))
    checkpoint()
    return Spans((found >> np.uint64(32)).astype(np.uint32), found.astype(np.uint32))
