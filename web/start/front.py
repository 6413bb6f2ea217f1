"""The first page, where nothing is asked yet: a search box, examples, the corpus at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from flask import url_for
from werkzeug.wrappers import Response

from search.model import SearchRequest
from search.spread import Example
from web.pages import box, engine, overview, page
from web.results.facets import facet_group
from web.shown import NOTHING_SHOWN
from web.start.glance import glance
from web.urls import search_url

_NOTHING = SearchRequest()


class ExampleLink(NamedTuple):
    """A query to try; `about` is the key of the text that says what it shows."""

    query: str
    about: str
    reports: int
    href: str


def front() -> Response:
    """The page. What takes seconds on a server that has just begun is left out until it is there."""
    everything = engine().search(replace(_NOTHING, size=1, passages=0))
    known = overview()
    return page(
        "start/front.html",
        box=box(_NOTHING),
        total=everything.total,
        known=known,
        examples=list(_links(known.examples)) if known else [],
        glance=glance(engine(), everything) if known and everything.total.reports else None,
        genre=facet_group("genre", everything, _NOTHING, NOTHING_SHOWN),
        everything=search_url(replace(_NOTHING, sort="-year")),
        rejected=url_for("start.rejected"),
    )


def _links(examples: tuple[Example, ...]) -> Iterator[ExampleLink]:
    for example in examples:
        href = search_url(replace(_NOTHING, q=example.query))
        yield ExampleLink(example.query, f"example_{example.kind}", example.reports, href)
