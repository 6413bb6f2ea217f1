"""Laying out a page: runs of text become lines, tables become rows or, where they only place
blocks side by side, the lines of their cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from indexer.reading.document import RawLine
from indexer.reading.lines import Piece, line_of, one_line, row_of

_WIDE = r"\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_SOFT_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\f\n]*(?=[{_WIDE}])")
_INDENT = re.compile(r"\s*[\u3000\xa0\u2002\u2003]")
_SPACE = re.compile(r"[ \t\r\f\n]+")
_UNEVEN = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]|  ")
"""White space or a control that does not stay as it is printed."""
_PICTURES = re.compile("[\uf000-\uf0ff]")
"""What is a picture in fonts such as Symbol and Wingdings, mostly before the items of a list."""
_LONG_CELL = 120  # code points; a cell of several lines and more than this is no figure's label


@dataclass(slots=True)
class _Cell:
    """What stands in a table cell, or on the page itself."""

    lines: list[RawLine] = field(default_factory=list)
    nests: bool = False  # a table is in it

    def is_block(self) -> bool:
        """Whether it is part of a page's layout rather than of a table row."""
        several = len(self.lines) > 1 and sum(len(line.text) for line in self.lines) > _LONG_CELL
        return self.nests or several or any(line.heading for line in self.lines)


_Table = list[list[_Cell]]


class Layout:
    """Takes a page's text and tables in reading order; `lines` has what is complete."""

    def __init__(self) -> None:
        self._cells = [_Cell()]
        self._tables: list[_Table] = []
        self._pieces: list[Piece] = []
        self._heading = 0
        self._broken = False  # the last line was ended by no more than a line end

    @property
    def lines(self) -> list[RawLine]:
        return self._cells[0].lines

    def text(self, text: str, *, bold: bool, heading: int) -> None:
        """Add text to the line that is being written."""
        self._pieces.append((_PICTURES.sub("", text), bold))
        self._heading = heading

    def end_line(self, *, broken: bool = False) -> None:
        """End the line that is being written; `broken`: by a line end alone, not with its block."""
        if not self._pieces:
            self._broken = False
            return
        line = line_of(self._pieces, heading=self._heading, join=_collapse)
        if line is not None:
            indented = _INDENT.match("".join(text for text, _ in self._pieces))
            runs_on = self._broken and not indented
            self._cells[-1].lines.append(replace(line, runs_on=True) if runs_on else line)
        self._broken = broken and line is not None
        self._pieces = []

    def open_table(self) -> None:
        self._tables.append([])

    def open_row(self) -> None:
        self._tables[-1].append([])

    def open_cell(self) -> None:
        cell = _Cell()
        self._tables[-1][-1].append(cell)
        self._cells.append(cell)

    def close_cell(self) -> None:
        self._cells.pop()

    def close_table(self) -> None:
        lines = _resolve(self._tables.pop())
        self._cells[-1].lines += lines
        self._cells[-1].nests |= bool(lines and self._tables)


def _resolve(table: _Table) -> list[RawLine]:
    """The table's rows; the lines of its cells where it has no row of two cells or more."""
    rows = [[] if any(cell.is_block() for cell in row) else row for row in table]
    is_data = any(sum(bool(cell.lines) for cell in row) > 1 for row in rows)
    lines: list[RawLine] = []
    for cells, row in zip(table, rows, strict=True):
        line = row_of(" ".join(part.text for part in cell.lines) for cell in row)
        if is_data and row:
            lines += [line] if line else []
        else:
            lines += (part for cell in cells for part in cell.lines)
    return lines


def _collapse(text: str) -> str:
    """The text as a browser sets it: a run of ASCII white space is one space.

    A source line end between two Chinese characters is nothing; other spaces stay as printed.
    """
    if not _UNEVEN.search(text):
        return text
    return one_line(_SPACE.sub(" ", _SOFT_BREAK.sub("", text)))
