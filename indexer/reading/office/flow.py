"""Paragraphs that say how deep in tables they stand, as old Word formats write them, to a layout."""

from __future__ import annotations

from indexer.reading.document import RawLine
from indexer.reading.layout import Layout

DEEPEST = 12
"""Tables within each other, at most; what lies deeper stands in the last."""


class Flow:
    """Opens and closes tables, rows and cells as the depth and the marks of the text ask for it.

    Depth 0 is the page, 1 a table on it, 2 one in a cell of that. `number` is an automatic number that
    stands before the paragraph once it has text.
    """

    def __init__(self) -> None:
        self.number = ""
        self._layout = Layout()
        self._cells: list[bool] = []  # of each table that is open: whether a cell is
        self._rows: list[bool] = []

    def lines(self) -> list[RawLine]:
        """All lines, once the text is over."""
        self._to(0)
        self._layout.end_line()
        return self._layout.lines

    def text(self, text: str, *, bold: bool, heading: int, depth: int) -> None:
        self._to(depth)
        if self.number and text:
            self._layout.text(self.number, bold=bold, heading=heading)
            self.number = ""
        self._layout.text(text, bold=bold, heading=heading)

    def end_line(self) -> None:
        self._layout.end_line()

    def end_paragraph(self) -> None:
        self._layout.end_line()
        self.number = ""

    def end_cell(self, depth: int) -> None:
        """End a cell of the table at this depth, an empty one where none is open."""
        self._to(max(depth, 1))
        self.end_paragraph()
        self._layout.close_cell()
        self._cells[-1] = False

    def end_row(self, depth: int) -> None:
        depth = min(max(depth, 1), DEEPEST)
        while len(self._rows) > depth:
            self._close_table()
        if len(self._rows) == depth:
            self._close_cell()
            self._rows[-1] = False

    def _to(self, depth: int) -> None:
        """Be in a cell of the table at this depth; on the page at 0."""
        depth = min(depth, DEEPEST)
        while len(self._rows) > depth:
            self._close_table()
        while len(self._rows) < depth:
            self._open_cell()
            self._layout.end_line()
            self._layout.open_table()
            self._rows.append(False)
            self._cells.append(False)
        self._open_cell()

    def _open_cell(self) -> None:
        """Be in a cell of the innermost table, if any is open."""
        if not self._rows:
            return
        if not self._rows[-1]:
            self._layout.open_row()
            self._rows[-1] = True
        if not self._cells[-1]:
            self._layout.open_cell()
            self._cells[-1] = True

    def _close_cell(self) -> None:
        self._layout.end_line()
        if self._cells[-1]:
            self._layout.close_cell()
            self._cells[-1] = False

    def _close_table(self) -> None:
        self._close_cell()
        self._layout.close_table()
        self._rows.pop()
        self._cells.pop()
