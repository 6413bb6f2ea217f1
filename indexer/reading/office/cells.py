"""The cells of a workbook as they are, for a table that a program made: nothing is rounded or printed."""

from __future__ import annotations

import io

from python_calamine import CalamineError, load_workbook

from indexer.errors import UnreadableError
from indexer.messages import Message


def read_cells(data: bytes) -> list[list[str]]:
    """The rows of all sheets, one after the other; numbers without ".0", empty cells "".

    UnreadableError where it is damaged, encrypted or no workbook.
    """
    try:
        with load_workbook(io.BytesIO(data)) as book:
            sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
            rows = [row for sheet in sheets for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, ValueError, OSError, IndexError) as error:
        raise UnreadableError(Message("broken_document", error=str(error)[:200])) from None
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole else str(cell)  # type: ignore[call-overload]
