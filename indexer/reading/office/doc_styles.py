"""The styles of a DOC file, after [MS-DOC] 2.9.271: what a paragraph or run of a style is by that."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from indexer.reading.office.doc_properties import NONE, Properties, properties

_TITLE = 62
_PARAGRAPH, _CHARACTER = 1, 2
_DEEPEST = 24


class Style(NamedTuple):
    """`heading` is 1 to 6, 0 for none; properties of the style itself and of those it is based on."""

    heading: int = 0
    paragraph: Properties = NONE
    character: Properties = NONE


class _Entry(NamedTuple):
    built_in: int
    based_on: int
    paragraph: Properties
    character: Properties


class Styles:
    def __init__(self, sheet: bytes) -> None:
        """Of the table of styles; what is damaged of it has no style."""
        self._entries = dict(_entries(sheet))
        self._known: dict[int, Style] = {}

    def get(self, number: int) -> Style:
        if number not in self._known:
            self._known[number] = self._style(number)
        return self._known[number]

    def _style(self, number: int) -> Style:
        chain: list[_Entry] = []
        while number in self._entries and len(chain) < _DEEPEST:
            chain.append(self._entries[number])
            number = chain[-1].based_on
        heading = next((level for level in map(_heading, chain) if level), 0)
        paragraph: dict[int, int] = {}
        character: dict[int, int] = {}
        for entry in reversed(chain):
            paragraph.update(entry.paragraph)
            character.update(entry.character)
        return Style(heading, paragraph, character)


def _heading(entry: _Entry) -> int:
    return entry.built_in if 1 <= entry.built_in <= 6 else int(entry.built_in == _TITLE)


def _entries(sheet: bytes) -> Iterator[tuple[int, _Entry]]:
    if len(sheet) < 6:
        return
    head, count, base = struct.unpack_from("<HHH", sheet)
    at = 2 + head
    for number in range(count):
        if at + 2 > len(sheet):
            return
        size = struct.unpack_from("<H", sheet, at)[0]
        record = sheet[at + 2 : at + 2 + size]
        if len(record) == size and size >= base + 2 and base >= 8:
            yield number, _entry(record, base)
        at += 2 + size


def _entry(record: bytes, base: int) -> _Entry:
    first, second = struct.unpack_from("<HH", record)
    kind = second & 15
    name = struct.unpack_from("<H", record, base)[0]
    lists = list(_lists(record, base + 2 + 2 * (name + 1)))
    if kind == _PARAGRAPH and lists:
        of_runs = properties(lists[1]) if len(lists) > 1 else NONE
        return _Entry(first & 0xFFF, second >> 4, properties(lists[0][2:]), of_runs)
    of_runs = properties(lists[0]) if kind == _CHARACTER and lists else NONE
    return _Entry(first & 0xFFF, second >> 4, NONE, of_runs)


def _lists(record: bytes, at: int) -> Iterator[bytes]:
    while at + 2 <= len(record):
        size = struct.unpack_from("<H", record, at)[0]
        yield record[at + 2 : at + 2 + size]
        at += 2 + size + size % 2
