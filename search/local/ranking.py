"""How well a report answers a query.

BM25F (Robertson and Zaragoza, 2009) over hits instead of words. Of each leaf of the query

    tf = sum of its hits' weights in the report, those in the body divided by
         1 - B + B * length / mean length
    score = idf * tf * (K1 + 1) / (tf + K1)
    idf = ln(1 + (N - n + 0.5) / (n + 0.5)), n of N reports hold the leaf

A hit weighs ON_BOUNDARIES where jieba's words begin at its start and its end, else WITHIN_WORDS;
HEADING times as much if it does and stands in a section's heading, TITLE times in the title. A hit
of NEAR weighs from 1, neighbours, down to 1/2, at the distance asked. Of a bare chunk the words and
the whole are leaves, and the idf of the whole is WHOLE times those of its words together at least,
so that the chunk in one piece ranks above its words. A report that has several leaves in one
section, or in its title, ranks up to TOGETHER higher.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.segment import Ints
from search.local.facts.columns import Floats
from search.query.tree import Leaf, Node, chunks, leaves_of

K1 = 1.2
B = 0.5
ON_BOUNDARIES = 1.0
WITHIN_WORDS = 0.4
HEADING = 2.0
TITLE = 5.0
TOGETHER = 0.2
WHOLE = 2.0


Counts = NDArray[np.integer[Any]]

HIT_WEIGHTS: Floats = np.array([WITHIN_WORDS, ON_BOUNDARIES, HEADING])
"""Weights of a hit within words, of one on their boundaries, of one of these in a heading."""


def block_weights(hits: Counts, aligned: Counts, heading: Counts) -> Floats:
    """For each block, the weight of its hits; `aligned` of them are on word boundaries, `heading` of
    these in the heading."""
    within, on_boundaries, in_heading = HIT_WEIGHTS.tolist()
    weights: Floats = within * hits + (on_boundaries - within) * aligned
    weights += (in_heading - on_boundaries) * heading
    return weights


def leaf_weights(tree: Node, idf_of: Callable[[Leaf], float]) -> dict[Leaf, float]:
    """The idf of every leaf that can give hits."""
    own = {leaf: idf_of(leaf) for leaf in leaves_of(tree)}
    found = dict(own)
    for chunk in chunks(tree):
        parts = sum(own[word] for word in chunk.words)
        found[chunk.whole] = max(found[chunk.whole], WHOLE * parts)
    return found


def idf(holding: int, reports: int) -> float:
    """`holding` of all `reports` hold the leaf."""
    return math.log(1 + (reports - holding + 0.5) / (holding + 0.5))


def leaf_scores(weight: float, title: Floats, body: Floats, length: Ints, mean: float) -> Floats:
    """The scores of reports for a leaf of idf `weight`, from the weights of its hits, those in
    the title as if they stood elsewhere."""
    tf = TITLE * title + body / (1 - B + B * length / mean)
    scores: Floats = weight * tf * (K1 + 1) / (tf + K1)
    return scores


def together(leaves_in_best_section: Ints, leaves: int) -> Floats:
    """The factor by which a report's score rises where leaves stand together."""
    return 1 + TOGETHER * np.maximum(leaves_in_best_section - 1, 0) / max(1, leaves - 1)
