"""The reports like one, by trying it with all others: the definition of measure.py in plain steps."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.likeness.measure import LEAST, SHARE
from indexer.model import Report
from indexer.text.fold import fold
from search.comparing.carried import carried, carried_spans
from search.likeness import AlikePair, AlikeReport, Likenesses, first_come


def likenesses(report: Report, others: Iterable[Report]) -> Likenesses:
    """Of one report."""
    pairs = (_pair(report, other) for other in others if other.id != report.id)
    alike = [pair for pair in pairs if _enough(pair.a) or _enough(pair.b)]
    return Likenesses(known=True, pairs=tuple(sorted(alike, key=first_come)))


def _enough(report: AlikeReport) -> bool:
    return report.share >= SHARE and report.common >= LEAST


def _pair(a: Report, b: Report) -> AlikePair:
    return AlikePair(_beside(a, b), _beside(b, a))


def _beside(report: Report, other: Report) -> AlikeReport:
    mine, its = ([fold(line.text) for line in each.lines()] for each in (report, other))
    found = carried(mine, carried_spans(mine, its))
    return AlikeReport(
        report.id,
        report.source,
        report.title,
        report.genre,
        report.year,
        report.region,
        found.characters,
        found.carried,
    )
