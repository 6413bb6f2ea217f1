"""Rows as an Excel workbook (PyPI XlsxWriter): the first sheet says what it is of, the rows follow.

A workbook is whole or no workbook: its table of contents is written last. So it is made in a file, a row
in memory at a time, and sent from there once it is complete; the number of rows ends the first sheet.
Texts are written as texts: none is a formula, none a link (Excel takes 65,530 of a sheet, not more).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from indexer.errors import GongkaiError
from indexer.messages import Message
from web.export.sheet import Row, Sheet
from web.texts import t

MOST_ROWS = 1 << 20
"""Rows that a sheet of Excel may have; further ones go on in a further sheet."""
LONGEST_CELL = 32_767
"""UTF-16 code units that a cell may hold; of a longer text the beginning."""
CUT = "……"
_PIECE = 1 << 16
"""Bytes that are sent at a time."""
_WIDE = 24
"""Characters that a column is wide."""
_SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_LONE = re.compile("[\ud800-\udfff]")


def xlsx_bytes(sheet: Sheet) -> Iterator[bytes]:
    """The file, sent once all of it is made. GongkaiError where there is no room to make it."""
    with TemporaryFile() as file:
        try:
            with TemporaryDirectory() as folder:
                _write(file, folder, sheet)
            file.seek(0)
        except (OSError, XlsxWriterException) as error:
            raise GongkaiError(
                Message("export_no_room", error=str(error)), hint=Message("export_no_room_hint")
            ) from error
        while piece := file.read(_PIECE):
            yield piece


def _write(file: IO[bytes], folder: str, sheet: Sheet) -> None:
    """Whatever ends it, the workbook is closed: it has files of its own in the folder."""
    with Workbook(file, {**_SETTINGS, "tmpdir": folder}) as workbook:
        about = workbook.add_worksheet(t("xlsx_about"))
        about.set_column(0, 1, _WIDE)
        pages = _Pages(workbook, sheet)
        for row in sheet.rows:
            pages.write(row)
        pages.end()
        sheet.check(pages.written)
        lines: list[Row] = [*sheet.head, (sheet.end, pages.written)]
        for number, line in enumerate(lines):
            _write_row(about, number, line)


class _Pages:
    """The sheets that hold the rows, one after the other."""

    def __init__(self, workbook: Workbook, sheet: Sheet) -> None:
        self.written = 0
        self._workbook = workbook
        self._labels = [column.label for column in sheet.columns]
        self._bold = workbook.add_format({"bold": True})
        self._begin()
        self._page.activate()

    def write(self, row: Row) -> None:
        if self._at == MOST_ROWS:
            self.end()
            self._begin()
        _write_row(self._page, self._at, row)
        self._at += 1
        self.written += 1

    def end(self) -> None:
        """Let the reader filter the rows of the sheet at hand."""
        self._page.autofilter(0, 0, self._at - 1, len(self._labels) - 1)

    def _begin(self) -> None:
        number = len(self._workbook.worksheets())
        name = t("xlsx_rows") if number == 1 else t("xlsx_rows_on", number=number)
        self._page = self._workbook.add_worksheet(name)
        self._page.freeze_panes(1, 0)
        self._page.set_column(0, len(self._labels) - 1, _WIDE)
        self._page.set_row(0, None, self._bold)
        _write_row(self._page, 0, self._labels)
        self._at = 1


def _write_row(page: Worksheet, at: int, row: Row) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            page.write_string(at, column, _fitting(cell))
        elif cell is not None:
            page.write_number(at, column, cell)


def _fitting(text: str) -> str:
    """The text as a cell takes it; what is no character becomes "?"."""
    if 2 * len(text) > LONGEST_CELL:
        units = text.encode("utf-16-le", "replace")
        if len(units) > 2 * LONGEST_CELL:
            kept = units[: 2 * (LONGEST_CELL - len(CUT))]
            text = kept.decode("utf-16-le", "ignore") + CUT
    return _LONE.sub("?", text)
