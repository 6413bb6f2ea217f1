"""What stands in the cells of a table, as rows; a table that a page's end cuts goes on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from indexer.model import Place
from indexer.reading.document import RawLine
from indexer.reading.layout import Layout
from indexer.reading.lines import row_of
from indexer.reading.pdf.glyphs import Glyph
from indexer.reading.pdf.lines import PrintedLine, joined_text, printed, rows
from indexer.reading.pdf.tables import Grid

_PADDING = 4.0  # points that a cell leaves free on both sides together, at least
_NEAR = 3.0  # points by which the columns of one table may differ on two pages

_Lines = Sequence[PrintedLine]


class Table(NamedTuple):
    """The rows of a table, and where its columns part, in points.

    `words` is what the first word of each cell of the first row takes, `rooms` what the last line of
    each cell of the last row leaves free, in points; 0 for a blank cell.
    """

    rows: list[RawLine]
    across: tuple[float, ...]
    words: tuple[float, ...] = ()
    rooms: tuple[float, ...] = ()


def table_of(grid: Grid, glyphs: Iterable[Glyph], page: int) -> Table:
    """A table; a cell that takes several rows stands in the first of them."""
    inside: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        inside[grid.cell_of(glyph)].append(glyph)
    lines = {cell: [printed(row) for row in rows(found)] for cell, found in inside.items()}
    layout, written = Layout(), set[int]()
    layout.open_table()
    for row, cells in enumerate(grid.cells):
        layout.open_row()
        for cell in dict.fromkeys(cells):
            layout.open_cell()
            if cell not in written:
                _write(layout, lines.get(cell, ()), grid.width(cell, row))
            written.add(cell)
            layout.close_cell()
    layout.close_table()
    found = [replace(line, place=Place(page, page)) for line in layout.lines]
    words = [_word(lines.get(cell)) for cell in dict.fromkeys(grid.cells[0])]
    last = len(grid.cells) - 1
    rooms = [
        _room(lines.get(cell), grid.width(cell, last)) for cell in dict.fromkeys(grid.cells[last])
    ]
    return Table(found, grid.across, tuple(words), tuple(rooms))


def continued(above: Table, below: Table) -> tuple[RawLine | None, list[RawLine], Table]:
    """How a table goes on in the one that follows it: the row that was cut, whole again, if any;
    the rows of the head that are printed again; and what else the second has."""
    if len(above.across) != len(below.across) or not above.rows or not below.rows:
        return None, [], below
    shift = below.across[0] - above.across[0]
    if any(abs(b - a - shift) > _NEAR for a, b in zip(above.across, below.across, strict=True)):
        return None, [], below
    again = 0
    for first, second in zip(above.rows, below.rows, strict=False):
        if first.text != second.text or not first.row:
            break
        again += 1
    if again:
        return None, below.rows[:again], below._replace(rows=below.rows[again:])
    cut = _whole_row(above, below)
    return cut, [], below._replace(rows=below.rows[1:]) if cut else below


def _whole_row(above: Table, below: Table) -> RawLine | None:
    """The last row and the first below as one, where each cell that goes on had no more room."""
    if len(above.rooms) != len(below.words):
        return None
    goes_on = [word for word in below.words if word]
    full = [word > room > 0 for word, room in zip(below.words, above.rooms, strict=True) if word]
    if not goes_on or not all(full):
        return None
    texts = (above.rows[-1].text.split("\t"), below.rows[0].text.split("\t"))
    cells = zip_longest(*texts, fillvalue="")
    row = row_of(joined_text(a, b) if a and b else a + b for a, b in cells)
    return row and replace(row, place=above.rows[-1].place.to(below.rows[0].place))


def _word(lines: _Lines | None) -> float:
    return lines[0].word if lines else 0.0


def _room(lines: _Lines | None, width: float) -> float:
    return max(width - _PADDING - lines[-1].box.width, 0.1) if lines else 0.0


def _write(layout: Layout, lines: _Lines, width: float) -> None:
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
