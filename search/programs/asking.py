"""What a program asks, as a SearchRequest: keyword arguments are named as its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from indexer.errors import RequestError
from indexer.messages import Message
from search.model import DEFAULTS, SearchRequest

_PAGED = ("page", "size")
_SHOWN = 40  # code points of a value that is wrong
_WANTED = {
    str: Message("argument_is_text"),
    int: Message("argument_is_number"),
    bool: Message("argument_is_switch"),
}


def request_of(q: str | SearchRequest, asked: Mapping[str, Any]) -> SearchRequest:
    """The request; one value of a filter may stand without a list around it.

    RequestError names an argument that is none, or of another type; whether values fit is for the engine
    to say.
    """
    for name in asked:
        if name not in DEFAULTS or name == "q":
            raise _unknown(name)
    if not isinstance(q, str | SearchRequest):
        raise _wrong("q", q, str)
    given = {name: _value(name, value) for name, value in asked.items()}
    return replace(SearchRequest(q) if isinstance(q, str) else q, **given)


def is_paged(asked: Mapping[str, Any]) -> bool:
    """Whether a page of the answer is asked for, not all of it."""
    return any(name in asked for name in _PAGED)


def _value(name: str, value: Any) -> Any:
    """The value as the field holds it; its type is that of the field's default."""
    default = DEFAULTS[name]
    if isinstance(default, tuple):
        return _items(name, value, int if name == "year" else str)
    kind = int if default is None else type(default)
    if not _is(value, kind) and value != default:
        raise _wrong(name, value, kind)
    return value


def _items(name: str, value: Any, kind: type) -> tuple[Any, ...]:
    many = value if isinstance(value, tuple | list | set | range) else (value,)
    for item in many:
        if not _is(item, kind):
            raise _wrong(name, item, kind)
    return tuple(many)


def _is(value: object, kind: type) -> bool:
    """True and False are no numbers here."""
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _unknown(name: str) -> RequestError:
    known = [field for field in DEFAULTS if field != "q"]
    near = get_close_matches(name, known, 1, 0.0)[0]
    hint = Message("nearest_argument", near=near, allowed=tuple(known))
    return RequestError(Message("no_such_argument", name=name), parameter=name, hint=hint)


def _wrong(name: str, value: object, kind: type) -> RequestError:
    shown = Message("bad_value", name=name, value=repr(value)[:_SHOWN])
    return RequestError(shown, parameter=name, hint=_WANTED[kind])
