"""DOC, of Word 97 to 2003 and of WPS: paragraphs with their automatic numbers, tables as rows.

Left out: deleted and hidden text, headers and footers, comments, pictures. Notes and boxes come last.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.document import RawLine
from indexer.reading.office import doc_properties as p
from indexer.reading.office.doc_file import DocFile, Piece, whole
from indexer.reading.office.doc_lists import numbering
from indexer.reading.office.doc_properties import NONE, Properties, properties
from indexer.reading.office.doc_styles import Style, Styles
from indexer.reading.office.flow import Flow
from indexer.reading.office.kinds import ENCRYPTED
from indexer.reading.office.ole import Ole, OleError

_END = re.compile("[\r\x07\x0c]")
_SIGNS = str.maketrans(
    {
        "\t": " ",
        "\x1e": "-",
        **dict.fromkeys(map(chr, (*range(1, 9), 0x0E, *range(0x10, 0x13), 0x1F))),
    }
)
"""What stands in the text and is none: pictures, marks of notes; a hyphen where no line may end."""
_FIELD = re.compile("[\x13\x14\x15]")
_LINE = "\x0b"
_CELL = "\x07"


def read_doc(data: bytes) -> tuple[RawLine, ...]:
    """The lines of a document. UnreadableError where the file is damaged, encrypted, too old or none."""
    try:
        ole = Ole(data)
        if ENCRYPTED in ole.names:
            raise UnreadableError(Message("encrypted"))
        if "WordDocument" not in ole.names:
            raise UnreadableError(Message("no_document"))
        writer = _Writer(DocFile(ole))
        return tuple(line for part in writer.parts() for line in part)
    except (OleError, struct.error, IndexError) as error:
        if ENCRYPTED.encode("utf-16-le") in data:  # cut off, and with a password
            raise UnreadableError(Message("encrypted")) from None
        raise UnreadableError(Message("broken_document", error=str(error)[:200])) from None


class _Writer:
    def __init__(self, file: DocFile) -> None:
        self._file = file
        self._styles = Styles(file.style_sheet)
        self._numbering = numbering(file.lists, file.list_uses)
        self._runs: list[tuple[str, bytes]] = []
        self._flow = Flow()
        self._fields: list[bool] = []  # of each that is open: whether its result has begun

    def parts(self) -> Iterator[Sequence[RawLine]]:
        for part in self._file.parts():
            self._flow, self._fields = Flow(), []
            for piece in part:
                self._piece(piece)
            self._paragraph(0, NONE, "\r")
            yield self._flow.lines()

    def _piece(self, piece: Piece) -> None:
        end = piece.start + len(piece.text) * piece.width
        for start, stop in self._file.characters.pieces(piece.start, end):
            held = self._file.characters.at(start)
            at = (start - piece.start) // piece.width
            text = piece.text[at : (stop - piece.start) // piece.width]
            begins = 0
            for mark in _END.finditer(text):
                self._runs.append((text[begins : mark.start()], held))
                place = start + mark.start() * piece.width
                self._paragraph(*self._file.paragraph(place), mark[0])
                begins = mark.end()
            self._runs.append((text[begins:], held))

    def _paragraph(self, named: int, held: Properties, mark: str) -> None:
        """Write the runs so far as a paragraph of a style, with its own properties, which the mark ends."""
        style = self._styles.get(named)
        own = {**style.paragraph, **held}
        depth = max(own.get(p.DEPTH, 0), own.get(p.IN_TABLE, 0))
        runs, self._runs = self._runs, []
        if own.get(p.ROW_END) or own.get(p.INNER_ROW_END):
            self._flow.end_row(depth)
            return
        self._flow.number = self._number(own)
        for text, bold in self._shown(runs, style):
            self._write(text, bold, _heading(own, style), depth)
        if mark == _CELL or own.get(p.INNER_CELL):
            self._flow.end_cell(depth)
        else:
            self._flow.end_paragraph()

    def _write(self, text: str, bold: bool, heading: int, depth: int) -> None:
        for at, line in enumerate(text.split(_LINE)):
            if at:
                self._flow.end_line()
            if line := whole(line.translate(_SIGNS)):
                self._flow.text(line, bold=bold, heading=heading, depth=depth)

    def _shown(self, runs: Sequence[tuple[str, bytes]], style: Style) -> Iterator[tuple[str, bool]]:
        """The text of runs that is printed, and whether it is bold."""
        for text, held in runs:
            shown = "".join(self._results(text))
            own = properties(held)
            if p.SYMBOL in own:
                shown = _symbol(own[p.SYMBOL] >> 16)
            if shown and not self._is(p.HIDDEN, own, style) and not own.get(p.DELETED):
                yield shown, self._is(p.BOLD, own, style)

    def _results(self, text: str) -> Iterator[str]:
        """The text without the instructions of fields."""
        at = 0
        for mark in (*_FIELD.finditer(text), None):
            if all(self._fields):
                yield text[at : mark.start() if mark else len(text)]
            if mark:
                at = mark.end()
                self._field(mark[0])

    def _field(self, mark: str) -> None:
        if mark == "\x13":
            self._fields.append(False)
        elif self._fields and mark == "\x14":
            self._fields[-1] = True
        elif self._fields:
            self._fields.pop()

    def _is(self, wanted: int, own: Properties, style: Style) -> bool:
        """Whether a run is bold, or hidden, by its own properties or as one of its styles has it, or has not."""
        named = self._styles.get(own[p.CHARACTER_STYLE]) if p.CHARACTER_STYLE in own else style
        by_style = bool(named.character.get(wanted, style.character.get(wanted, 0)))
        value = own.get(wanted, 0x80)
        return by_style ^ bool(value & 1) if value & 0x80 else bool(value)

    def _number(self, own: Properties) -> str:
        use = own.get(p.LIST, 0)
        return self._numbering.next(str(use), own.get(p.LIST_LEVEL, 0)) if use else ""


def _symbol(number: int) -> str:
    """A character that its font alone shows is none."""
    return "" if 0xE000 <= number < 0xF900 else chr(number)


def _heading(own: Properties, style: Style) -> int:
    """1 to 6 by the level in the outline, or by the style; else 0."""
    level = own.get(p.OUTLINE)
    if level is None:
        return style.heading
    return level + 1 if level < 6 else 0
