"""The rows of a sheet or of a CSV file as lines, and the sheets of a workbook."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.messages import Message
from indexer.model import Dropped
from indexer.reading.document import RawLine
from indexer.reading.lines import one_line, plain_line, row_of, trim
from indexer.reading.office.number_format import printed_day, printed_number

_DIGITS = 15
"""Digits that Excel keeps of a number."""

_UNNAMED = re.compile(r"\s*(?:sheet|工作表|表)?\s*\d*\s*", re.IGNORECASE)
_HEADING = 2


class Book(NamedTuple):
    """The lines of a workbook, and what was left out of it."""

    lines: tuple[RawLine, ...]
    dropped: tuple[Dropped, ...]


Value = int | float | str | bool | datetime.time | datetime.date | datetime.timedelta


def sections(tables: Iterable[tuple[str, Sequence[RawLine]]], hidden: Iterable[str]) -> Book:
    """Sheets, by name, one after the other, and the names of hidden ones, which are left out.

    A sheet's heading is the line above its table, if there is one, else its name, unless that tells nothing.
    """
    filled = [(name, lines) for name, lines in tables if lines]
    result: list[RawLine] = []
    left_out = [Dropped(name, Message("dropped_hidden")) for name in hidden]
    for name, lines in filled:
        tells = bool(name.strip()) and (len(filled) > 1 or not _UNNAMED.fullmatch(name))
        if not lines[0].row and any(line.row for line in lines):
            result += [replace(lines[0], heading=_HEADING), *lines[1:]]
            left_out += [Dropped(name, Message("dropped_sheet_name"))] if tells else []
        else:
            result += [RawLine(" ".join(name.split()), heading=_HEADING)] if tells else []
            result += lines
    return Book(tuple(result), tuple(left_out))


def rows(table: Iterable[Sequence[str]]) -> list[RawLine]:
    """The rows that are not empty, without the columns before the first that is not.

    A row of the first column alone is text above and below all others: a title, a date, a note. Between
    them it is a row whose other cells are empty.
    """
    filled = [cells for cells in table if any(map(trim, cells))]
    left = min(map(_empty, filled), default=0)
    filled = [cells[left:] for cells in filled]
    wide = [at for at, cells in enumerate(filled) if any(map(trim, cells[1:]))]
    first, last = (wide[0], wide[-1]) if wide else (len(filled), -1)
    return list(_lines(filled, first, last))


def _empty(cells: Sequence[str]) -> int:
    """How many cells before the first that is filled."""
    return next(at for at, cell in enumerate(cells) if trim(cell))


def _lines(filled: Sequence[Sequence[str]], first: int, last: int) -> Iterator[RawLine]:
    for at, cells in enumerate(filled):
        inside = first <= at <= last
        line = row_of(cells) if inside else plain_line(one_line(cells[0].replace("\t", " ")))
        if line is not None:
            yield line


def printed(value: Value, code: str | None = None) -> str:
    """What a cell prints of a value by the code of its format; without one, 1 for 1.0, TRUE for a truth."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return (printed_number(value, code) if code else None) or _number(value)
    if isinstance(value, datetime.date | datetime.time):
        return (printed_day(value, code) if code else None) or _day(value)
    return str(value)


def _number(value: float) -> str:
    if math.isfinite(value) and value == int(value) and abs(value) < 10**_DIGITS:
        return str(int(value))
    return f"{value:.{_DIGITS}g}"


def _day(value: datetime.date | datetime.time) -> str:
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return value.isoformat(" ", "minutes")
    return value.strftime("%Y-%m-%d")
