"""A result as JSON: the one shape that API and command line print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import cast

from indexer.errors import GongkaiError, QueryError
from indexer.messages import Message, as_json
from indexer.model import NO_PLACE, Indexed, Place, Region, Report, Section
from search.links import checksum
from search.model import (
    FACETS,
    Facet,
    Hit,
    Passage,
    ReportHit,
    SearchRequest,
    SearchResult,
    SectionRef,
)
from search.query.parse import parse
from web.printed import Places
from web.said import told
from web.show import utc
from web.urls import passage_url, report_url

Shape = dict[str, object]

REPORT_FACTS = ("source", "title", "genre", "year", "published", "issuer", "number", "url")


def result_json(result: SearchResult, request: SearchRequest) -> Shape:
    """The answer to `request`, of strings, numbers, booleans, None, lists and dicts only."""
    total = result.total
    return {
        "query": {
            "text": result.text,
            "canonical": result.canonical,
            "warnings": [notice_json(warning) for warning in result.warnings],
        },
        "total": {
            "reports": total.reports,
            "sections": total.sections,
            "hits": total.hits,
            "whole": total.whole,
        },
        "took_ms": result.took_ms,
        "page": result.page,
        "size": result.size,
        "reports": [report_hit_json(hit, request) for hit in result.reports],
        "facets": {
            name: [_facet(value) for value in getattr(result.facets, name)] for name in FACETS
        },
        "did_you_mean": list(result.did_you_mean),
        "by_words": result.by_words,
    }


def report_json(report: Report) -> Shape:
    """A report as `inspect --json` prints it."""
    return {
        "id": report.id,
        **{name: getattr(report, name) for name in REPORT_FACTS},
        "region": [asdict(region) for region in report.region],
        "sections": [
            {
                "kind": section.kind,
                "heading": section.title,
                "level": section.level,
                "path": list(section.path),
                "lines": [line.text for line in section.lines],
                **_section_places(section),
            }
            for section in report.sections
        ],
        "dropped": [
            {"text": dropped.text, **reason_json(dropped.reason)} for dropped in report.dropped
        ],
        "warnings": [notice_json(warning) for warning in report.warnings],
    }


def _section_places(section: Section) -> Shape:
    """Where the lines are printed, of a file that tells."""
    if all(line.place == NO_PLACE for line in section.all_lines()):
        return {}
    heading = section.heading
    return {
        "heading_place": printed_json(heading.place) if heading else None,
        "line_places": [printed_json(line.place) for line in section.lines],
    }


def placed_report_json(report: Report) -> Shape:
    """The same, all its sources, and where its lines start in the canonical text."""
    shape = report_json(report) | {"sources": [report.source, *report.copies]}
    shape |= times_json(report.indexed)
    sections = cast(list[Shape], shape["sections"])
    for section, placed in zip(report.sections, sections, strict=True):
        placed["heading_start"] = section.heading.start if section.heading else None
        placed["line_starts"] = [line.start for line in section.lines]
    return shape


def hits_json(report: Report, hits: Iterable[Hit], request: SearchRequest) -> Shape:
    """Every hit of the request's query in a report, with the link to quote it by."""
    text, parsed = report.text(), parse(request.q, words=request.words)
    places = Places(report)
    return {
        "id": report.id,
        "query": {
            "text": request.q,
            "canonical": str(parsed.tree),
            "warnings": [notice_json(warning) for warning in parsed.warnings],
            "scope": request.scope,
            "literal": request.literal,
            "words": request.words,
            "whole": request.whole,
        },
        "hits": [_hit(hit, text[hit.start : hit.end], report.id, places) for hit in hits],
    }


def regions_json(regions: Iterable[Facet]) -> Shape:
    """The tree of regions, each after the one it is in; `count` is the reports in it or below."""
    return {
        "regions": [
            {"code": r.value, "name": r.label, "parent": r.parent, "count": r.reports}
            for r in regions
        ]
    }


def error_json(error: GongkaiError, *, code: str | None = None) -> Shape:
    """The one error shape; `position` counts code points of the query from 0."""
    shape: Shape = {"code": code or error.code, **notice_json(error.message)}
    if isinstance(error, QueryError) and error.position is not None:
        shape["position"] = error.position
    if error.hint:
        hint = as_json(error.hint)
        shape |= {"hint": told(error.hint), "hint_key": hint["key"], "hint_values": hint["values"]}
    return {"error": shape}


def notice_json(message: Message) -> Shape:
    """A message in the reader's language, and for programs what it is made of."""
    return {"message": told(message), **as_json(message)}


def reason_json(message: Message) -> Shape:
    """Why something was left out, in the reader's language and for programs."""
    return {"reason": told(message), **as_json(message)}


def printed_json(place: Place) -> Shape:
    """Where in its file a text is printed, and how surely it was recognised."""
    pages = [place.page, place.last_page] if place.page else None
    return {"pages": pages, "confidence": place.confidence}


def regions_of(chain: Iterable[Region]) -> list[Shape]:
    """The regions that a report is in, the outermost first."""
    return [{"code": region.code, "name": region.name, "level": region.level} for region in chain]


def times_json(times: Indexed) -> Shape:
    """When a report came into the index and last changed there; None where that is not known."""
    return {"first_indexed": utc(times.first), "changed": utc(times.changed)}


def section_json(section: SectionRef) -> Shape:
    """The section that something stands in."""
    return {"kind": section.kind, "heading": section.heading, "path": list(section.path)}


def report_hit_json(hit: ReportHit, request: SearchRequest) -> Shape:
    """A report in the answer to a request."""
    return {
        "id": hit.id,
        "title": hit.title,
        "genre": hit.genre,
        "year": hit.year,
        "published": hit.published,
        "issuer": hit.issuer,
        "region": regions_of(hit.region),
        "source": hit.source,
        **times_json(hit.indexed),
        "url": report_url(hit.id, request.unfiltered()),
        "score": hit.score,
        "hits": hit.hits,
        "passages": [_passage(passage, hit.id) for passage in hit.passages],
    }


def _passage(passage: Passage, report_id: str) -> Shape:
    return {
        "section": section_json(passage.section),
        "fragments": [{"text": part.text, "hit": part.hit} for part in passage.fragments],
        "start": passage.start,
        "end": passage.end,
        "repeats": passage.repeats,
        **printed_json(passage.place),
        "url": passage_url(report_id, passage.start, passage.end, passage.check),
    }


def _hit(hit: Hit, quoted: str, report_id: str, places: Places) -> Shape:
    url = passage_url(report_id, hit.start, hit.end, checksum(quoted))
    shape: Shape = {"start": hit.start, "end": hit.end, "text": quoted, "url": url}
    return shape | printed_json(places.of(hit.start, hit.end))


def _facet(facet: Facet) -> Shape:
    return {
        "value": facet.value,
        "label": facet.label,
        "parent": facet.parent,
        "count": facet.reports,
        "selected": facet.selected,
    }
