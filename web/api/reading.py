"""The API explained: its OpenAPI document, and the same as a page."""

from __future__ import annotations

from flask import Blueprint, Response

from search.model import SearchRequest
from web import public
from web.api import openapi, openapi_page
from web.api.openapi_parameters import EXAMPLE_QUERY
from web.http.tags import same_for_all
from web.pages import box, engine, json_answer, page

NO_REPORT = "0" * 12
"""The example of a report where the index holds none."""

blueprint = Blueprint("api_reading", __name__)


@blueprint.get("/api/openapi.json")
@same_for_all
def document() -> Response:
    """The OpenAPI document; its examples work on this index."""
    return json_answer(openapi.document(_example()))


@blueprint.get("/api/")
@same_for_all
def explained() -> Response:
    """The document as a page."""
    return page(
        "api/page.html",
        box=box(SearchRequest()),
        endpoints=openapi_page.endpoints(openapi.document(_example()), public.root()),
        statuses=[(status, key) for status, key in openapi.STATUSES.items() if status >= 400],
    )


def _example() -> str:
    """The id of a report, one with hits of the example query where there is one."""
    for q in (EXAMPLE_QUERY, ""):
        for found in engine().search(SearchRequest(q=q, size=1, passages=0)).reports:
            return found.id
    return NO_REPORT
