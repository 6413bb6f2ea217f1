"""What the fields of a ready report may hold: each function gives a sound value back.

All raise ValueError for any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from indexer.model import Place

_CODE = re.compile(r"[0-9]{6}|[0-9]{9}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONG = 1_000
_MOST_PAGES = 65_535
"""The last page that an index can name."""


def string(value: Any) -> str:
    if not isinstance(value, str) or any(map(_is_surrogate, value)):
        raise ValueError(value)
    return value


def line(value: Any) -> str:
    """A text on one line that is not empty; tabs part cells."""
    found = string(value)
    if not found.strip() or any(c != "\t" and unicodedata.category(c) == "Cc" for c in found):
        raise ValueError(value)
    return found


def text(value: Any) -> str:
    found = line(value)
    if len(found) > _LONG:
        raise ValueError(value)
    return found


def line_or_none(value: Any) -> str:
    return "" if value == "" else line(value)


def items(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(value)
    return value


def lines(value: Any) -> tuple[str, ...]:
    return tuple(map(line, items(value)))


def places(value: Any) -> tuple[Place, ...]:
    return tuple(map(place, items(value)))


def place(value: Any) -> Place:
    """{"pages": [first, last] or null, "confidence": percent or null}"""
    if not isinstance(value, dict):
        raise ValueError(value)
    pages, confidence = value.get("pages"), value.get("confidence")
    first, last = (0, 0) if pages is None else items(pages)
    if pages is not None:
        last = _number(last, _number(first, 1, _MOST_PAGES), first + 255)
    return Place(first, last, None if confidence is None else _number(confidence, 0, 100))


def values(value: Any) -> Mapping[str, Any]:
    """What fills the holes of a message: texts, numbers, messages, and lists of these."""
    if not isinstance(value, dict):
        raise ValueError(value)
    for name, each in value.items():
        string(name)
        for one in each if isinstance(each, list) else (each,):
            _value(one)
    return value


def _value(value: Any) -> None:
    if isinstance(value, dict):
        string(value.get("key"))
        values(value.get("values"))
    elif type(value) not in (int, float):
        string(value)


def one_of(known: tuple[str, ...]) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in known:
            raise ValueError(value)
        return str(value)

    return check


def year(value: Any) -> int:
    return _number(value, 1_000, 9_999)


def level(value: Any) -> int:
    return _number(value, 0, 255)


def _number(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(value)
    return value


def iso_date(value: Any) -> str:
    found = text(value)
    if not _DATE.fullmatch(found):
        raise ValueError(value)
    date.fromisoformat(found)
    return found


def region_code(value: Any) -> str:
    found = text(value)
    if not _CODE.fullmatch(found):
        raise ValueError(value)
    return found


def _is_surrogate(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"
