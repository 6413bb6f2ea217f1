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
from web.findings.held import NOTHING, Held
from web.printed import page_told, unsure_told
from web.results.headline import headline
from web.show import LABELS_IN, date, number
from web.shown import Shown
from web.texts import in_language
from web.urls import marked_passage_url, report_url


class PassageRow(NamedTuple):
    """A passage: the section it stands in, by a link to it, and its words.

    Of the headings above it `heading` is the outermost, "" where there are none, `subheadings` the
    others. `page` says where in its file it is printed, `repeats` how many paragraphs are the same,
    `unsure` that it was not surely recognised; "" where there is nothing to say. `finding` is the number of
    the finding that has it, 0 where none does.
    """

    href: str
    kind: str
    heading: str
    subheadings: tuple[str, ...]
    page: str
    fragments: tuple[Fragment, ...]
    repeats: str
    unsure: str
    finding: int


class ReportRow(NamedTuple):
    """A report, by its id; what is not known of it is "".

    `place`, `year` and `genre` are what it is called, where `composed`; else its `title` is. `hits`
    names the link to the first of its hits, `best` is its best passage, `more` has the others, which
    `further` counts.
    """

    id: str
    href: str
    composed: bool
    place: tuple[str, ...]
    year: str
    genre: str
    title: str
    issuer: str
    published: str
    hits: str
    best: tuple[PassageRow, ...]
    more: tuple[PassageRow, ...]
    further: str


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


def report_rows(
    found: Iterable[ReportHit], asked: SearchRequest, shown: Shown, held: Held = NOTHING
) -> tuple[ReportRow, ...]:
    """A row for each report, in the reader's language; `held`: which of their passages are collected."""
    words = _words(language.current())
    return tuple([_report_row(hit, asked, shown, words, held) for hit in found])


def _report_row(
    hit: ReportHit, asked: SearchRequest, shown: Shown, words: _Words, held: Held
) -> ReportRow:
    told, called = words.told, headline(hit)
    passages = tuple(
        [
            _passage_row(
                passage,
                marked_passage_url(hit.id, passage, asked, shown),
                words,
                held.get((hit.id, passage.start, passage.end), 0) if held else 0,
            )
            for passage in hit.passages
        ]
    )
    return ReportRow(
        id=hit.id,
        href=report_url(hit.id, asked, shown),
        composed=called.composed,
        place=called.place,
        year="" if hit.year is None else str(hit.year),
        genre=words.genres[hit.genre],
        title=called.title,
        issuer=called.issuer,
        published=told("published_on", date=date(hit.published)) if hit.published else "",
        hits=told("hits_of", count=number(hit.hits)) if hit.hits else "",
        best=passages[:1],
        more=passages[1:],
        further=told("further", count=len(passages) - 1) if passages[1:] else "",
    )


def _passage_row(passage: Passage, href: str, words: _Words, finding: int) -> PassageRow:
    headings = _headings(passage)
    return PassageRow(
        href,
        words.kinds[passage.section.kind],
        headings[0] if headings else "",
        headings[1:],
        page_told(passage.place),
        passage.fragments,
        words.told("repeats", count=number(passage.repeats)) if passage.repeats else "",
        unsure_told(passage.place),
        finding,
    )


def _headings(passage: Passage) -> tuple[str, ...]:
    """The headings above a passage, the outermost first, but for one that it begins with."""
    headings = passage.section.headings
    if not headings:
        return headings
    text = "".join([text for text, _ in passage.fragments])
    return headings[:-1] if text.startswith(headings[-1]) else headings
