"""Ready reports, one a line, in the shape of `gongkai inspect --json`: checked field by field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
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
from indexer.reading.archives import checks
from indexer.reading.archives.limits import MEMBER

_Value = TypeVar("_Value")
_LEVELS = get_args(Level)


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
    source = fields.get("source", checks.line_or_none) or ""
    title = fields.need("title", checks.line)
    sections, end = [], len(title) + 1
    for item in fields.objects("sections"):
        section, end = _section(item, end)
        sections.append(section)
    if not sections:
        raise _wrong("sections")
    return source, Report(
        source=source,
        title=title,
        genre=cast(Genre, fields.get("genre", checks.one_of(GENRES)) or "other"),
        year=fields.get("year", checks.year),
        published=fields.get("published", checks.iso_date),
        issuer=fields.get("issuer", checks.text),
        number=fields.get("number", checks.text),
        url=fields.get("url", checks.text),
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
        for number, item in enumerate(self.get(name, checks.items) or ()):
            yield _Fields(item, f"{self._place}{name}[{number}].")

    def placed(self, lines: str, places: str) -> Iterator[tuple[str, Place]]:
        """Lines, and where each is printed."""
        texts = self.get(lines, checks.lines) or ()
        stated = self.get(places, checks.places)
        if stated is not None and len(stated) != len(texts):
            raise _wrong(self._place + places)
        return zip(texts, stated or [NO_PLACE] * len(texts), strict=True)


def _wrong(place: str) -> UnreadableError:
    return UnreadableError(Message("line_wrong", field=place))


def _section(fields: _Fields, start: int) -> tuple[Section, int]:
    """A section that starts at this offset of the report's text, and where the next one does."""
    heading = fields.get("heading", checks.line_or_none) or ""
    head = (
        Line(heading, start, fields.get("heading_place", checks.place) or NO_PLACE)
        if heading
        else None
    )
    start += len(heading) + 1 if heading else 0
    lines: list[Line] = []
    for text, place in fields.placed("lines", "line_places"):
        lines.append(Line(text, start, place))
        start += len(text) + 1
    kind = fields.get("kind", checks.one_of(KINDS)) or "other"
    level, path = fields.get("level", checks.level), fields.get("path", checks.lines) or ()
    return Section(kind, head, 1 if level is None else level, path, tuple(lines)), start


def _region(fields: _Fields) -> Region:
    level = fields.need("level", checks.one_of(_LEVELS))
    return Region(
        fields.need("code", checks.region_code),
        fields.need("name", checks.text),
        cast(Level, level),
    )


def _dropped(fields: _Fields) -> Dropped:
    return Dropped(fields.need("text", checks.string), _message(fields))


def _message(fields: _Fields) -> Message:
    values = fields.get("values", checks.values) or {}
    return from_json({"key": fields.need("key", checks.text), "values": values})
