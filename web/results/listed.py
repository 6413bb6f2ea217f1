"""The reports of a result page as HTML in one piece: facts, passages, hits marked.

A template would call and escape cell by cell, a thousand times a page. All text is escaped here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape

from markupsafe import Markup

from search.model import Passage, ReportHit, SearchRequest
from web import language
from web.show import LABELS_IN, date, number
from web.texts import in_language
from web.urls import marked_passage_url, report_url

_STEP = '<span class="step"> › </span>'


@dataclass(frozen=True, slots=True)
class _Words:
    """What items say in one language; the names of kinds, of titles too, are escaped."""

    told: Callable[..., str]
    genres: Mapping[str, str]
    kinds: Mapping[str, str]


@cache
def _words(chosen: language.Language) -> _Words:
    told = in_language(chosen)
    kinds = {kind: escape(label) for kind, label in LABELS_IN[chosen]["section"].items()}
    return _Words(told, LABELS_IN[chosen]["genre"], kinds | {"title": escape(told("title_line"))})


def items(found: Iterable[ReportHit], asked: SearchRequest) -> Markup:
    """Items of a list, one a report."""
    words = _words(language.current())
    return Markup("".join([_item(hit, asked, words) for hit in found]))


def _item(hit: ReportHit, asked: SearchRequest, words: _Words) -> str:
    href = escape(report_url(hit.id, asked))
    facts = "".join([f"<li>{fact}</li>\n" for fact in _facts(hit, words)])
    passages = "".join([_passage(shown, hit.id, asked, words) for shown in hit.passages])
    count = escape(words.told("all_hits", count=number(hit.hits)))
    every = f'<p class="all"><a href="{href}#hit-1">{count}</a></p>\n' if hit.hits else ""
    return (
        f'<li><article>\n<h2><a href="{href}"><bdi>{escape(hit.title)}</bdi></a></h2>\n'
        f'<ul class="facts">\n{facts}</ul>\n{passages}{every}</article></li>\n'
    )


def _facts(hit: ReportHit, words: _Words) -> Iterator[str]:
    """What is known of a report, its region first."""
    region = _STEP.join([f"<bdi>{escape(region.name)}</bdi>" for region in hit.region])
    yield region or escape(words.told("region_unknown"))
    known = hit.year is not None
    yield escape(words.told("year_of", year=hit.year) if known else words.told("year_unknown"))
    if hit.issuer:
        yield f"<bdi>{escape(hit.issuer)}</bdi>"
    if hit.published:
        yield escape(words.told("published_on", date=date(hit.published)))
    yield escape(words.genres[hit.genre])


def _passage(shown: Passage, report_id: str, asked: SearchRequest, words: _Words) -> str:
    """The section a passage stands in, as a link to it, and its words."""
    steps = _STEP.join([f" <bdi>{escape(step)}</bdi>" for step in _place(shown)])
    parts = [
        f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in shown.fragments
    ]
    return (
        f'<div class="passage">\n'
        f'<p class="place"><a href="{escape(marked_passage_url(report_id, shown, asked))}">'
        f'<span class="kind">{words.kinds[shown.section.kind]}</span>{steps}</a></p>\n'
        f'<p class="words">{"".join(parts)}</p>\n</div>\n'
    )


def _place(shown: Passage) -> tuple[str, ...]:
    """The headings above a passage, the outermost first, but for one that it begins with."""
    headings = shown.section.headings
    if not headings:
        return headings
    text = "".join([text for text, _ in shown.fragments])
    return headings[:-1] if text.startswith(headings[-1]) else headings
