"""Hits line by line, and the words beside them, as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from search.model import Concordance, ConcordanceLine, ConcordanceOrder, SearchRequest
from search.spread import Collocates, Side, Spread
from web.api.json_shape import Shape, notice_json, printed_json, regions_of, section_json
from web.urls import passage_url


def concordance_json(found: Concordance, request: SearchRequest, order: ConcordanceOrder) -> Shape:
    """A page of hits, each with the link to quote it by."""
    return {
        "query": query_json(found, request),
        "total": {"reports": found.reports, "hits": found.hits},
        "order": order,
        "page": found.page,
        "size": found.size,
        "lines": [_line(line) for line in found.lines],
    }


def part_json(
    found: Concordance,
    lines: Sequence[ConcordanceLine],
    request: SearchRequest,
    order: ConcordanceOrder,
    generation: str,
    following: str | None,
) -> Shape:
    """A part of all hits; `found` has their totals, `following` is the cursor of the next part."""
    return {
        "query": query_json(found, request),
        "total": {"reports": found.reports, "hits": found.hits},
        "generation": generation,
        "order": order,
        "lines": [_line(line) for line in lines],
        "next": following,
    }


def collocates_json(found: Collocates, request: SearchRequest, side: Side) -> Shape:
    """The words at one side of the hits, the most frequent first."""
    return {
        "query": query_json(found, request),
        "total": {"hits": found.hits, "bare": found.bare, "words": found.words},
        "side": side,
        "words": [
            {"word": one.word, "hits": one.hits, "reports": one.reports} for one in found.found
        ],
    }


def query_json(found: Concordance | Collocates | Spread, request: SearchRequest) -> Shape:
    """The query as it was typed and understood, and whether it can have hits."""
    return {
        "text": request.q,
        "canonical": found.canonical,
        "finds_text": found.finds_text,
        "warnings": [notice_json(warning) for warning in found.warnings],
    }


def _line(line: ConcordanceLine) -> Shape:
    return {
        "report": line.report,
        "title": line.title,
        "genre": line.genre,
        "year": line.year,
        "region": regions_of(line.region),
        "section": section_json(line.section),
        "left": line.left,
        "hit": line.hit,
        "right": line.right,
        "start": line.start,
        "end": line.end,
        "url": passage_url(line.report, line.start, line.end, line.check),
        **printed_json(line.place),
    }
