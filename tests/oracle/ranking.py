"""The score of a report, after the formula in `search/local/ranking.py`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from search.query.tree import Leaf, Node, chunks, leaves_of
from tests.oracle.folded import TITLE, FoldedBlock, Span
from tests.oracle.scan import Scan, Selected

K1 = 1.2
B = 0.5
ON_BOUNDARIES, WITHIN_WORDS = 1.0, 0.4
HEADING, IN_TITLE = 2.0, 5.0
TOGETHER = 0.2
WHOLE = 2.0


def leaf_weights(tree: Node, scans: Sequence[Scan]) -> dict[Leaf, float]:
    """The idf of each leaf; of a chunk in one piece it is WHOLE times its words' at least."""
    own = {
        leaf: _idf(sum(bool(s.leaf(leaf)) for s in scans), len(scans)) for leaf in leaves_of(tree)
    }
    weights = dict(own)
    for chunk in chunks(tree):
        words = sum(own[word] for word in chunk.words)
        weights[chunk.whole] = max(weights[chunk.whole], WHOLE * words)
    return weights


def _idf(holding: int, reports: int) -> float:
    """`holding` of all `reports` hold a leaf."""
    return math.log(1 + (reports - holding + 0.5) / (holding + 0.5))


def score(
    scan: Scan, selected: set[Selected], weight_of: Mapping[Leaf, float], mean_length: float
) -> float:
    """`selected` is what answers in this report, `weight_of` all that answers in any report."""
    blocks = {leaf: {s.block for s in selected if s.leaf == leaf} for leaf in weight_of}
    total = sum(
        weight_of[leaf] * tf * (K1 + 1) / (tf + K1)
        for leaf, found in blocks.items()
        if (tf := _frequency(scan, leaf, found, mean_length))
    )
    numbers = range(len(scan.report.blocks))
    most = max(sum(block in found for found in blocks.values()) for block in numbers)
    return total * (1 + TOGETHER * max(0, most - 1) / max(1, len(weight_of) - 1))


def _frequency(scan: Scan, leaf: Leaf, blocks: set[int], mean_length: float) -> float:
    report = scan.report
    norm = 1 - B + B * report.length / mean_length
    return sum(
        closeness * _weight(report.blocks[block], span) * (IN_TITLE if block == TITLE else 1 / norm)
        for block in blocks
        for span, closeness in scan.leaf(leaf)[block].items()
    )


def _weight(block: FoldedBlock, span: Span) -> float:
    """A hit that cuts no word weighs more, in a heading even more."""
    if not block.on_word_boundaries(span):
        return WITHIN_WORDS
    return HEADING if block.in_heading(span) else ON_BOUNDARIES
