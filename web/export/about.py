"""What a file says of itself: what was asked, under which filters, what it counts; of which index it is,
when it was made and by what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib.metadata import version

from search.model import SearchRequest, SearchResult
from web.pages import engine
from web.public import absolute
from web.results import narrowing
from web.results.frame import understood
from web.shown import Shown
from web.texts import t
from web.urls import search_url

_OPTIONS = (
    ("words", "csv_words"),
    ("whole", "csv_whole"),
    ("literal", "csv_literal"),
    ("silent", "csv_silent"),
)


def about(
    result: SearchResult, asked: SearchRequest, shown: Shown, *counted: tuple[str, str]
) -> Iterator[tuple[str, str]]:
    """Names and values for the head of a file. `result` has the totals and the facets of the request,
    `counted` says what a row is and what else was counted."""
    yield t("csv_query"), asked.q or t("results_all")
    if said := understood(result):
        yield t("understood"), said
    for chosen in narrowing.filters(result, asked, shown):
        yield t(f"facet_{chosen.name}"), chosen.label
    options = [t(text) for name, text in _OPTIONS if getattr(asked, name)]
    if asked.scope == "section":
        options.append(t("facet_scope"))
    if options:
        yield t("csv_options"), t("csv_between").join(options)
    yield from counted
    yield t("csv_reports"), str(result.total.reports)
    yield t("csv_hits"), str(result.total.hits)
    yield from made(search_url(replace(asked, page=1), shown))


def made(path: str) -> Iterator[tuple[str, str]]:
    """When and by what a file was made, of which index, and where that is seen."""
    yield from made_of(engine().generation)
    yield t("csv_address"), absolute(path)


def made_of(generation: str) -> Iterator[tuple[str, str]]:
    """When and by what a file was made, of which generation of an index."""
    yield t("csv_made"), date.today().isoformat()
    yield t("csv_index"), generation
    yield t("csv_program"), f"Gongkai {version('gongkai')}"
