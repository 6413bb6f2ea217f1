"""Addresses of a span of a report, without its check: they lead to what stands there now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.errors import GongkaiError
from indexer.messages import Message
from indexer.model import Report
from search.links import checksum
from search.model import SearchRequest
from search.query.phrase import printed_phrase
from web.http.tags import same_for_all
from web.pages import engine, error_page, json_answer
from web.printed import Places
from web.public import absolute
from web.report.citations import cited, quotation
from web.report.local_note import local_note, to_copy
from web.urls import passage_url, report_url, search_url, with_query_string

blueprint = Blueprint("spans", __name__)

_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_SEPARATORS = "\n\t"  # between lines and cells; a selection that begins at a line's end has one


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a report: `start` and `end` in code points of its text, end exclusive."""

    report: Report
    text: str
    start: int
    end: int

    @property
    def link(self) -> str:
        """The passage link of what stands there."""
        return passage_url(self.report.id, self.start, self.end, checksum(self.text))


@blueprint.get("/reports/<report_id>/<span>")
def unchecked(report_id: str, span: str) -> AnyResponse:
    """On to the passage link, with its check, of the characters that stand there."""
    found = _span(report_id, span)
    if found is None:
        return _no_span()
    return redirect(with_query_string(found.link, request.query_string), code=303)


@blueprint.get("/reports/<report_id>/<span>/elsewhere")
def elsewhere(report_id: str, span: str) -> AnyResponse:
    """On to a search for the words that stand there, as one phrase."""
    found = _span(report_id, span)
    if found is None or not printed_phrase(found.text):
        return _no_span()
    return redirect(elsewhere_url(found.text), code=303)


@blueprint.get("/reports/<report_id>/<span>/quote")
@same_for_all
def quote(report_id: str, span: str) -> Response:
    """The passage link, and for a script to copy: it with what belongs to it, and a quotation with its
    source. JSON."""
    found = _span(report_id, span)
    if found is None:
        return _no_span()
    link, note = absolute(found.link), local_note(found.report, passage=True)
    address = absolute(report_url(found.report.id, SearchRequest()))
    source = cited(
        found.report,
        address,
        date.today(),
        quoted=found.text,
        passage=link,
        note=note,
        place=Places(found.report).of(found.start, found.end),
    )
    copied = to_copy(link, source.quoted, note)
    return json_answer({"url": link, "link": copied, "quotation": quotation(source)})


def elsewhere_url(text: str) -> str:
    """A search for the first line of a passage as a phrase, or the beginning of it."""
    return search_url(SearchRequest(q=f'"{printed_phrase(text)}"'))


def _span(report_id: str, span: str) -> Span | None:
    """None for what is no span of the report, UnknownReportError for no report."""
    report = engine().report(report_id)
    offsets = _SPAN.fullmatch(span)
    if not offsets:
        return None
    start, end = int(offsets[1]), int(offsets[2])
    text = report.text()
    if not start < end <= len(text):
        return None
    words = text[start:end].strip(_SEPARATORS)
    start += len(text[start:end]) - len(text[start:end].lstrip(_SEPARATORS))
    return Span(report, words, start, start + len(words)) if words else None


def _no_span() -> Response:
    return error_page(GongkaiError(Message("no_such_span"), hint=Message("no_such_span_hint")), 404)
