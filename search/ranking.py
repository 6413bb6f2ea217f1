"""How well a report answers a query.

BM25 (Robertson and Zaragoza, 2009) over hits instead of words: for each leaf of the query

    idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / mean length))

where idf = ln(1 + (N - n + 0.5) / (n + 0.5)), n of N reports hold the leaf, length is the report's
folded characters, and tf adds up the weights of its hits: less for one that cuts through a word,
more for one in a title.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indexer.store.records import FoldedReport
from search.scan import TITLE, FoldedHit, Leaf

K1 = 1.2
B = 0.5
IN_TITLE = 5.0
WITHIN_WORDS = 0.4


@dataclass(frozen=True, slots=True)
class LeafWeight:
    """A leaf with its idf."""

    leaf: Leaf
    idf: float


def leaf_weight(leaf: Leaf, holding: int, reports: int) -> LeafWeight:
    """`holding` of all `reports` hold the leaf."""
    return LeafWeight(leaf, math.log(1 + (reports - holding + 0.5) / (holding + 0.5)))


def score(
    report: FoldedReport,
    hits_of: Sequence[tuple[LeafWeight, Collection[FoldedHit]]],
    mean_length: float,
) -> float:
    """The score of one report, given the hits of each leaf in it."""
    length = length_of(report)
    norm = K1 * (1 - B + B * length / mean_length) if mean_length else K1
    total = 0.0
    for weight, hits in hits_of:
        tf = sum(_weight(report, hit) for hit in hits)
        total += weight.idf * tf * (K1 + 1) / (tf + norm) if tf else 0.0
    return total


def length_of(report: FoldedReport) -> int:
    """Folded characters of the report."""
    return len(report.folded_title) + sum(len(section.folded) for section in report.sections)


def _weight(report: FoldedReport, hit: FoldedHit) -> float:
    weight = 1.0 if on_word_boundaries(report, hit) else WITHIN_WORDS
    return weight * (IN_TITLE if hit.unit == TITLE else 1.0)


def on_word_boundaries(report: FoldedReport, hit: FoldedHit) -> bool:
    """Whether a word begins where the hit begins, and another (or nothing) where it ends."""
    if hit.unit == TITLE:
        bits, length = report.title_word_starts, len(report.folded_title)
    else:
        section = report.sections[hit.unit - 1]
        bits, length = section.word_starts, len(section.folded)
    return _bit(bits, hit.start) and (hit.end >= length or _bit(bits, hit.end))


def _bit(bits: bytes, at: int) -> bool:
    return bool(bits[at >> 3] >> (7 - (at & 7)) & 1)
