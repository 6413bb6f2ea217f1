"""A table to take away, whatever form it is written in: what it is of, its columns, its rows, its end.

Its rows are made while they are taken, so that a file of a million needs no memory for them; and it ends
with their number. A file without that end was cut on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from indexer.errors import GongkaiError
from indexer.messages import Message
from web.texts import t

Cell = str | int | float | None
Row = Sequence[Cell]
Head = Sequence[tuple[str, str]]
"""What a file is about: names, which are ours, and values, which may be anything."""


class Figure(str):
    """A number as it is printed, sign and all: a spreadsheet may take it for one, and it runs nothing."""

    __slots__ = ()


class Column(NamedTuple):
    """A column: what programs call it, and what stands above it in the reader's language."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to take away; `name` is that of its file, without its ending.

    `count` is how many rows there are, None where only the last one tells; `end` stands before that number
    at the end of the file.
    """

    name: str
    head: Head
    columns: Sequence[Column]
    rows: Iterable[Row]
    count: int | None = None
    end: str = field(default_factory=partial(t, "file_end"))

    def check(self, written: int) -> None:
        """GongkaiError where a row is missing, or one too many was made: such a file gets no end."""
        if self.count is not None and written != self.count:
            raise GongkaiError(Message("export_not_whole", written=written, count=self.count))


def named_columns(*names: str) -> tuple[Column, ...]:
    """Columns whose labels are the texts `column_NAME`."""
    return tuple(Column(name, t(f"column_{name}")) for name in names)


def one_line(text: str) -> str:
    """The text without ends of lines: what stands above a table keeps to its own."""
    return " ".join(text.split())
