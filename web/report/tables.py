"""The tables of a report, and what can be told of one from its cells: whether its first row is a header,
and which of its columns hold numbers. In doubt neither: a cell is then shown as any other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from indexer.model import Line, Report

Row = Sequence[str]

_NUMBER = re.compile(r"[-+−±]?[0-9０-９][0-9０-９,，.．]*\s*[%％‰]?")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_BLANKS = frozenset(("", "-", "—", "——", "–", "－", "/", "…", "……", "无"))


def grouped(lines: Iterable[Line]) -> Iterator[tuple[bool, tuple[Line, ...]]]:
    """Neighbouring lines that are alike: rows of one table (True), or paragraphs."""
    for is_table, group in groupby(lines, key=lambda line: "\t" in line.text):
        yield is_table, tuple(group)


def tables(report: Report) -> tuple[tuple[Line, ...], ...]:
    """The rows of every table, in order; the first one is table 1."""
    groups = (group for section in report.sections for group in grouped(section.lines))
    return tuple(rows for is_table, rows in groups if is_table)


def cells(row: Line) -> list[str]:
    """The cells of a table's row, as printed."""
    return row.text.split("\t")


def is_number(cell: str) -> bool:
    """A bare number, or a percentage."""
    return _NUMBER.fullmatch(cell.strip()) is not None


def has_header(table: Sequence[Row]) -> bool:
    """Whether the first row names what the columns hold: it has words, and years at most, and
    numbers stand below it; no later row is wider."""
    first, *rest = table
    named = [cell for cell in first if cell.strip()]
    return (
        len(named) >= 2
        and all(not is_number(cell) or _YEAR.fullmatch(cell.strip()) for cell in named)
        and not all(is_number(cell) for cell in named)
        and all(len(row) <= len(first) for row in rest)
        and any(is_number(cell) for row in rest for cell in row[1:])
    )


def numeric_columns(table: Sequence[Row], header: bool) -> frozenset[int]:
    """The columns in whose cells, blanks and the header aside, there are numbers only."""
    body = table[1:] if header else table
    width = max(map(len, table))
    return frozenset(column for column in range(width) if _numeric(body, column))


def _numeric(body: Sequence[Row], column: int) -> bool:
    cells = [row[column].strip() for row in body if column < len(row)]
    filled = [cell for cell in cells if cell not in _BLANKS]
    return bool(filled) and all(map(is_number, filled))
