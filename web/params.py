"""A query string becomes a SearchRequest: strict, and each error names its parameter."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any, cast, get_args

from werkzeug.datastructures import MultiDict

from indexer.errors import LimitError, RequestError
from indexer.messages import Message
from search.model import DEFAULTS, ConcordanceOrder, SearchRequest, check_allowed, check_number
from search.spread import Below, Side
from web.apart import apart
from web.export.formats import ADDRESSES, FORMATS
from web.shown import NOTHING_SHOWN, PATHS, Measure, Shown, View

Arguments = MultiDict[str, str]

MAX_VALUES = 100
"""Most values of one repeated parameter."""
DEFAULT_SUGGESTIONS = 8
MAX_SUGGESTIONS = 20
"""Suggestions in one answer."""
DEFAULT_HITS = 100
MAX_HITS = 1_000
"""Hits in one part of all of them."""
DEFAULT_COLLOCATES = 50
"""Words beside hits in one answer."""
MAX_LOOKUP = 100
"""Longest text that issuers are looked up by, in code points; more is cut off."""

MAX_ALSO = 19
"""Most queries to compare with: with the first one they are twenty."""
MAX_ALSO_LENGTH = 1_000
"""Most code points of them together: each link of a page carries them."""

MAX_COUNTED = 1_000
"""Most queries that are counted in one answer."""

_SHOWN = {field.name: field.default for field in fields(Shown) if field.name != "view"}
_CHOICES = {
    "measure": get_args(Measure),
    "below": get_args(Below),
    "order": get_args(ConcordanceOrder),
    "side": get_args(Side),
}
_INTEGER = re.compile(r"-?[0-9]{1,9}")
_BOOLEANS = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}


def read(args: Arguments) -> SearchRequest:
    """The request; empty values count as absent, unknown parameters are not looked at.

    Raises RequestError or LimitError; whether values fit is for `SearchRequest.validate`.
    """
    return SearchRequest(**{name: _value(args, name, DEFAULTS[name]) for name in DEFAULTS})


def read_suggest(args: Arguments) -> tuple[str, int]:
    """What was typed, and how many suggestions are wanted; RequestError or LimitError."""
    typed, limit = one(args, "q") or "", _number(args, "limit", DEFAULT_SUGGESTIONS)
    SearchRequest(q=typed).validate()
    check_number("limit", limit, 1, MAX_SUGGESTIONS)
    return typed, limit


def read_counts(args: Arguments) -> tuple[tuple[str, ...], SearchRequest, Below, bool]:
    """The queries to count, each as often as it is there; how all of them are asked; which regions are told,
    and whether the years of each."""
    queries = tuple(q for q in args.getlist("q") if q.strip())
    if not queries:
        raise RequestError(
            Message("no_queries"),
            parameter="q",
            hint=Message("no_queries_hint", example="q=三务公开&q=村务公开"),
        )
    if len(queries) > MAX_COUNTED:
        raise LimitError(
            Message("too_many_queries", count=len(queries), most=MAX_COUNTED),
            hint=Message("too_many_queries_hint"),
        )
    rest = MultiDict((name, value) for name, value in args.items(multi=True) if name != "q")
    below = read_shown(rest).below
    return queries, read(rest), below, _boolean(rest, "crossed")


def read_part(args: Arguments) -> tuple[int, str | None]:
    """How many hits are wanted, and the cursor of the first, None for the beginning; RequestError."""
    size = _number(args, "size", DEFAULT_HITS)
    check_number("size", size, 1, MAX_HITS)
    return size, one(args, "cursor")


def read_export(args: Arguments) -> tuple[str, str]:
    """Which table is wanted, in which form; RequestError where there is none such."""
    view, form = one(args, "view") or "hits", one(args, "format") or "csv"
    check_allowed("view", view, tuple(ADDRESSES))
    check_allowed("format", form, tuple(FORMATS))
    return view, form


def read_words_wanted(args: Arguments) -> int:
    """How many words beside hits are wanted; whether so many may be is for the engine to say."""
    return _number(args, "limit", DEFAULT_COLLOCATES)


def read_shown(args: Arguments, view: View = NOTHING_SHOWN.view) -> Shown:
    """How the page shows the results; see `read` for errors. What was typed into the form of the
    trend (`add`) joins the queries to compare with."""
    shown = Shown(**{name: _value(args, name, default) for name, default in _SHOWN.items()})
    for name, choices in _CHOICES.items():
        check_allowed(name, getattr(shown, name), choices)
    like = shown.issuer_like.strip()[:MAX_LOOKUP]
    return replace(shown, view=view, issuer_like=like, also=_also(args, shown.also))


def read_view(args: Arguments) -> Shown:
    """The same on a report's page, where the view that led to it is a parameter, too."""
    view = one(args, "view") or NOTHING_SHOWN.view
    check_allowed("view", view, tuple(PATHS))
    return read_shown(args, cast(View, view))


def read_span(args: Arguments) -> tuple[int, int] | None:
    """A passage, [start, end) in code points of a report's text; None where none is asked about. RequestError
    where only one of both is given, or nothing lies between them."""
    start, end = _optional_integer(args, "start"), _optional_integer(args, "end")
    if start is None and end is None:
        return None
    if start is None or end is None or not 0 <= start < end:
        raise RequestError(Message("bad_span"), parameter="start", hint=Message("bad_span_hint"))
    return start, end


def _also(args: Arguments, kept: tuple[str, ...]) -> tuple[str, ...]:
    """The queries to compare with, each once: a line of a value is one, and each phrase added."""
    lines = (line.strip() for value in kept for line in value.splitlines())
    added = (phrase for value in _many(args, "add") for phrase in apart(value))
    found = tuple(dict.fromkeys(q for q in (*lines, *added) if q))
    _check_count("also", found, MAX_ALSO)
    if sum(map(len, found)) > MAX_ALSO_LENGTH:
        raise LimitError(
            Message("also_too_long", count=sum(map(len, found)), most=MAX_ALSO_LENGTH),
            hint=Message("query_too_long_hint"),
        )
    return found


def _value(args: Arguments, name: str, default: Any) -> Any:
    """The value of a parameter, of the kind that its default has."""
    match default:
        case tuple():
            values = _many(args, name)
            return tuple(_integer(name, value) for value in values) if name == "year" else values
        case None:
            return _optional_integer(args, name)
        case bool():
            return _boolean(args, name)
        case int():
            return _number(args, name, default)
        case _:
            return one(args, name) or default


def _many(args: Arguments, name: str) -> tuple[str, ...]:
    """The values of a parameter that may repeat, each once."""
    values = tuple(dict.fromkeys(value for value in args.getlist(name) if value.strip()))
    _check_count(name, values, MAX_VALUES)
    return values


def _check_count(name: str, values: tuple[str, ...], most: int) -> None:
    if len(values) > most:
        raise LimitError(
            Message("too_many_values", name=name, count=len(values), most=most),
            hint=Message("too_many_values_hint"),
        )


def one(args: Arguments, name: str) -> str | None:
    """The value of a parameter that may not repeat, None where it is absent or empty. RequestError where
    it has several values."""
    values = _many(args, name)
    if len(values) > 1:
        raise RequestError(
            Message("one_value", name=name), parameter=name, hint=Message("one_value_hint")
        )
    return values[0] if values else None


def _integer(name: str, value: str) -> int:
    if not _INTEGER.fullmatch(value.strip()):
        shown = value if len(value) <= 20 else value[:20] + "…"
        raise RequestError(
            Message("bad_value", name=name, value=shown),
            parameter=name,
            hint=Message("whole_number"),
        )
    return int(value)


def _optional_integer(args: Arguments, name: str) -> int | None:
    value = one(args, name)
    return None if value is None else _integer(name, value)


def _number(args: Arguments, name: str, default: int) -> int:
    value = _optional_integer(args, name)
    return default if value is None else value


def _boolean(args: Arguments, name: str) -> bool:
    value = one(args, name)
    if value is None:
        return False
    if value.lower() not in _BOOLEANS:
        raise RequestError(
            Message("bad_value", name=name, value=value[:20]),
            parameter=name,
            hint=Message("allowed_values", allowed=("1", "0")),
        )
    return _BOOLEANS[value.lower()]
