"""Within whose sections alone a report matches."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from indexer.arrays.segment import U2, Bools
from search.local.facts.columns import Columns
from search.local.hits.leaves import LeafHits
from search.local.matching.evaluate import Evaluation
from search.local.matching.frames import Frames, Kinds, Sections
from search.query.tree import Field, Leaf, Node, Years

Hits = Callable[[Leaf], LeafHits]
Holds = Callable[[Field | Years], Bools]


def matching_kinds(
    columns: Columns, tree: Node, everywhere: Bools, scope: str, hits: Hits, holds: Holds
) -> U2:
    """For each file that matches `everywhere`, the set of kinds within whose sections alone it does."""
    frames: Frames = Sections(columns) if scope == "section" else Kinds(columns)
    matched = Evaluation(columns, frames, hits, holds).match(tree, None)
    kinds = Kinds(columns)
    if scope == "section":
        blocks = np.flatnonzero(matched)
        matched = np.zeros(kinds.size, bool)
        matched[kinds.of(blocks)] = True
        matched &= kinds.valid(None)
    return np.where(everywhere, kinds.sets(matched), np.uint16(0))
