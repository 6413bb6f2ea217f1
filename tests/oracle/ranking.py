"""The score of a report, after the formula in `search/ranking.py`."""

from __future__ import annotations

import math
from collections.abc import Mapping

from search.query.tree import Leaf
from tests.oracle.folded import TITLE, FoldedUnit, Span
from tests.oracle.scan import Scan, Selected

K1 = 1.2
B = 0.5
ON_BOUNDARIES, WITHIN_WORDS = 1.0, 0.4
HEADING, IN_TITLE = 2.0, 5.0
TOGETHER = 0.2


def idf(holding: int, reports: int) -> float:
    """`holding` of all `reports` hold a leaf."""
    return math.log(1 + (reports - holding + 0.5) / (holding + 0.5))


def score(
    scan: Scan, selected: set[Selected], idf_of: Mapping[Leaf, float], mean_length: float
) -> float:
    """`selected` is what answers in this report, `idf_of` all that answers in any report."""
    units = {leaf: {s.unit for s in selected if s.leaf == leaf} for leaf in idf_of}
    total = sum(
        idf_of[leaf] * tf * (K1 + 1) / (tf + K1)
        for leaf, found in units.items()
        if (tf := _frequency(scan, leaf, found, mean_length))
    )
    numbers = range(len(scan.report.units))
    most = max(sum(unit in found for found in units.values()) for unit in numbers)
    return total * (1 + TOGETHER * max(0, most - 1) / max(1, len(idf_of) - 1))


def _frequency(scan: Scan, leaf: Leaf, units: set[int], mean_length: float) -> float:
    report = scan.report
    norm = 1 - B + B * report.length / mean_length
    return sum(
        closeness * _weight(report.units[unit], span) * (IN_TITLE if unit == TITLE else 1 / norm)
        for unit in units
        for span, closeness in scan.leaf(leaf)[unit].items()
    )


def _weight(unit: FoldedUnit, span: Span) -> float:
    """A hit that cuts no word weighs more, in a heading even more."""
    if not unit.on_word_boundaries(span):
        return WITHIN_WORDS
    return HEADING if unit.in_heading(span) else ON_BOUNDARIES
