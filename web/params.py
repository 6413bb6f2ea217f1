"""A query string becomes a SearchRequest: strict, and each error names its parameter."""

from __future__ import annotations

import re
from typing import Any

from werkzeug.datastructures import MultiDict

from indexer.errors import LimitError, RequestError
from indexer.messages import Message
from search.model import DEFAULTS, SearchRequest
from web.urls import Shown

Arguments = MultiDict[str, str]

MAX_VALUES = 100
"""Most values of one repeated parameter."""
DEFAULT_SUGGESTIONS = 8
MAX_SUGGESTIONS = 20
"""Suggestions in one answer."""
MAX_LOOKUP = 100
"""Longest text that issuers are looked up by, in code points; more is cut off."""

_INTEGER = re.compile(r"-?[0-9]{1,9}")
_BOOLEANS = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}


def read(args: Arguments) -> SearchRequest:
    """The request; empty values count as absent, unknown parameters are not looked at.

    Raises RequestError or LimitError; whether values fit is for `SearchRequest.validate`.
    """
    return SearchRequest(**{name: _value(args, name, DEFAULTS[name]) for name in DEFAULTS})


def read_suggest(args: Arguments) -> tuple[str, int]:
    """What was typed, and how many suggestions are wanted; RequestError or LimitError."""
    typed, limit = _one(args, "q") or "", _number(args, "limit", DEFAULT_SUGGESTIONS)
    SearchRequest(q=typed).validate()
    if not 1 <= limit <= MAX_SUGGESTIONS:
        what = Message("bad_number", name="limit", value=limit)
        hint = Message("whole_number_between", least=1, most=MAX_SUGGESTIONS)
        raise RequestError(what, parameter="limit", hint=hint)
    return typed, limit


def read_shown(args: Arguments) -> Shown:
    """What the reader opened or looked up beside the results; see `read` for errors."""
    return Shown(_many(args, "open"), (_one(args, "issuer_like") or "").strip()[:MAX_LOOKUP])


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
            return _one(args, name) or default


def _many(args: Arguments, name: str) -> tuple[str, ...]:
    """The values of a parameter that may repeat, each once."""
    values = tuple(dict.fromkeys(value for value in args.getlist(name) if value.strip()))
    if len(values) > MAX_VALUES:
        raise LimitError(
            Message("too_many_values", name=name, count=len(values), most=MAX_VALUES),
            hint=Message("too_many_values_hint"),
        )
    return values


def _one(args: Arguments, name: str) -> str | None:
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
    value = _one(args, name)
    return None if value is None else _integer(name, value)


def _number(args: Arguments, name: str, default: int) -> int:
    value = _optional_integer(args, name)
    return default if value is None else value


def _boolean(args: Arguments, name: str) -> bool:
    value = _one(args, name)
    if value is None:
        return False
    if value.lower() not in _BOOLEANS:
        raise RequestError(
            Message("bad_value", name=name, value=value[:20]),
            parameter=name,
            hint=Message("allowed_values", allowed=("1", "0")),
        )
    return _BOOLEANS[value.lower()]
