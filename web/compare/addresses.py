"""Addresses of comparisons."""

from __future__ import annotations

from urllib.parse import urlencode

from indexer.model import Report
from search.likeness import AlikeReport
from search.model import ReportHit


def compare_url(a: str, b: str, state: str = "") -> str:
    """Two reports side by side, `a` to the left; of `state`, the only lines shown, "" is all."""
    return f"/compare?{compare_query(a, b, state)}"


def compare_query(a: str, b: str, state: str = "") -> str:
    """The same without its path: the API takes it, too."""
    return urlencode([("a", a), ("b", b), *([("state", state)] if state else [])])


def comparison_url(
    report: Report | ReportHit | AlikeReport, other: Report | ReportHit | AlikeReport
) -> str:
    """Two reports side by side, the earlier year to the left."""
    years = report.year, other.year
    if years[0] is not None and years[1] is not None and years[1] < years[0]:
        report, other = other, report
    return compare_url(report.id, other.id)
