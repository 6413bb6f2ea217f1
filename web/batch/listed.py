"""Queries out of a list: pasted, or a file of text, CSV or sheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from indexer.errors import LimitError, RequestError, UnreadableError
from indexer.messages import Message
from indexer.reading.decode import decode
from indexer.reading.office.sheets import first_sheet

MAX_LINES = 10_000
"""Most queries in a list."""
MAX_KB = 2_048
"""Most KB of a list."""
HEADINGS = (
    "检索词",
    "查询",
    "关键词",
    "短语",
    "词",
    "query",
    "queries",
    "q",
    "phrase",
    "term",
    "keyword",
)
"""What may stand above the column of queries; the first is that of our own files."""
_SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_TABLES = {".csv": ",", ".tsv": "\t"}
_COMMENT = "#"
_MADE_HARMLESS = ("'=", "'+", "'-", "'@", "'＝", "'＋", "'－", "'＠")


def read_list(data: bytes, name: str) -> tuple[str, ...]:
    """The queries of a file, in its order. Of a table those of the first column, or of that which a known
    heading names; rows that begin with "#", as our own files have at their top, are left out.

    Raises UnreadableError, RequestError where there is none, LimitError where there are too many.
    """
    if len(data) > MAX_KB << 10:
        raise too_big(len(data))
    if data.startswith(_SHEETS):
        return checked(_column(first_sheet(data)))
    separator = next((s for ending, s in _TABLES.items() if name.lower().endswith(ending)), None)
    text = decode(data).text
    return read_pasted(text) if separator is None else checked(_column(_rows(text, separator)))


def too_big(size: int) -> LimitError:
    """What is wrong with a list of so many bytes, and what to do."""
    return LimitError(
        Message("list_too_big", size=-(-size // 1024), most=MAX_KB),
        hint=Message("list_too_big_hint", lines=MAX_LINES),
    )


def read_pasted(text: str) -> tuple[str, ...]:
    """A query a line; of lines out of a table, which have tabs, what stands before the first."""
    return checked(line.lstrip().partition("\t")[0] for line in text.splitlines())


def checked(queries: Iterable[str]) -> tuple[str, ...]:
    """Those that are not empty; errors as for `read_list`."""
    found = tuple(query.strip() for query in queries if query.strip())
    if not found:
        raise RequestError(
            Message("list_empty"),
            parameter="list",
            hint=Message("list_empty_hint", heading=HEADINGS[0]),
        )
    if len(found) > MAX_LINES:
        raise LimitError(
            Message("list_too_long", count=len(found), most=MAX_LINES),
            hint=Message("list_too_long_hint"),
        )
    return found


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise UnreadableError(
            Message("list_not_csv", error=str(error)), hint=Message("list_not_csv_hint")
        ) from None


def _column(rows: Iterable[Sequence[str]]) -> list[str]:
    kept = [row for row in rows if any(row) and not row[0].startswith(_COMMENT)]
    heading = [cell.strip().casefold() for cell in kept[0]] if kept else []
    at = next((heading.index(name) for name in HEADINGS if name in heading), None)
    cells = (row[at or 0] for row in kept[at is not None :] if len(row) > (at or 0))
    return [_as_typed(cell) for cell in cells]


def _as_typed(cell: str) -> str:
    """Without the apostrophe by which our own files keep a spreadsheet from running it."""
    return cell[1:] if cell.startswith(_MADE_HARMLESS) else cell
