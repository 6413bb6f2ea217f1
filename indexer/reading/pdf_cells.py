"""What stands in the cells of a table, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.reading.document import RawLine
from indexer.reading.layout import Layout
from indexer.reading.pdf_glyphs import Glyph
from indexer.reading.pdf_lines import PrintedLine, joined_text, printed, rows
from indexer.reading.pdf_tables import Grid

_PADDING = 4.0  # points that a cell leaves free on both sides together, at least


def table_lines(grid: Grid, glyphs: Iterable[Glyph]) -> list[RawLine]:
    """The rows of a table; a cell that takes several rows stands in the first of them."""
    inside: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        inside[grid.cell_of(glyph)].append(glyph)
    layout, written = Layout(), set[int]()
    layout.open_table()
    for row, cells in enumerate(grid.cells):
        layout.open_row()
        for cell in dict.fromkeys(cells):
            layout.open_cell()
            if cell not in written:
                _write(
                    layout, [printed(line) for line in rows(inside[cell])], grid.width(cell, row)
                )
            written.add(cell)
            layout.close_cell()
    layout.close_table()
    return layout.lines


def _write(layout: Layout, lines: Sequence[PrintedLine], width: float) -> None:
    """The paragraphs of a cell: a line in which the next word has no place goes on in the next.

    So does one of a single character above another: they are written from top to bottom.
    """
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else None
        stacked = below is not None and len(line.text) == len(below.text) == 1
        if below and (stacked or below.word > width - _PADDING - line.box.width):
            text = joined_text(line.text, below.text).removesuffix(below.text)
            layout.text(text, bold=False, heading=0)
        else:
            layout.text(line.text, bold=0 < line.bold == len(line.text), heading=0)
            layout.end_line()
