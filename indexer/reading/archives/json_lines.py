"""Ready reports, one a line, in the shape of `gongkai inspect --json`: checked field by field."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import IO, Any, NamedTuple, TypeVar, cast, get_args

from indexer.errors import UnreadableError
from indexer.messages import Message, from_json
from indexer.model import (
    GENRES,
    KINDS,
    NO_PLACE,
    Dropped,
    Genre,
    Level,
    Line,
    Place,
    Region,
    Report,
    Section,
)
from indexer.reading.archives.limits import MEMBER

_Value = TypeVar("_Value")
_CODE = re.compile(r"[0-9]{6}|[0-9]{9}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LEVELS = get_args(Level)
_LONG = 1_000
MOST_PAGES = 65_535
"""The last page that an index can name."""


class WrittenLine(NamedTuple):
    """A line that is not empty: its number from 1, and its bytes; none where it is too long."""

    number: int
    data: bytes | None


def written_lines(opened: IO[bytes]) -> Iterator[WrittenLine]:
    """The lines of a file."""
    number = 0
    while line := opened.readline(MEMBER + 1):
        number += 1
        too_long = len(line) > MEMBER
        if too_long:
            while line and not line.endswith(b"\n"):
                line = opened.readline(1 << 20)
        if too_long or line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield WrittenLine(number, None if too_long else line)


def ready_report(data: bytes) -> tuple[str, Report]:
    """The source that a line states, "" for none, and its report, of that source.

    UnreadableError, which says what of it is wrong.
    """
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(Message("line_no_json", error=str(error)[:200])) from None
    fields = _Fields(value, "")
    source = fields.get("source", _line_or_none) or ""
    title = fields.need("title", _line)
    sections, end = [], len(title) + 1
    for item in fields.objects("sections"):
        section, end = _section(item, end)
        sections.append(section)
    if not sections:
        raise _wrong("sections")
    return source, Report(
        source=source,
        title=title,
        genre=cast(Genre, fields.get("genre", _one_of(GENRES)) or "other"),
        year=fields.get("year", _year),
        published=fields.get("published", _date),
        issuer=fields.get("issuer", _text),
        number=fields.get("number", _text),
        url=fields.get("url", _text),
        region=tuple(map(_region, fields.objects("region"))),
        sections=tuple(sections),
        dropped=tuple(map(_dropped, fields.objects("dropped"))),
        warnings=tuple(map(_message, fields.objects("warnings"))),
    )


class _Fields:
    """The fields of an object, and where in the line it stands."""

    def __init__(self, value: object, place: str) -> None:
        if not isinstance(value, dict):
            raise _wrong(place.rstrip(".") or "{}")
        self.value: Mapping[str, Any] = value
        self._place = place

    def need(self, name: str, check: Callable[[Any], _Value]) -> _Value:
        """A field that has to be there. UnreadableError where it is not, or not as it should be."""
        try:
            return check(self.value[name])
        except (KeyError, ValueError, RecursionError):
            raise _wrong(self._place + name) from None

    def get(self, name: str, check: Callable[[Any], _Value]) -> _Value | None:
        """A field that may be missing or null."""
        return None if self.value.get(name) is None else self.need(name, check)

    def objects(self, name: str) -> Iterator[_Fields]:
        """The objects of a list that may be missing."""
        for number, item in enumerate(self.get(name, _list) or ()):
            yield _Fields(item, f"{self._place}{name}[{number}].")

    def placed(self, lines: str, places: str) -> Iterator[tuple[str, Place]]:
        """Lines, and where each is printed."""
        texts = self.get(lines, _lines) or ()
        stated = self.get(places, _places)
        if stated is not None and len(stated) != len(texts):
            raise _wrong(self._place + places)
        return zip(texts, stated or [NO_PLACE] * len(texts), strict=True)


def _wrong(place: str) -> UnreadableError:
    return UnreadableError(Message("line_wrong", field=place))


def _section(fields: _Fields, start: int) -> tuple[Section, int]:
    """A section that starts at this offset of the report's text, and where the next one does."""
    heading = fields.get("heading", _line_or_none) or ""
    head = (
        Line(heading, start, fields.get("heading_place", _place) or NO_PLACE) if heading else None
    )
    start += len(heading) + 1 if heading else 0
    lines: list[Line] = []
    for text, place in fields.placed("lines", "line_places"):
        lines.append(Line(text, start, place))
        start += len(text) + 1
    kind = fields.get("kind", _one_of(KINDS)) or "other"
    level, path = fields.get("level", _level), fields.get("path", _lines) or ()
    return Section(kind, head, 1 if level is None else level, path, tuple(lines)), start


def _region(fields: _Fields) -> Region:
    level = fields.need("level", _one_of(_LEVELS))
    return Region(fields.need("code", _code), fields.need("name", _text), cast(Level, level))


def _dropped(fields: _Fields) -> Dropped:
    return Dropped(fields.need("text", _string), _message(fields))


def _message(fields: _Fields) -> Message:
    values = fields.get("values", _values) or {}
    return from_json({"key": fields.need("key", _text), "values": values})


def _string(value: Any) -> str:
    if not isinstance(value, str) or any(map(_is_surrogate, value)):
        raise ValueError(value)
    return value


def _line(value: Any) -> str:
    """A text on one line that is not empty; tabs part cells."""
    text = _string(value)
    if not text.strip() or any(c != "\t" and unicodedata.category(c) == "Cc" for c in text):
        raise ValueError(value)
    return text


def _text(value: Any) -> str:
    text = _line(value)
    if len(text) > _LONG:
        raise ValueError(value)
    return text


def _line_or_none(value: Any) -> str:
    return "" if value == "" else _line(value)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(value)
    return value


def _lines(value: Any) -> tuple[str, ...]:
    return tuple(map(_line, _list(value)))


def _places(value: Any) -> tuple[Place, ...]:
    return tuple(map(_place, _list(value)))


def _place(value: Any) -> Place:
    """{"pages": [first, last] or null, "confidence": percent or null}"""
    if not isinstance(value, dict):
        raise ValueError(value)
    pages, confidence = value.get("pages"), value.get("confidence")
    first, last = (0, 0) if pages is None else _list(pages)
    if pages is not None:
        last = _number(last, _number(first, 1, MOST_PAGES), first + 255)
    return Place(first, last, None if confidence is None else _number(confidence, 0, 100))


def _values(value: Any) -> Mapping[str, Any]:
    """What fills the holes of a message: texts, numbers, messages, and lists of these."""
    if not isinstance(value, dict):
        raise ValueError(value)
    for name, each in value.items():
        _string(name)
        for one in each if isinstance(each, list) else (each,):
            _value(one)
    return value


def _value(value: Any) -> None:
    if isinstance(value, dict):
        _string(value.get("key"))
        _values(value.get("values"))
    elif type(value) not in (int, float):
        _string(value)


def _one_of(known: tuple[str, ...]) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in known:
            raise ValueError(value)
        return str(value)

    return check


def _year(value: Any) -> int:
    return _number(value, 1_000, 9_999)


def _level(value: Any) -> int:
    return _number(value, 0, 255)


def _number(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(value)
    return value


def _date(value: Any) -> str:
    text = _text(value)
    if not _DATE.fullmatch(text):
        raise ValueError(value)
    date.fromisoformat(text)
    return text


def _code(value: Any) -> str:
    text = _text(value)
    if not _CODE.fullmatch(text):
        raise ValueError(value)
    return text


def _is_surrogate(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"
