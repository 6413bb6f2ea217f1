"""ODS, of LibreOffice and others: a sheet a section, a row a line, cells as the file says that they print."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.office.grid import MOST_CELLS, check_size
from indexer.reading.office.odf_styles import Styles
from indexer.reading.office.odt import open_document, repeats, table_rows
from indexer.reading.office.package import opened
from indexer.reading.table import Book, rows, sections

_SKIPPED = frozenset(("annotation", "shapes", "ruby-text", "title", "desc"))


def read_ods(data: bytes) -> Book:
    """The lines of a workbook, and its hidden sheets.

    UnreadableError where it is damaged, encrypted, none, or a sheet is too big.
    """
    with opened(data) as archive:
        return book_of(*open_document(archive))


def book_of(body: Element, styles: Styles) -> Book:
    """The workbook in the body of a document. UnreadableError where there is none, or a sheet is too big."""
    book = body.find("spreadsheet")
    if book is None:
        raise UnreadableError(Message("no_document"))
    sheets = book.findall("table")
    hidden = [s.get("name", "") for s in sheets if s.get("style-name") in styles.hidden_tables]
    shown = [s for s in sheets if s.get("style-name") not in styles.hidden_tables]
    return sections([(s.get("name", ""), rows(_rows(s))) for s in shown], hidden)


def _rows(sheet: Element) -> Iterator[list[str]]:
    """The rows that are not empty; an empty cell may stand for all to the sheet's end."""
    total = 0
    for row in table_rows(sheet):
        cells = _cells(row)
        if cells:
            times = repeats(row, "number-rows-repeated", MOST_CELLS + 1)
            total += times * len(cells)
            check_size(total)
            yield from [cells] * times


def _cells(row: Element) -> list[str]:
    """The cells of a row up to the last that is filled."""
    cells: list[str] = []
    empty = 0
    for cell in row:
        times = repeats(cell, "number-columns-repeated", MOST_CELLS + 1)
        text = (
            " ".join(filter(None, map(_text, cell.findall("p"))))
            if cell.tag == "table-cell"
            else ""
        )
        if not text:
            empty += times
            continue
        check_size(len(cells) + empty + times)
        cells += [*[""] * empty, *[text] * times]
        empty = 0
    return cells


def _text(element: Element) -> str:
    text = element.text or ""
    for part in element:
        if part.tag not in _SKIPPED:
            text += " " if part.tag in ("s", "tab", "line-break") else _text(part)
        text += part.tail or ""
    return text
