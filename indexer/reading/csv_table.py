"""CSV and TSV: one table, whatever parts its cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.document import RawLine
from indexer.reading.office.grid import check_size
from indexer.reading.table import rows

_DELIMITERS = ",\t;|，"
"""What parts cells, the likeliest first."""
_SAMPLE = 100
_HEAD = 1 << 17
"""Rows, and code points, by which a delimiter is chosen."""
_LONGEST = 1 << 20
"""Code points of a cell at most; a quote that nobody closed makes one of the rest of the file."""


def read_csv(text: str) -> tuple[RawLine, ...]:
    """The rows of a decoded file. UnreadableError where a cell has no end, or there are too many."""
    with _long_cells():
        return _read(text)


@contextmanager
def _long_cells() -> Iterator[None]:
    """The library's limit is one for all that read CSV, and metadata.csv has a lower one."""
    before = csv.field_size_limit(_LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _read(text: str) -> tuple[RawLine, ...]:
    if text.startswith("sep=") and len(text) > 4:  # said by Excel, for Excel
        delimiter, text = text[4], text.partition("\n")[2]
    else:
        delimiter = max(_DELIMITERS, key=lambda sign: _fit(text, sign))
    try:
        return tuple(rows(_counted(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))))
    except csv.Error as error:
        raise UnreadableError(Message("broken_document", error=str(error)[:200])) from None


def _counted(table: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows; UnreadableError once they have more cells than are read."""
    cells = 0
    for row in table:
        cells += len(row)
        check_size(cells)
        yield row


def _fit(text: str, delimiter: str) -> float:
    """How much of the first rows has the commonest number of cells, where that is several."""
    head = islice(io.StringIO(text[:_HEAD], newline=""), _SAMPLE)
    try:
        widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if row]
    except csv.Error:
        return 0.0
    wide = [width for width in widths if width > 1]
    return round(max(map(wide.count, wide)) / len(widths), 1) if wide else 0.0
