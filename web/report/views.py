"""The pages of a report: all of it, or a passage of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from indexer.model import NO_PLACE, Place, Report
from search import links
from search.model import SearchRequest
from web.asked import looks_in_sections
from web.findings.held import findings_state, held_of
from web.former import moved_to
from web.http.tags import same_while
from web.pages import box, engine, page
from web.printed import Places, page_told, unsure_told
from web.public import absolute
from web.report import hit_map, spans, table_files, text
from web.report.alike import alike
from web.report.citations import Cited, citations, cited, quotation, shortened
from web.report.local_note import local_note, to_copy
from web.report.marked import Marked, marked
from web.report.original import original_of, original_state
from web.report.others import others
from web.report.page_images import PageImages
from web.report.sentence import around
from web.report.stepping import Steps, number_in, numbered, steps
from web.report.text_fragment import with_fragment
from web.report.trail import way_back
from web.urls import passage_url, report_url, state_pairs, web_address

blueprint = Blueprint("report", __name__)
blueprint.register_blueprint(spans.blueprint)
blueprint.register_blueprint(table_files.blueprint)

_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_NO_QUERY = SearchRequest()
_CHECK = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Quote:
    """A cited passage: where it stands now, what it says, and its links.

    `address` is the whole link to quote, `copied` what is copied of it, `original` leads to the words on
    the original's page, None where that is not known; `cited_at` is where the link says that it stands,
    `place` where it is printed; `page` and `unsure` say that, and that it was not surely recognised.
    """

    found: links.Resolved
    text: str
    link: str
    address: str
    copied: str
    original: str | None
    elsewhere: str
    cited_at: int
    place: Place
    page: str
    unsure: str


class Collected(NamedTuple):
    """The numbers of findings, 0 where there is none: of the report by their links, of the sentence around the
    cited passage, and of the passage itself."""

    by_link: Mapping[str, int]
    sentence: int = 0
    passage: int = 0


@blueprint.get("/reports/<report_id>")
@same_while(original_state, findings_state)
def report(report_id: str) -> Response:
    """A report, the hits of ?q= marked."""
    found = engine().report(report_id)
    return moved_to(found, report_id) or _report(found, None)


@blueprint.get("/reports/<report_id>/<span>/<check>")
@same_while(original_state, findings_state)
def passage(report_id: str, span: str, check: str) -> Response:
    """A report with a cited passage marked and in view.

    The page opens where the passage begins, without scripts too: report-text.css says how. Links
    on our pages also end in #passage; a redirect there from the same address would never end.
    """
    offsets = _SPAN.fullmatch(span)
    if not offsets or not _CHECK.fullmatch(check) or int(offsets[1]) >= int(offsets[2]):
        abort(404)
    found = engine().report(report_id)
    start, end = int(offsets[1]), int(offsets[2])
    return moved_to(found, report_id) or _report(found, _quote(found, start, end, check))


def _quote(found: Report, start: int, end: int, check: str) -> Quote:
    whole = found.text()
    now = links.resolve(whole, start, end, check)
    quoted = whole[now.start : now.end] if now.state != "changed" else ""
    link = passage_url(found.id, now.start, now.end, check)
    address, original = absolute(link), web_address(found.url)
    place = Places(found).of(now.start, now.end) if quoted else NO_PLACE
    return Quote(
        found=now,
        text=quoted,
        link=link,
        address=address,
        copied=to_copy(address, shortened(quoted), local_note(found, passage=True)),
        original=with_fragment(original, quoted) if original else None,
        elsewhere=spans.elsewhere_url(quoted),
        cited_at=start,
        place=place,
        page=page_told(place),
        unsure=unsure_told(place),
    )


def _report(found: Report, quote: Quote | None) -> Response:
    seen = marked(engine(), found.id, request.args)
    asked, shown = seen.asked, seen.shown
    here = quote.address if quote and quote.text else absolute(report_url(found.id, _NO_QUERY))
    source, kept = _cited(found, quote), original_of(found.id)
    return page(
        "report/page.html",
        box=box(replace(asked.unfiltered(), section=())),
        asked=asked,
        report=found,
        original=kept,
        images=PageImages(found.id) if kept.is_pdf else None,
        recognised=any(line.place.confidence is not None for line in found.lines()),
        view=text.report_view(found, seen.hits, quote.found if quote else None),
        seen=seen,
        shown=shown,
        state=state_pairs(asked, shown),
        steps=_steps(seen, quote),
        ticks=hit_map.ticks(found.lines(), numbered(seen.hits)),
        map_height=hit_map.TICKS,
        quote=quote,
        cited_line=text.line_at(found, quote.found.start) if quote else None,
        citations=citations(source),
        quotation=quotation(source) if source.passage else "",
        here=here,
        note=local_note(found, passage=bool(quote and quote.text)),
        collected=_collected(found, quote),
        others=others(engine(), found),
        alike=alike(engine(), found.id),
        back=None if asked == _NO_QUERY else way_back(found.id, asked, shown, seen.trail),
        unfound=report_url(found.id, asked, shown),
        in_sections=not seen.problem and looks_in_sections(asked),
    )


def _collected(found: Report, quote: Quote | None) -> Collected:
    """What of the report is collected."""
    text = found.text()
    held = held_of(found.id, text)
    by_link = {
        passage_url(report, start, end, links.checksum(text[start:end])): number
        for (report, start, end), number in held.items()
    }
    if not held or not quote or not quote.text:
        return Collected(by_link)
    start, end = quote.found.start, quote.found.end
    return Collected(
        by_link,
        held.get((found.id, *around(text, start, end)), 0),
        held.get((found.id, start, end), 0),
    )


def _steps(seen: Marked, quote: Quote | None) -> Steps | None:
    """From the hit that the address names, or from the first in the passage quoted."""
    if not seen.hits and seen.ends is None:
        return None
    numbers = numbered(seen.hits)
    at = number_in(request.args.get("hit", ""))
    if not at and quote and quote.text:
        start, end = quote.found.start, quote.found.end
        at = next((n for n, hit in numbers if start < hit.end and hit.start < end), 0)
    marks = [number for number, _ in numbers]
    return steps(request.path, seen.state, marks, len(seen.hits), at, seen.ends)


def _cited(found: Report, quote: Quote | None) -> Cited:
    """The sentence around the passage, where that still stands; else the report."""
    address = absolute(report_url(found.id, _NO_QUERY))
    if not quote or not quote.text:
        return cited(found, address, date.today(), note=local_note(found, passage=False))
    whole = found.text()
    start, end = around(whole, quote.found.start, quote.found.end)
    sentence = spans.Span(found, whole[start:end], start, end)
    return cited(
        found,
        address,
        date.today(),
        quoted=sentence.text,
        passage=absolute(sentence.link),
        note=local_note(found, passage=True),
        place=Places(found).of(start, end),
    )
