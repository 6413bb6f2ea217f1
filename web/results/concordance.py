"""The concordance page: every hit in its line, the hits below one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from flask import Blueprint, request
from werkzeug.wrappers import Response

from indexer.errors import RequestError
from indexer.messages import Message
from indexer.regions.table import table
from search.model import FACETS, ConcordanceOrder, SearchRequest
from web.http.tags import same_for_all
from web.pages import box, engine, page
from web.params import Arguments, read
from web.results import narrowing
from web.results.choosing import with_values
from web.show import genre_label, kind_label
from web.urls import concordance_url, search_url

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
    """A page of hits; the parameters are those of the result list, and `order`."""
    asked = read(request.args)
    order = _order(request.args)
    size = LINES if asked.size == SearchRequest().size else asked.size
    found = engine().concordance(replace(asked, size=size), order)

    def href(number: int) -> str:
        return concordance_url(asked, order, number)

    return page(
        "results/concordance.html",
        asked=asked,
        box=box(asked),
        found=found,
        first=(found.page - 1) * found.size + 1,
        filters=tuple(_filters(asked, order)),
        clear=concordance_url(narrowing.without_filters(asked), order),
        orders=[(name, text, concordance_url(asked, name)) for name, text in ORDERS],
        order=order,
        explained=EXPLAINED.get(order),
        pager=narrowing.pages(asked.page, -(-found.hits // found.size), href),
        back=search_url(replace(asked, page=1)),
    )


def _order(args: Arguments) -> ConcordanceOrder:
    """As in `params.read`; whether there is such an order is for the engine to say."""
    values = {value for value in args.getlist("order") if value.strip()}
    if len(values) > 1:
        raise RequestError(
            Message("one_value", name="order"), parameter="order", hint=Message("one_value_hint")
        )
    return cast(ConcordanceOrder, values.pop() if values else "report")


def _filters(asked: SearchRequest, order: ConcordanceOrder) -> Iterator[narrowing.Filter]:
    """The filters in force, each with the concordance without it."""

    def without(name: str, label: str, rest: SearchRequest) -> narrowing.Filter:
        return narrowing.Filter(name, label, rest, concordance_url(rest, order))

    for name in FACETS:
        values = tuple(map(str, getattr(asked, name)))
        for value in values:
            others = tuple(other for other in values if other != value)
            yield without(name, _label(name, value), with_values(asked, name, others))
    if asked.year_from is not None or asked.year_to is not None:
        rest = replace(asked, page=1, year_from=None, year_to=None)
        yield without("year_range", narrowing.range_label(asked), rest)


def _label(name: str, value: str) -> str:
    if name == "region":
        region = table().get(value)
        return region.name if region else value
    if name in ("section", "genre"):
        return kind_label(value) if name == "section" else genre_label(value)
    return value
