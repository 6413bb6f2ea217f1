"""Tables with ruled lines on a scan: the lines in their cells become rows.

A cell stands in the row that it begins in. Where a cell holds more than a figure's label, the table
only places blocks side by side: its cells become paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from indexer.model import Place
from indexer.reading.document import RawLine
from indexer.reading.lines import row_of
from indexer.reading.scans.columns import bands_of
from indexer.reading.scans.ocr import RecognisedLine
from indexer.reading.scans.paragraphs import PageText, join, margins_of, one_of, paragraphs

_LONG = 120  # code points; a cell of several lines and more than this is no figure's label


class Table(NamedTuple):
    """The rows of a table: the lines in each of its cells, none in one that is blank. `top` and `bottom` are in pixels."""

    rows: list[list[list[RecognisedLine]]]
    top: float
    bottom: float


def tables_of(lines: Sequence[RecognisedLine]) -> Iterator[Table]:
    """The tables of a page, from its top down."""
    placed = sorted(((line.cell, line) for line in lines if line.cell), key=lambda pair: pair[0])
    for _, table in groupby(placed, key=lambda pair: pair[0].table):
        inside = list(table)
        rows: list[list[list[RecognisedLine]]] = []
        for _, row in groupby(inside, key=lambda pair: pair[0].row):
            rows.append([])
            for cell, line in row:
                rows[-1] += ([] for _ in range(cell.column + 1 - len(rows[-1])))
                rows[-1][cell.column].append(line)
        top = min(line.box[1] for _, line in inside)
        yield Table(rows, top, max(line.box[3] for _, line in inside))


def table_text(table: Table, unit: float, page: int) -> PageText:
    """The rows of a table, in order."""
    lines = [line for row in table.rows for line in _row(row, unit, page)]
    return PageText(tuple(lines), (), False, False)


def _row(cells: list[list[RecognisedLine]], unit: float, page: int) -> tuple[RawLine, ...]:
    laid = [[one_of(band) for band in bands_of(cell)] for cell in cells]
    if len(cells) == 1 or any(_is_block(cell) for cell in laid):
        parts = (paragraphs(cell, margins_of(cell, unit), page) for cell in laid if cell)
        return join(parts)[0]
    row = row_of("".join(line.text for line in cell) for cell in laid)
    confidence = min(line.confidence for cell in cells for line in cell)
    return () if row is None else (replace(row, place=Place(page, page, confidence)),)


def _is_block(cell: Sequence[RecognisedLine]) -> bool:
    return len(cell) > 1 and sum(len(line.text) for line in cell) > _LONG
