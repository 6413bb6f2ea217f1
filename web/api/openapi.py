"""The OpenAPI 3.1 document of the API. Chinese stands beside the English under `x-zh` keys."""

from __future__ import annotations

from dataclasses import dataclass

from web.api import openapi_parameters as parameters
from web.api.json_shape import Shape
from web.api.openapi_schemas import SCHEMAS
from web.api.openapi_shapes import ref, string
from web.export.formats import FORMATS
from web.texts import TEXTS

VERSION = "1.0"
"""Of the interface: its first number changes when something is taken away."""
JSON = "application/json"
NO_REPORT = "0" * 12
"""The example of a report where the index holds none."""
BROWSER = "application/x-suggestions+json"
STATUSES = {
    304: "api_status_304",
    301: "api_status_301",
    400: "api_status_400",
    401: "api_status_401",
    404: "api_status_404",
    405: "api_status_405",
    409: "api_status_409",
    413: "api_status_413",
    429: "api_status_429",
    500: "api_status_500",
    503: "api_status_503",
    504: "api_status_504",
}
"""Statuses beside 200, and the text that says what each means."""

_ALWAYS = (304, 401, 405, 429, 500, 503, 504)
_HEADERS = {
    "ETag": {"schema": string("Changes with the index.")},
    "Cache-Control": {"schema": string()},
}


@dataclass(frozen=True, slots=True)
class Route:
    """A path of the API: what it is called, takes and gives; `errors` beside those of all paths."""

    name: str
    path: str
    key: str
    answer: str
    takes: list[Shape]
    errors: tuple[int, ...] = ()
    media: tuple[str, ...] = (JSON,)


def document(report_id: str, other_id: str = NO_REPORT) -> Shape:
    """The document; `report_id` is the example of a report, `other_id` of one to compare it with."""
    chinese, english = TEXTS["api_about"]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "公开 · Gongkai",
            "version": VERSION,
            "description": english,
            "x-zh": chinese,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": {route.path: {"get": _operation(route)} for route in _routes(report_id, other_id)},
        "components": {"schemas": SCHEMAS},
    }


def _routes(report_id: str, other_id: str) -> tuple[Route, ...]:
    report = parameters.report_parameter(report_id)
    wrong, unknown = (400, 413), (301, 404)
    return (
        Route("search", "/api/search", "api_search", "SearchAnswer", parameters.SEARCH, wrong),
        Route("counts", "/api/counts", "api_counts", "Counts", parameters.COUNTS, wrong),
        Route("trend", "/api/trend", "api_trend", "Trend", parameters.TREND, wrong),
        Route(
            "concordance",
            "/api/concordance",
            "api_concordance",
            "Concordance",
            parameters.CONCORDANCE,
            wrong,
        ),
        Route(
            "collocates",
            "/api/collocates",
            "api_collocates",
            "Collocates",
            parameters.COLLOCATES,
            wrong,
        ),
        Route("allHits", "/api/hits", "api_all_hits", "HitsPart", parameters.PART, (*wrong, 409)),
        Route(
            "export",
            "/api/export",
            "api_export",
            "File",
            parameters.EXPORT,
            wrong,
            tuple(form.media.partition(";")[0] for form in FORMATS.values()),
        ),
        Route("report", "/api/reports/{id}", "api_report", "Report", [report], unknown),
        Route(
            "hits",
            "/api/reports/{id}/hits",
            "api_hits",
            "Hits",
            [report, *parameters.HITS],
            (*wrong, *unknown),
        ),
        Route("similar", "/api/reports/{id}/similar", "api_similar", "Similar", [report], unknown),
        Route(
            "echoes",
            "/api/reports/{id}/echoes",
            "api_echoes",
            "Echoes",
            [report, *parameters.PASSAGE],
            (400, *unknown),
        ),
        Route("laziest", "/api/echoes", "api_laziest", "Laziest", parameters.LAZIEST, wrong),
        Route("suggest", "/api/suggest", "api_suggest", "Suggestions", parameters.SUGGEST, wrong),
        Route(
            "suggestForBrowser",
            "/api/suggest/opensearch",
            "api_suggest_browser",
            "BrowserSuggestions",
            parameters.SUGGEST,
            wrong,
            (BROWSER,),
        ),
        Route("saved", "/api/saved", "api_saved", "SavedSearches", []),
        Route("regions", "/api/regions", "api_regions", "Regions", []),
        Route("findings", "/api/findings", "api_findings", "Findings", parameters.FINDINGS),
        Route(
            "verify",
            "/api/verify",
            "api_verify",
            "Verdicts",
            parameters.verify_parameters(report_id),
            wrong,
        ),
        Route(
            "compare",
            "/api/compare",
            "api_compare",
            "Comparison",
            parameters.compare_parameters(report_id, other_id),
            (*wrong, *unknown),
        ),
    )


def _operation(route: Route) -> Shape:
    chinese, english = TEXTS[route.key]
    content = {media: {"schema": ref(route.answer)} for media in route.media}
    found = {"description": SCHEMAS[route.answer]["description"], "headers": _HEADERS}
    statuses = sorted({*_ALWAYS, *route.errors})
    return {
        "operationId": route.name,
        "summary": chinese,
        "description": english,
        "parameters": route.takes,
        "responses": {
            "200": {**found, "content": content},
            **{str(status): _status(status) for status in statuses},
        },
    }


def _status(status: int) -> Shape:
    chinese, english = TEXTS[STATUSES[status]]
    described: Shape = {"description": english, "x-zh": chinese}
    if status == 301:
        described["headers"] = {"Location": {"schema": string()}}
    if status >= 400:
        described["content"] = {JSON: {"schema": ref("Error")}}
    return described
