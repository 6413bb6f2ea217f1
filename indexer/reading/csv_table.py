"""CSV and TSV: one table, whatever parts its cells."""

from __future__ import annotations

import csv
from itertools import islice

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.document import RawLine
from indexer.reading.table import rows

_DELIMITERS = ",\t;|，"
"""What parts cells, the likeliest first."""
_SAMPLE = 100
"""Rows by which a delimiter is chosen."""
_LONGEST = 1 << 20
"""Code points of a cell at most; a quote that nobody closed makes one of the rest of the file."""


def read_csv(text: str) -> tuple[RawLine, ...]:
    """The rows of a decoded file. UnreadableError where a cell has no end."""
    csv.field_size_limit(_LONGEST)
    if text.startswith("sep=") and len(text) > 4:  # said by Excel, for Excel
        delimiter, text = text[4], text.partition("\n")[2]
    else:
        delimiter = max(_DELIMITERS, key=lambda sign: _fit(text, sign))
    try:
        return tuple(rows(csv.reader(text.splitlines(keepends=True), delimiter=delimiter)))
    except csv.Error as error:
        raise UnreadableError(Message("broken_document", error=str(error)[:200])) from None


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """How much of the rows has the commonest number of cells, where that is several."""
    head = islice(text.splitlines(keepends=True), _SAMPLE)
    try:
        widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if row]
    except csv.Error:
        return 0.0, 0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0, 0
    width = max(set(wide), key=wide.count)
    return round(wide.count(width) / len(widths), 1), width
