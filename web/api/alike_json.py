"""Likenesses as JSON, of API and command line."""

from __future__ import annotations

from search.likeness import AlikePair, AlikeReport, Likenesses
from search.model import SearchRequest
from web.api.json_shape import Shape, regions_of
from web.compare.addresses import comparison_url
from web.urls import report_url


def likenesses_json(report_id: str, found: Likenesses) -> Shape:
    """The reports that are like one."""
    return {
        "id": report_id,
        "known": found.known,
        "crowded": found.crowded,
        "similar": [_similar(pair) for pair in found.pairs],
    }


def pair_json(pair: AlikePair) -> Shape:
    """Two reports that are alike."""
    return {
        "a": _report(pair.a),
        "b": _report(pair.b),
        "compare": comparison_url(pair.a, pair.b),
    }


def _similar(pair: AlikePair) -> Shape:
    """The other report of a pair; what is said of the first stands beside."""
    return {
        **_report(pair.b),
        "of_this": {
            "characters": pair.a.characters,
            "common": pair.a.common,
            "share": round(pair.a.share, 6),
        },
        "compare": comparison_url(pair.a, pair.b),
    }


def _report(report: AlikeReport) -> Shape:
    return {
        "id": report.id,
        "title": report.title,
        "genre": report.genre,
        "year": report.year,
        "region": regions_of(report.region),
        "source": report.source,
        "url": report_url(report.id, SearchRequest()),
        "characters": report.characters,
        "common": report.common,
        "share": round(report.share, 6),
    }
