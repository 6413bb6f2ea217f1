"""Reading order of a recognised page: boxes become paragraphs, table rows and columns of print.

Lengths are in pixels of the page, or in `unit`s, the width of its usual Chinese character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple
from unicodedata import east_asian_width

from indexer.messages import Message
from indexer.model import Place
from indexer.reading.document import RawLine
from indexer.reading.lines import dropped, row_of, trim
from indexer.reading.scans.columns import Band, bands_of, columns_of
from indexer.reading.scans.ocr import UNREADABLE, RecognisedLine
from indexer.reading.scans.paragraphs import PageText, join, margins_of, one_of, paragraphs
from indexer.reading.scans.tables import table_text, tables_of

_PAGE_NUMBER = re.compile(
    r"(?!(?:19|20)\d\d$)[-—–－一·.•~～\s]*(?:第\s*)?\d{1,4}\s*(?:页|/\s*\d{1,4}|页?[,，\s]*共\s*\d{1,4}\s*页)?[-—–－一·.•~～\s]*"
)
_GAP = 1.5  # units between two boxes beside each other that makes them cells of a row


class _Run(NamedTuple):
    """Bands that are rows of a table, or lines of text."""

    rows: bool
    bands: list[Band]


def page_text(recognised: Sequence[RecognisedLine], page: int) -> PageText:
    """The lines of one page, counted from 1, in reading order.

    Its page number is dropped, and what could not be made out, but for figures in cells. Several
    pages are put together by `join`.
    """
    lines = [line for line in recognised if trim(line.text) and not _is_unreadable(line)]
    unread = " ".join(line.text for line in recognised if _is_unreadable(line))
    gone = dropped(unread, Message("dropped_unreadable"))
    if not lines:
        return PageText((), tuple(gone), False, False)
    unit = _unit(lines)
    number = _page_number(lines)
    bands = bands_of([line for line in lines if not line.cell and line is not number])
    if number:
        gone += dropped(number.text, Message("dropped_page_number"))
    parts: list[PageText] = []
    for table in tables_of(lines):
        middle = (table.top + table.bottom) / 2
        above = [band for band in bands if band[0].box[1] < middle]
        bands = bands[len(above) :]
        parts += _text(above, unit, page)
        parts.append(table_text(table, unit, page))
    parts += _text(bands, unit, page)
    text, _ = join(parts)
    return PageText(text, tuple(gone), parts[0].begins_inside, parts[-1].ends_inside)


def _is_unreadable(line: RecognisedLine) -> bool:
    return line.confidence < UNREADABLE and line.cell is None


def _text(bands: list[Band], unit: float, page: int) -> list[PageText]:
    return [part for block in columns_of(bands, unit) for part in _parts(block, unit, page)]


def lines_of(recognised: Sequence[RecognisedLine], page: int) -> list[RawLine]:
    """The lines of one page by itself, counted from 1, in reading order."""
    return list(page_text(recognised, page).lines)


def _unit(lines: Sequence[RecognisedLine]) -> float:
    """The width of a character: that of most lines, by length."""
    widths = sorted(
        width
        for line in lines
        for width in [(line.box[2] - line.box[0]) / _ems(line.text)] * len(line.text)
    )
    return widths[len(widths) // 2]


def _ems(text: str) -> float:
    """How many Chinese characters would be as wide."""
    return sum(1 if east_asian_width(char) in "FWA" else 0.5 for char in text)


def _page_number(lines: Sequence[RecognisedLine]) -> RecognisedLine | None:
    """The number by itself below or above all else on the page; None where there is none."""
    if len(lines) == 1:
        return None
    for last, edge, sign in ((max, 1, 1), (min, 3, -1)):
        found = last(lines, key=lambda line: line.box[edge])
        others = (line.box[4 - edge] for line in lines if line is not found)
        apart = all(sign * (found.box[edge] - other) > 0 for other in others)
        if apart and found.cell is None and _PAGE_NUMBER.fullmatch(found.text):
            return found
    return None


def _parts(bands: Sequence[Band], unit: float, page: int) -> Iterable[PageText]:
    """The runs of a column as text, in order."""
    runs = list(_runs(bands, unit))
    text = [one_of(band) for run in runs if not run.rows for band in run.bands]
    margins = margins_of(text, unit) if text else None
    for run in runs:
        if run.rows or margins is None:
            yield PageText(tuple(_row(band, unit, page) for band in run.bands), (), False, False)
        else:
            yield paragraphs([one_of(band) for band in run.bands], margins, page)


def _runs(bands: Sequence[Band], unit: float) -> Iterable[_Run]:
    run = _Run(False, [])
    for band in bands:
        rows = len(_cells(band, unit)) > 1
        if run.bands and rows != run.rows:
            yield run
            run = _Run(rows, [])
        run = _Run(rows, [*run.bands, band])
    if run.bands:
        yield run


def _cells(band: Band, unit: float) -> list[Band]:
    """The boxes of a band, those that nearly touch together."""
    cells: list[Band] = []
    for line in band:
        if cells and line.box[0] - cells[-1][-1].box[2] < _GAP * unit:
            cells[-1].append(line)
        else:
            cells.append([line])
    return cells


def _row(band: Band, unit: float, page: int) -> RawLine:
    cells = [one_of(cell) for cell in _cells(band, unit)]
    row = row_of(cell.text for cell in cells)
    assert row is not None  # every recognised line has text
    return replace(row, place=Place(page, page, min(cell.confidence for cell in cells)))
