"""What stands in the cells of a table, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.reading.document import RawLine
from indexer.reading.layout import Layout
from indexer.reading.pdf_glyphs import Glyph
from indexer.reading.pdf_lines import PrintedLine, printed, rows
from indexer.reading.pdf_tables import Cell, Grid
from indexer.reading.pdf_wrap import joined_text, needed

_PADDING = 4.0  # points that a cell leaves free on both sides together, at least


def table_lines(grid: Grid, glyphs: Iterable[Glyph]) -> list[RawLine]:
    """The rows of a table; a cell that takes several rows stands in the first of them."""
    inside = _by_cell(grid, glyphs)
    layout = Layout()
    layout.open_table()
    for row in range(len(grid.down) - 1):
        across = [cell for cell in grid.cells if cell.row <= row <= cell.last_row]
        layout.open_row()
        for cell in sorted(across, key=lambda c: c.column):
            layout.open_cell()
            if cell.row == row:
                _write(layout, [printed(line) for line in rows(inside[cell])], grid.width(cell))
            layout.close_cell()
    layout.close_table()
    return layout.lines


def _by_cell(grid: Grid, glyphs: Iterable[Glyph]) -> dict[Cell, list[Glyph]]:
    cell_at = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.last_row + 1)
        for column in range(cell.column, cell.last_column + 1)
    }
    inside: dict[Cell, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        inside[cell_at[grid.place(glyph)]].append(glyph)
    return inside


def _write(layout: Layout, lines: Sequence[PrintedLine], width: float) -> None:
    """The paragraphs of a cell: a line in which the next word has no place goes on in the next.

    So does one of a single character above another: they are written from top to bottom.
    """
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else None
        stacked = below is not None and len(line.text) == len(below.text) == 1
        if below and (stacked or needed(below) > width - _PADDING - line.box.width):
            text = joined_text(line.text, below.text).removesuffix(below.text)
            layout.text(text, bold=False, heading=0)
        else:
            layout.text(line.text, bold=0 < line.bold == len(line.text), heading=0)
            layout.end_line()
