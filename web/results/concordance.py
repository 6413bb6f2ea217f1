"""The line view: every hit in its line, the hits below one another."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from search.model import ConcordanceOrder, SearchRequest
from web.http.tags import same_for_all
from web.pages import engine, page
from web.params import read, read_shown
from web.results import narrowing
from web.results.frame import frame
from web.urls import search_url

blueprint = Blueprint("concordance", __name__)

LINES = 50
"""Lines of a page where `size` is that of a result list by default."""
ORDERS: tuple[tuple[ConcordanceOrder, str], ...] = (
    ("report", "order_report"),
    ("left", "order_left"),
    ("right", "order_right"),
)
"""The orders, and the texts that name them."""
EXPLAINED = {"left": "order_left_more", "right": "order_right_more"}


@blueprint.get("/concordance")
@same_for_all
def concordance() -> Response:
    """A page of hits; the parameters are those of the report view, and `order`."""
    asked, shown = read(request.args), read_shown(request.args, "lines")
    size = LINES if asked.size == SearchRequest().size else asked.size
    found = engine().concordance(replace(asked, size=size), shown.order)
    result = engine().search(replace(asked, page=1, size=1, passages=0))
    first = replace(asked, page=1)

    def href(number: int) -> str:
        return search_url(replace(asked, page=number), shown)

    return page(
        "results/concordance.html",
        200,
        **frame(engine(), asked, result, shown),
        found=found,
        first=(found.page - 1) * found.size + 1,
        orders=[
            (order, text, search_url(first, replace(shown, order=order))) for order, text in ORDERS
        ],
        explained=EXPLAINED.get(shown.order),
        pager=narrowing.pages(asked.page, -(-found.hits // found.size), href),
    )
