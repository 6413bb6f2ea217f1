"""The API's parameters for its OpenAPI document: what `web.params` and `SearchRequest` take."""

from __future__ import annotations

from typing import get_args

from search.comparing.model import STATES
from search.model import (
    CHOICES,
    DEFAULTS,
    FACETS,
    MAX_PASSAGES,
    MAX_QUERY,
    MAX_SIZE,
    ConcordanceOrder,
    Scope,
    Sort,
)
from search.spread import MAX_COLLOCATES, Below, Side
from web.api.json_shape import Shape
from web.api.openapi_shapes import REPORT_ID, choice, string, typed
from web.export.formats import ADDRESSES, FORMATS
from web.params import (
    DEFAULT_COLLOCATES,
    DEFAULT_HITS,
    DEFAULT_SUGGESTIONS,
    MAX_COUNTED,
    MAX_HITS,
    MAX_SUGGESTIONS,
    MAX_VALUES,
)
from web.texts import TEXTS

EXAMPLE_QUERY = "“三务”公开"

_YEAR = typed("integer", minimum=0, maximum=9_999)


def _parameter(name: str, key: str, schema: Shape, *, example: object = None) -> Shape:
    """A parameter of the query string; its Chinese description stands under an own key."""
    chinese, english = TEXTS[key]
    found: Shape = {"name": name, "in": "query", "required": False}
    found |= {"description": english, "x-zh": chinese, "schema": schema}
    return found if example is None else {**found, "example": example}


def _repeated(name: str, key: str, items: Shape) -> Shape:
    """A parameter that may stand several times: values of it are alternatives."""
    schema = typed("array", items=items, maxItems=MAX_VALUES)
    return {**_parameter(name, key, schema), "style": "form", "explode": True}


def _filter(name: str) -> Shape:
    """The filter of a facet."""
    choices = CHOICES.get(name)
    values = _YEAR if name == "year" else choice(choices) if choices else string()
    return _repeated(name, f"api_{name}", values)


def _number(name: str, key: str, **bounds: int) -> Shape:
    return _parameter(name, key, {**typed("integer"), **bounds, "default": DEFAULTS[name]})


_SCOPE = _parameter("scope", "api_scope", {**choice(get_args(Scope)), "default": DEFAULTS["scope"]})
_OPTIONS = [
    _parameter(name, f"api_{name}", typed("boolean", default=False))
    for name, default in DEFAULTS.items()
    if default is False
]

_SINCE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$"
_SEARCH: list[Shape] = [
    _parameter("q", "api_q", string(maxLength=MAX_QUERY), example=EXAMPLE_QUERY),
    *map(_filter, FACETS),
    _parameter("year_from", "api_year_from", _YEAR),
    _parameter("year_to", "api_year_to", _YEAR),
    _parameter("since", "api_since", string(pattern=_SINCE), example="2000-01-01"),
    _SCOPE,
    *_OPTIONS,
    _parameter("sort", "api_sort", {**choice(get_args(Sort)), "default": DEFAULTS["sort"]}),
    _number("page", "api_page", minimum=1),
    {**_number("size", "api_size", minimum=1, maximum=MAX_SIZE), "example": 5},
    _number("passages", "api_passages", minimum=0, maximum=MAX_PASSAGES),
]
_BY_NAME = {str(parameter["name"]): parameter for parameter in _SEARCH}
SEARCH = [_BY_NAME[name] for name in DEFAULTS]
"""In the order of the request's parts."""
_ORDER = _parameter(
    "order", "api_order", {**choice(get_args(ConcordanceOrder)), "default": "report"}
)
CONCORDANCE = [
    *(_BY_NAME[name] for name in DEFAULTS if name not in ("size", "passages")),
    {**_number("size", "api_size_lines", minimum=1, maximum=MAX_SIZE), "example": 5},
    _ORDER,
]
_UNPAGED = [_BY_NAME[name] for name in DEFAULTS if name not in ("page", "size", "passages")]
PART = [
    *_UNPAGED,
    _ORDER,
    _parameter(
        "size",
        "api_size_part",
        typed("integer", minimum=1, maximum=MAX_HITS, default=DEFAULT_HITS),
        example=5,
    ),
    _parameter("cursor", "api_cursor", string(maxLength=80)),
]
TREND = [
    *(_BY_NAME[name] for name in DEFAULTS if name not in ("sort", "size", "passages")),
    {**_number("size", "api_size_firsts", minimum=1, maximum=MAX_SIZE), "example": 5},
    _number("passages", "api_passages_first", minimum=0, maximum=MAX_PASSAGES),
    _parameter("below", "api_below", {**choice(get_args(Below)), "default": "children"}),
]
COUNTS: list[Shape] = [
    {
        **_parameter(
            "q",
            "api_q_counted",
            typed("array", items=string(), minItems=1, maxItems=MAX_COUNTED),
            example=EXAMPLE_QUERY,
        ),
        "required": True,
        "style": "form",
        "explode": True,
    },
    *(_BY_NAME[name] for name in DEFAULTS if name not in ("q", "sort", "page", "size", "passages")),
    _parameter("below", "api_below", {**choice(get_args(Below)), "default": "children"}),
    _parameter("crossed", "api_crossed", typed("boolean", default=False)),
]
COLLOCATES = [
    *(_BY_NAME[name] for name in DEFAULTS if name not in ("sort", "page", "size", "passages")),
    _parameter("side", "api_side", {**choice(get_args(Side)), "default": "right"}),
    _parameter(
        "limit",
        "api_limit_words",
        typed("integer", minimum=1, maximum=MAX_COLLOCATES, default=DEFAULT_COLLOCATES),
        example=10,
    ),
]
EXPORT = [
    *_UNPAGED,
    _parameter("view", "api_view", {**choice(tuple(ADDRESSES)), "default": "hits"}, example="hits"),
    _parameter(
        "format", "api_format", {**choice(tuple(FORMATS)), "default": "csv"}, example="jsonl"
    ),
    _ORDER,
    next(parameter for parameter in TREND if parameter["name"] == "below"),
]
HITS: list[Shape] = [
    {
        **_parameter(
            "q", "api_q_here", string(minLength=1, maxLength=MAX_QUERY), example=EXAMPLE_QUERY
        ),
        "required": True,
    },
    _SCOPE,
    *(option for option in _OPTIONS if option["name"] != "silent"),
]
FINDINGS: list[Shape] = [_parameter("label", "api_label", string())]
PASSAGE: list[Shape] = [
    _parameter("start", "api_passage_start", typed("integer", minimum=0)),
    _parameter("end", "api_passage_end", typed("integer", minimum=1)),
]
LAZIEST = [_BY_NAME[name] for name in DEFAULTS if name not in ("sort", "passages")]
SUGGEST: list[Shape] = [
    _parameter("q", "api_typed", string(maxLength=MAX_QUERY), example="政府"),
    _parameter(
        "limit",
        "api_limit",
        typed("integer", minimum=1, maximum=MAX_SUGGESTIONS, default=DEFAULT_SUGGESTIONS),
    ),
]


_LINK = "/reports/[0-9a-f]{12}/[0-9]{1,9}-[0-9]{1,9}/[0-9a-f]{8}"


def report_parameter(example: str) -> Shape:
    """The id of a report in a path; `example` is the id of one that there is."""
    chinese, english = TEXTS["api_id"]
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": english,
        "x-zh": chinese,
        "schema": string(pattern=REPORT_ID),
        "example": example,
    }


def verify_parameters(report_id: str) -> list[Shape]:
    """Those of a verification; the example is of the report with that id."""
    link = _repeated("link", "api_verify_link", string(pattern=_LINK))
    return [
        {**link, "required": True, "example": f"/reports/{report_id}/0-4/00000000"},
        _repeated("quote", "api_verify_quote", string()),
    ]


def compare_parameters(report_id: str, other_id: str) -> list[Shape]:
    """Those of a comparison; the ids are examples."""
    return [
        {**_parameter(name, key, string(pattern=REPORT_ID), example=example), "required": True}
        for name, key, example in (
            ("a", "api_compare_a", report_id),
            ("b", "api_compare_b", other_id),
        )
    ] + [_parameter("state", "api_compare_state", choice(STATES))]
