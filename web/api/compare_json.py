"""A comparison as JSON."""

from __future__ import annotations

from indexer.model import Report, Section
from search.comparing.model import Aligned, Carried, Comparison, Pair, Side
from search.links import checksum
from search.model import SearchRequest
from web.api.json_shape import Shape
from web.urls import passage_url, report_url


def comparison_json(a: Report, b: Report, found: Comparison, state: str) -> Shape:
    """Two reports line by line, of a state only the lines of that; "" is all.

    Offsets are code points of the reports' canonical texts.
    """
    return {
        "a": _report(a, found.a),
        "b": _report(b, found.b),
        "states": dict(found.counts()),
        "sections": [
            shape
            for section in found.sections
            if (shape := _aligned(a, b, section, state))["pairs"]
        ],
    }


def _report(report: Report, carried: Carried) -> Shape:
    return {
        "id": report.id,
        "title": report.title,
        "year": report.year,
        "url": report_url(report.id, SearchRequest()),
        "characters": carried.characters,
        "carried": carried.carried,
        "share": round(carried.share, 6),
    }


def _aligned(a: Report, b: Report, section: Aligned, state: str) -> Shape:
    return {
        "title": section.title,
        "a": _section(section.a),
        "b": _section(section.b),
        "pairs": [_pair(a, b, pair) for pair in section.pairs if state in ("", pair.state)],
    }


def _section(section: Section | None) -> Shape | None:
    if section is None:
        return None
    return {"kind": section.kind, "heading": section.title, "path": list(section.path)}


def _pair(a: Report, b: Report, pair: Pair) -> Shape:
    return {
        "state": pair.state,
        "elsewhere": pair.elsewhere,
        "a": _side(a, pair.a) if pair.a else None,
        "b": _side(b, pair.b) if pair.b else None,
    }


def _side(report: Report, side: Side) -> Shape:
    line = side.line
    return {
        "section": side.section,
        "start": line.start,
        "end": line.end,
        "text": line.text,
        "spans": [list(span) for span in side.spans],
        "url": passage_url(report.id, line.start, line.end, checksum(line.text)),
    }
