"""The line view: every hit in its line, the hits below one another, and the words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from flask import Blueprint, request
from werkzeug.wrappers import Response

from search.model import ConcordanceOrder, SearchRequest, Sort
from web.findings.held import findings_state, held_sentences
from web.http.tags import same_while
from web.pages import engine, page
from web.params import read, read_shown
from web.results import narrowing
from web.results.collocates import words_beside
from web.results.frame import frame
from web.shown import Shown
from web.urls import search_url

blueprint = Blueprint("concordance", __name__)

LINES = 50
"""Lines of a page where `size` is that of a result list by default."""
SORTS: tuple[tuple[Sort, str], ...] = (
    ("relevance", "order_relevance"),
    ("-year", "order_newest"),
    ("year", "order_oldest"),
    ("hits", "order_hits"),
    ("region", "order_region"),
    ("-changed", "order_changed"),
)
"""The orders of reports, hits as they are read, and the texts that name them."""
CONTEXTS: tuple[tuple[ConcordanceOrder, str], ...] = (
    ("left", "order_left"),
    ("right", "order_right"),
)
"""The orders by what stands beside a hit."""
EXPLAINED = {"left": "order_left_more", "right": "order_right_more"}


class Order(NamedTuple):
    """A way to put the lines in order; `text` is the key of its name."""

    text: str
    href: str
    current: bool


@blueprint.get("/concordance")
@same_while(findings_state)
def concordance() -> Response:
    """A page of hits; the parameters are those of the report view, `order` and `side`."""
    asked, shown = read(request.args), read_shown(request.args, "lines")
    size = LINES if asked.size == SearchRequest().size else asked.size
    found = engine().concordance(replace(asked, size=size), shown.order)
    result = engine().search(replace(asked, page=1, size=1, passages=0))

    def href(number: int) -> str:
        return search_url(replace(asked, page=number), shown)

    return page(
        "results/concordance.html",
        200,
        **frame(engine(), asked, result, shown),
        found=found,
        held=held_sentences(engine(), [(e.report, e.start, e.end) for e in found.lines]),
        first=(found.page - 1) * found.size + 1,
        orders=list(_orders(asked, shown)),
        explained=EXPLAINED.get(shown.order),
        beside=words_beside(engine(), asked, shown) if found.hits else None,
        pager=narrowing.pages(asked.page, -(-found.hits // found.size), href),
    )


def _orders(asked: SearchRequest, shown: Shown) -> Iterator[Order]:
    """All of them, each from the first page."""
    of_reports = replace(shown, order="report")
    for sort, text in SORTS:
        current = shown.order == "report" and asked.sort == sort
        yield Order(text, search_url(replace(asked, sort=sort, page=1), of_reports), current)
    for order, text in CONTEXTS:
        href = search_url(replace(asked, page=1), replace(shown, order=order))
        yield Order(text, href, shown.order == order)
