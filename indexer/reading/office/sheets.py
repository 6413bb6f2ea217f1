"""Workbooks of Excel and WPS, old and new: a sheet a section, a row a line.

Left out: hidden sheets, which say so; charts, comments, pictures.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.office import xls_cells, xlsx_cells
from indexer.reading.office.grid import Grid
from indexer.reading.office.kinds import ENCRYPTED, ZIP
from indexer.reading.office.ole import Ole, OleError
from indexer.reading.office.package import opened
from indexer.reading.table import Book, printed, rows, sections

_PANIC = "PanicException"
"""What the library, which is in Rust, raises where it did not foresee a file; it is no Exception."""


def read_sheets(data: bytes) -> Book:
    """The lines of a workbook, and its hidden sheets.

    UnreadableError where it is damaged, encrypted, no workbook, or a sheet is too big.
    """
    grids = _grids(data)
    with _library(), load_workbook(io.BytesIO(data)) as book:
        tables = [
            (sheet.name, rows(_cells(book.get_sheet_by_name(sheet.name), grids)))
            for sheet in _shown(book)
        ]
        hidden = [sheet.name for sheet in book.sheets_metadata if not _is_visible(sheet)]
    return sections(tables, hidden)


def first_sheet(data: bytes) -> list[list[str]]:
    """The cells of the first sheet that is shown, row by row, as they are printed; errors as above."""
    grids = _grids(data)
    with _library(), load_workbook(io.BytesIO(data)) as book:
        sheet = next(_shown(book), None)
        return [] if sheet is None else list(_cells(book.get_sheet_by_name(sheet.name), grids))


@contextmanager
def _library() -> Iterator[None]:
    """UnreadableError for whatever the library raises."""
    try:
        yield
    except PasswordError:
        raise UnreadableError(Message("encrypted")) from None
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableError(Message("broken_document", error=str(error)[:200])) from None
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise UnreadableError(Message("broken_document", error=str(error)[:200])) from None


def _grids(data: bytes) -> Mapping[str, Grid]:
    if data.startswith(ZIP):
        with opened(data) as archive:
            return xlsx_cells.grids(archive)
    try:
        ole = Ole(data)
        if ENCRYPTED in ole.names:
            raise UnreadableError(Message("encrypted"))
        return xls_cells.grids(ole)
    except (OleError, struct.error) as error:
        raise UnreadableError(Message("broken_document", error=str(error))) from None


def _cells(sheet: CalamineSheet, grids: Mapping[str, Grid]) -> Iterator[list[str]]:
    """The rows of a sheet as they are printed."""
    codes = grids.get(sheet.name, Grid()).codes
    top, left = sheet.start or (0, 0)
    for row, values in enumerate(sheet.iter_rows(), top):
        yield [printed(value, codes.get((row, at))) for at, value in enumerate(values, left)]


def _shown(book: CalamineWorkbook) -> Iterator[SheetMetadata]:
    for sheet in book.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet and _is_visible(sheet):
            yield sheet


def _is_visible(sheet: SheetMetadata) -> bool:
    return sheet.visible == SheetVisibleEnum.Visible
