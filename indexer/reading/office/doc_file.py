"""A DOC file opened: where its text and tables are, after [MS-DOC] 2.5 and 2.8."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.office.doc_properties import ELSEWHERE, Properties, Ranges, properties
from indexer.reading.office.ole import Ole, OleError

_WORD_97 = 0xA5EC
_OLDER = (0xA5DB, 0xA5DC, 0xA59B, 0xA59C)
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_COUNTS = 0x4C
"""Where the header says how many characters each part of the text has."""
_TABLES = 0x9A
_SHEET, _CHARACTERS, _PARAGRAPHS, _PIECES, _LISTS, _LIST_USES = 1, 12, 13, 33, 73, 74
"""Numbers of tables in the list of them."""
_COMPRESSED = 1 << 30


class Piece(NamedTuple):
    """Text that stands in the main stream as it does in the document: from byte `start` on."""

    start: int
    text: str
    width: int  # bytes of a character


class DocFile:
    """The header of a document and the tables that it names."""

    def __init__(self, ole: Ole) -> None:
        """UnreadableError where it is encrypted or older than Word 97, OleError where it is damaged."""
        self._main = ole.stream("WordDocument")
        if len(self._main) < _TABLES + 8 * (_LIST_USES + 1):
            raise OleError("the header is cut off")
        kind, flags = self._number(0, "H"), self._number(10, "H")
        if kind in _OLDER:
            raise UnreadableError(Message("older_word"))
        if kind != _WORD_97:
            raise OleError("no Word document")
        if flags & _ENCRYPTED:
            raise UnreadableError(Message("encrypted"))
        self._tables = ole.stream("1Table" if flags & _SECOND_TABLE else "0Table")
        self.characters = self._ranges(_CHARACTERS, paragraphs=False)
        self._paragraphs = self._ranges(_PARAGRAPHS, paragraphs=True)
        self._data = ole.stream("Data") if "Data" in ole.names else b""
        self.style_sheet = self.table(_SHEET)
        self.list_uses = self.table(_LIST_USES)

    @property
    def lists(self) -> bytes:
        """The table of lists with what follows it: their levels, which its length leaves out."""
        start = self._number(_TABLES + 8 * _LISTS, "I")
        return self._tables[start:] if self.table(_LISTS) else b""

    def paragraph(self, byte: int) -> tuple[int, Properties]:
        """The style of the paragraph whose mark stands at a byte of the main stream, and its properties."""
        held = self._paragraphs.at(byte)
        own = properties(held[2:])
        if ELSEWHERE in own:
            at = own[ELSEWHERE]
            size = int.from_bytes(self._data[at : at + 2], "little")
            own = {**own, **properties(self._data[at + 2 : at + 2 + size])}
        return int.from_bytes(held[:2], "little"), own

    def table(self, number: int) -> bytes:
        start, size = struct.unpack_from("<II", self._main, _TABLES + 8 * number)
        return self._tables[start : start + size]

    def parts(self) -> list[list[Piece]]:
        """The text, notes below it, notes at its end, and text in boxes; never headers and comments."""
        main, notes, headers, macros, comments, ends, boxes = struct.unpack_from(
            "<7I", self._main, _COUNTS
        )
        pieces = list(self._pieces())
        after = main + notes + headers + macros + comments
        spans = ((0, main), (main, main + notes), (after, after + ends))
        last = (after + ends, after + ends + boxes)
        return [list(_within(pieces, *span)) for span in (*spans, last)]

    def _number(self, at: int, form: str) -> int:
        return int(struct.unpack_from(f"<{form}", self._main, at)[0])

    def _ranges(self, number: int, *, paragraphs: bool) -> Ranges:
        return Ranges(self._main, self.table(number), paragraphs=paragraphs)

    def _pieces(self) -> Iterator[Piece]:
        table = _piece_table(self.table(_PIECES))
        count = (len(table) - 4) // 12
        ends = struct.unpack_from(f"<{count + 1}I", table)
        lengths = [max(end - start, 0) for start, end in pairwise(ends)]
        if sum(lengths) > len(self._main):  # no program lets pieces share their text
            raise OleError("the pieces are longer than the file")
        for at, length in enumerate(lengths):
            place = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * at + 2)[0]
            yield self._piece(place, length)

    def _piece(self, place: int, length: int) -> Piece:
        if place & _COMPRESSED:
            start = (place & ~_COMPRESSED) // 2
            return Piece(start, self._main[start : start + length].decode("cp1252", "replace"), 1)
        held = self._main[place : place + 2 * length]
        return Piece(place, _units(held), 2)


def _units(held: bytes) -> str:
    """UTF-16 as one character a unit, so that places can be counted; see `whole`."""
    return "".join(map(chr, struct.unpack(f"<{len(held) // 2}H", held[: len(held) // 2 * 2])))


def whole(text: str) -> str:
    """The text with the halves of characters that UTF-16 writes as two joined."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _piece_table(data: bytes) -> bytes:
    """The table of pieces, which changes of properties precede. OleError where there is none."""
    at = 0
    while at + 5 <= len(data) and data[at] == 1:
        at += 3 + int.from_bytes(data[at + 1 : at + 3], "little")
    if at + 5 > len(data) or data[at] != 2:
        raise OleError("the table of pieces is damaged")
    size = int.from_bytes(data[at + 1 : at + 5], "little")
    return data[at + 5 : at + 5 + size]


def _within(pieces: list[Piece], start: int, end: int) -> Iterator[Piece]:
    """The pieces between two characters of the document."""
    at = 0
    for piece in pieces:
        first, last = max(start - at, 0), min(end - at, len(piece.text))
        if first < last:
            text = piece.text[first:last]
            yield Piece(piece.start + first * piece.width, text, piece.width)
        at += len(piece.text)
