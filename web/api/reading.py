"""The API explained: its OpenAPI document, and the same as a page."""

from __future__ import annotations

from flask import Blueprint, Response

from search.model import SearchRequest
from web import public
from web.api import openapi, openapi_page
from web.api.openapi_parameters import EXAMPLE_QUERY
from web.http.tags import same_for_all
from web.pages import box, engine, json_answer, page

blueprint = Blueprint("api_reading", __name__)

ELSEWHERE = (
    ("api_python", 'from gongkai import open_index\n\nopen_index().hits("三务公开").to_pandas()'),
    ("api_tools", "gongkai mcp"),
    ("api_cors", "gongkai serve --cors ORIGIN"),
    ("api_pack", "gongkai pack --output reports.gongkai\ngongkai serve reports.gongkai"),
)
"""What else there is for programs and colleagues: the text of a key, and what to type."""


@blueprint.get("/api/openapi.json")
@same_for_all
def document() -> Response:
    """The OpenAPI document; its examples work on this index."""
    return json_answer(openapi.document(*_examples()))


@blueprint.get("/api/")
@same_for_all
def explained() -> Response:
    """The document as a page."""
    return page(
        "api/page.html",
        box=box(SearchRequest()),
        endpoints=openapi_page.endpoints(openapi.document(*_examples()), public.root()),
        elsewhere=ELSEWHERE,
        statuses=[(status, key) for status, key in openapi.STATUSES.items() if status >= 400],
    )


def _examples() -> tuple[str, str]:
    """The ids of two reports, one with hits of the example query first where there is one."""
    asked = [SearchRequest(q=q, size=2, passages=0) for q in (EXAMPLE_QUERY, "")]
    found = dict.fromkeys(hit.id for each in asked for hit in engine().search(each).reports)
    first, second, *_ = *found, openapi.NO_REPORT, openapi.NO_REPORT
    return first, second
