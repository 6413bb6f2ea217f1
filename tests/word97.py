"""DOC files, written: text in pieces, and which properties hold where ([MS-DOC] 2.5 to 2.9)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.compound import compound

_HEADER = 0x9A + 93 * 8
_TEXT = 2_048
"""Byte of the main stream from which text stands."""
_PAGE = 512
_SIZES = {0: "B", 1: "B", 2: "H", 3: "I"}


@dataclass
class Run:
    text: str
    properties: bytes = b""
    narrow: bool = False  # a byte a character


@dataclass
class Paragraph:
    """Runs, the last of which ends with the mark; `style` by number."""

    runs: Sequence[Run]
    properties: bytes = b""
    style: int = 0


@dataclass
class Word:
    """`notes` are paragraphs of footnotes; `flags` of the header."""

    paragraphs: Sequence[Paragraph]
    notes: Sequence[Paragraph] = ()
    headers: Sequence[Paragraph] = ()
    styles: Sequence[bytes] = ()
    lists: bytes = b""
    uses: bytes = b""
    flags: int = 0
    kind: int = 0xA5EC
    data: bytes = b""
    tables: dict[int, bytes] = field(default_factory=dict)

    def bytes(self) -> bytes:
        text, pieces, characters, paragraphs = b"", [], [], []
        for paragraph in (*self.paragraphs, *self.notes, *self.headers):
            start = _TEXT + len(text)
            for run in paragraph.runs:
                at = _TEXT + len(text)
                text += run.text.encode("cp1252" if run.narrow else "utf-16-le")
                place = (at * 2) | 1 << 30 if run.narrow else at
                pieces.append((len(run.text.encode("utf-16-le")) // 2, place))
                characters.append((at, _sized(run.properties)))
            own = struct.pack("<H", paragraph.style) + paragraph.properties
            paragraphs.append((start, _of_paragraph(own)))
        end = _TEXT + len(text)
        main = b"".ljust(_TEXT, b"\0") + text
        main += bytes(-len(main) % _PAGE)
        first = len(main) // _PAGE
        main += _page(characters, end, 1) + _page(paragraphs, end, 13)
        main += bytes(max(4_096 - len(main), 0))
        tables = {
            1: _style_sheet(self.styles),
            12: struct.pack("<III", _TEXT, end, first),
            13: struct.pack("<III", _TEXT, end, first + 1),
            33: _pieces(pieces),
            73: self.lists,
            74: self.uses,
            **self.tables,
        }
        counts = [
            sum(_length(p) for p in part) for part in (self.paragraphs, self.notes, self.headers)
        ]
        table, places = b"", bytearray(93 * 8)
        for number, content in tables.items():
            stated = 2 + 28 * content[0] if number == 73 and content else len(content)
            struct.pack_into("<II", places, 8 * number, len(table), stated)
            table += content
        head = struct.pack("<HH6xH", self.kind, 0xC1, self.flags | 0x0200).ljust(0x4C, b"\0")
        head += struct.pack("<7I", *counts, 0, 0, 0, 0)
        head = head.ljust(0x9A, b"\0") + bytes(places)
        streams = {"WordDocument": head + main[len(head) :], "1Table": table.ljust(4_096, b"\0")}
        return compound({**streams, **({"Data": self.data} if self.data else {})})


def value(number: int, content: int) -> bytes:
    """A property of 1, 2 or 4 bytes."""
    return struct.pack(
        f"<H{_SIZES[min(number >> 13, 3) if number >> 13 != 4 else 2]}", number, content
    )


def style(
    built_in: int, *, based_on: int = 0xFFF, paragraph: bytes = b"", character: bytes = b""
) -> bytes:
    head = struct.pack("<HHHHH", built_in, based_on << 4 | 1, 2, 0, 0)
    name = struct.pack("<H", 1) + "名".encode("utf-16-le") + b"\0\0"
    held = struct.pack("<H", 2 + len(paragraph)) + bytes(2) + paragraph + bytes(len(paragraph) % 2)
    return head + name + held + struct.pack("<H", len(character)) + character


def level(text: str, form: int, *, start: int = 1, legal: bool = False) -> bytes:
    """A level of a list: its text, in which chr(n) stands for the number of level n."""
    head = struct.pack("<iBB", start, form, 4 if legal else 0).ljust(28, b"\0")
    return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def lists(*levels: Sequence[bytes]) -> bytes:
    """Lists, named 1, 2 and so on, of one level or nine."""
    heads = b"".join(
        struct.pack("<i", at).ljust(26, b"\0") + bytes([len(known) == 1, 0])
        for at, known in enumerate(levels, 1)
    )
    return struct.pack("<H", len(levels)) + heads + b"".join(b"".join(known) for known in levels)


def uses(*names: tuple[int, bytes, int]) -> bytes:
    """Which list each number of a paragraph means, what is changed of it, in how many levels."""
    heads = b"".join(struct.pack("<i8xB3x", name, count) for name, _, count in names)
    return struct.pack("<I", len(names)) + heads + b"".join(bytes(4) + more for _, more, _ in names)


def _length(paragraph: Paragraph) -> int:
    return sum(len(run.text.encode("utf-16-le")) // 2 for run in paragraph.runs)


def _sized(held: bytes) -> bytes:
    return bytes([len(held)]) + held


def _of_paragraph(held: bytes) -> bytes:
    held += bytes(len(held) % 2)
    return bytes([0, len(held) // 2]) + held


def _page(held: Sequence[tuple[int, bytes]], end: int, step: int) -> bytes:
    """A page of properties: where each begins to hold, and what it is, from the end of the page down."""
    starts = struct.pack(f"<{len(held) + 1}I", *[start for start, _ in held], end)
    offsets, content, at = b"", bytearray(_PAGE), _PAGE - 1
    for _, own in held:
        at = (at - len(own)) // 2 * 2
        content[at : at + len(own)] = own
        offsets += bytes([at // 2]).ljust(step, b"\0")
    assert len(starts) + len(offsets) <= at
    content[: len(starts) + len(offsets)] = starts + offsets
    content[-1] = len(held)
    return bytes(content)


def _pieces(pieces: Sequence[tuple[int, int]]) -> bytes:
    ends = [0]
    for length, _ in pieces:
        ends.append(ends[-1] + length)
    table = struct.pack(f"<{len(ends)}I", *ends)
    table += b"".join(struct.pack("<HIH", 0, place, 0) for _, place in pieces)
    return b"\1\2\0ab\2" + struct.pack("<I", len(table)) + table


def _style_sheet(styles: Sequence[bytes]) -> bytes:
    head = struct.pack("<HH", len(styles), 10).ljust(18, b"\0")
    written = b"".join(struct.pack("<H", len(known)) + known for known in styles)
    return struct.pack("<H", len(head)) + head + written
