"""Printed lines become paragraphs, over the ends of columns and pages too.

A line goes on in the next where the next word had no place in it, unless the next is indented as
paragraphs are, stands further below, or is of another size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.messages import Message
from indexer.model import Dropped, Place
from indexer.reading.document import RawLine
from indexer.reading.lines import dropped, line_of
from indexer.reading.pdf.cells import Table, continued
from indexer.reading.pdf.lines import PrintedLine, joined_text
from indexer.reading.pdf.page import PageText, Text
from indexer.reading.pdf.setting import Margins, Setting, setting_of

_INDENT = 0.8  # em
_SLACK = 0.05  # em by which positions are off
_SIZES = 1.15  # how far the sizes of a paragraph's lines may differ
_AWAY = 4.0  # em from the left margin at which no paragraph begins, but a signature does
_GAP = 3.0  # em inside a line that is no part of a paragraph, but of a list or table
_LEADERS = re.compile(r"(?:[.．·。]\s*){5,}\d{0,4}$|…{2,}\s*\d{1,4}$")
"""How the lines of a table of contents end."""
_ITEM = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[编篇章节条款]|[(（]?[一二三四五六七八九十百\d]{1,3}[)）、．]|\d{1,2}\.(?!\d)"
    r"|[-–—*·•●◆■○①-⑳]+(?!\d)"
)
_ENDED = re.compile(r"[。！？；!?;…][”’」』）)\s]*$")


def joined(pages: Sequence[PageText]) -> tuple[list[RawLine], list[Dropped]]:
    """The paragraphs and rows of a document, and what of its tables was left out."""
    bold, whole = sum(page.bold for page in pages), sum(page.glyphs for page in pages)
    writer = _Writer(setting_of(pages), bold_tells=2 * bold < whole)
    for page in pages:
        for part in page.parts:
            if isinstance(part, Text):
                writer.text(part, page)
            else:
                writer.table(part)
        if page.recognised:
            writer.recognised(page.recognised)
    writer.close()
    return writer.lines, writer.dropped


@dataclass(slots=True)
class _Paragraph:
    """One that is being written; `last` is its last line, within `margins`."""

    text: str
    bold: int
    place: Place
    last: PrintedLine
    margins: Margins
    lines: int = 1

    def add(self, line: PrintedLine, page: int, margins: Margins) -> None:
        text = joined_text(self.text, line.text)
        if self.bold == len(self.text) and line.bold:
            self.bold = len(text) - len(line.text) + line.bold
        self.text, self.last, self.margins = text, line, margins
        self.place = self.place.to(_place(line, page))
        self.lines += 1


class _Writer:
    def __init__(self, setting: Setting, *, bold_tells: bool) -> None:
        self.lines: list[RawLine] = []
        self.dropped: list[Dropped] = []
        self._setting = setting
        self._bold_tells = bold_tells  # a document that is bold throughout stresses nothing
        self._open: _Paragraph | None = None
        self._table: Table | None = None  # the part before, if it was one

    def text(self, part: Text, page: PageText) -> None:
        """Add a block of lines."""
        lines, margins = self._setting.placed(part, page)
        for at, line in enumerate(lines):
            self._table = None
            if self._open and self._goes_on(self._open, line, margins, beside=at > 0):
                self._open.add(line, page.number, margins)
            else:
                self.close()
                place = _place(line, page.number)
                self._open = _Paragraph(line.text, line.bold, place, line, margins)

    def table(self, table: Table) -> None:
        """Add a table, or the rest of the one before."""
        self.close()
        if self._table is not None:
            cut, again, table = continued(self._table, table)
            if cut is not None:
                self.lines[-1] = cut
            for row in again:
                self.dropped += dropped(row.text, Message("dropped_head_again"))
        self.lines += table.rows
        self._table = table

    def recognised(self, lines: Sequence[RawLine]) -> None:
        """Add lines that are complete."""
        self.close()
        self.lines += lines
        self._table = None

    def close(self) -> None:
        """End the paragraph that is being written."""
        if self._open is None:
            return
        text, bold = self._open.text, self._open.bold if self._bold_tells else 0
        line = line_of([(text[:bold], True), (text[bold:], False)])
        if line is not None:
            self.lines.append(RawLine(line.text, bold=line.bold, place=self._open.place))
        self._open = None

    def _goes_on(
        self, paragraph: _Paragraph, line: PrintedLine, margins: Margins, *, beside: bool
    ) -> bool:
        """Whether a line goes on with a paragraph; `beside`: it stands right below the last one."""
        last, em = paragraph.last, line.size
        room = paragraph.margins.right - last.box.right
        alike = 1 / _SIZES < last.size / em < _SIZES
        if not alike or _LEADERS.search(last.text) or last.gap > _GAP * em:
            return False
        if _are_centred(last, line, margins):
            room += last.box.left - margins.left
        elif paragraph.lines == 1 and last.box.left > paragraph.margins.left + _AWAY * em:
            return False
        if line.word - _SLACK * em <= room or (beside and self._setting.is_apart(last, line)):
            return False
        told = self._setting.indent or (beside and self._setting.spaced)  # how paragraphs begin
        if not told and _ITEM.match(line.text) and _ENDED.search(paragraph.text):
            return False
        return self._is_inside(paragraph, line, margins, beside=beside)

    def _is_inside(
        self, paragraph: _Paragraph, line: PrintedLine, margins: Margins, *, beside: bool
    ) -> bool:
        """Whether a line stands where one that goes on does: at the margin, or below its like."""
        em, usual = line.size, self._setting.indent
        indent = line.box.left - margins.left
        if indent <= _INDENT * em or _are_centred(paragraph.last, line, margins):
            return True
        if not beside or (usual and abs(indent - usual * em) < em / 2):
            return False
        under = line.box.left - paragraph.last.box.left
        if paragraph.lines > 1 or not _ITEM.match(paragraph.text):
            return abs(under) < em / 2
        return -em / 2 < under <= _AWAY * em  # below the text of an item whose number stands out


def _are_centred(last: PrintedLine, line: PrintedLine, margins: Margins) -> bool:
    """Whether both stand in the middle, as the lines of a title do, the second with room to spare."""
    middle = margins.left + margins.right
    sides = (printed.box.left + printed.box.right for printed in (last, line))
    spare = line.box.left - margins.left > _INDENT * line.size
    return spare and all(abs(side - middle) <= line.size for side in sides)


def _place(line: PrintedLine, page: int) -> Place:
    return Place(page, page, line.confidence)
