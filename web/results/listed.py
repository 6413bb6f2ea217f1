"""The reports of a result page as rows for results/rows.html: facts, passages, fragments.

A page has some thousand cells of these. The template unpacks rows, field by field in their order, and
calls nothing for a cell: addresses and texts are made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from indexer.messages import Language
from search.model import Fragment, Passage, ReportHit, SearchRequest
from web import language
from web.show import LABELS_IN, date, number
from web.texts import in_language
from web.urls import marked_passage_url, report_url


class PassageRow(NamedTuple):
    """A passage: the section it stands in, by a link to it, and its words.

    Of the headings above it `heading` is the outermost, "" where there are none, `subheadings` the
    others.
    """

    href: str
    kind: str
    heading: str
    subheadings: tuple[str, ...]
    fragments: tuple[Fragment, ...]


class ReportRow(NamedTuple):
    """A report; what is not known of it is "", but for `year`, which then says so.

    Of its region `region` is the outermost part, `within` the others. `every_hit` names the link
    to the first of its hits.
    """

    href: str
    title: str
    region: str
    within: tuple[str, ...]
    year: str
    issuer: str
    published: str
    genre: str
    passages: tuple[PassageRow, ...]
    every_hit: str


@dataclass(frozen=True, slots=True)
class _Words:
    """What rows say in one language; `kinds` names titles too."""

    told: Callable[..., str]
    genres: Mapping[str, str]
    kinds: Mapping[str, str]


@cache
def _words(chosen: Language) -> _Words:
    told = in_language(chosen)
    labels = LABELS_IN[chosen]
    return _Words(told, labels["genre"], {**labels["section"], "title": told("title_line")})


def report_rows(found: Iterable[ReportHit], asked: SearchRequest) -> tuple[ReportRow, ...]:
    """A row for each report, in the reader's language."""
    words = _words(language.current())
    return tuple([_report_row(hit, asked, words) for hit in found])


def _report_row(hit: ReportHit, asked: SearchRequest, words: _Words) -> ReportRow:
    told = words.told
    return ReportRow(
        href=report_url(hit.id, asked),
        title=hit.title,
        region=hit.region[0].name if hit.region else "",
        within=tuple([region.name for region in hit.region[1:]]),
        year=told("year_unknown") if hit.year is None else told("year_of", year=hit.year),
        issuer=hit.issuer or "",
        published=told("published_on", date=date(hit.published)) if hit.published else "",
        genre=words.genres[hit.genre],
        passages=tuple([_passage_row(shown, hit.id, asked, words) for shown in hit.passages]),
        every_hit=told("all_hits", count=number(hit.hits)) if hit.hits else "",
    )


def _passage_row(shown: Passage, report_id: str, asked: SearchRequest, words: _Words) -> PassageRow:
    headings = _headings(shown)
    return PassageRow(
        marked_passage_url(report_id, shown, asked),
        words.kinds[shown.section.kind],
        headings[0] if headings else "",
        headings[1:],
        shown.fragments,
    )


def _headings(shown: Passage) -> tuple[str, ...]:
    """The headings above a passage, the outermost first, but for one that it begins with."""
    headings = shown.section.headings
    if not headings:
        return headings
    text = "".join([text for text, _ in shown.fragments])
    return headings[:-1] if text.startswith(headings[-1]) else headings
