"""What all answers have in common: rows, columns, frames, and how they look in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, NamedTuple, TypeVar

from indexer.messages import LANGUAGES, Message, word
from search.programs.frames import Cell, Kind, Series, pandas_frame, polars_frame
from search.programs.html import SHOWN, shown, table_html

if TYPE_CHECKING:
    import pandas
    import polars

Row = TypeVar("Row")

_LINES = 5
"""Rows in the short text of an answer."""


class Column(NamedTuple):
    """A column of an answer: `value` tells its cell in a row. Of a `link` it tells the path."""

    name: str
    kind: Kind
    value: Callable[..., Cell]


class Table(Generic[Row]):
    """An answer as rows. In a notebook it shows itself as a table; `to_pandas` and `to_polars` hold all
    of its rows.

    `root` begins its links; what a class of answers adds are its columns, its rows, and what it says.
    """

    __slots__ = ()
    COLUMNS: ClassVar[tuple[Column, ...]] = ()
    GLANCE: ClassVar[tuple[str, ...]] = ()
    """The columns that a notebook shows, and the short text."""
    MARKED: ClassVar[str] = ""
    LAST: ClassVar[bool] = False
    """Whether of many rows the last are shown, not the first."""

    root: str

    def rows(self) -> Sequence[Row]:
        """All rows, in order."""
        raise NotImplementedError

    def says(self) -> Sequence[Message]:
        """What there is to say above the table."""
        raise NotImplementedError

    def __len__(self) -> int:
        return len(self.rows())

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows())

    def columns(self) -> Mapping[str, Series]:
        """The cells by column."""
        return self._columns(self.rows())

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas frame of all rows; GongkaiError says what to install where pandas is missing."""
        return pandas_frame(self.columns())

    def to_polars(self) -> polars.DataFrame:
        """A Polars frame of all rows; GongkaiError says what to install where Polars is missing."""
        return polars_frame(self.columns())

    def __repr__(self) -> str:
        said = [word(message, language) for language in LANGUAGES for message in self.says()]
        columns = self.glance(_LINES)
        cells = [[shown(c, series) for c in series.cells] for series in columns.values()]
        rows = list(zip(*cells, strict=True))
        if self.glanced() > _LINES:
            rows.insert(0 if self.LAST else len(rows), ("……",))
        return "\n".join([*said, *(" | ".join(row) for row in [tuple(columns), *rows])])

    def _repr_html_(self) -> str:
        said = [_both(message) for message in self.says()]
        left_out = Message("rows_left_out", shown=SHOWN, rows=self.glanced())
        more = _both(left_out) if self.glanced() > SHOWN else ""
        return table_html(said, self.glance(SHOWN), more, self.MARKED)

    def glance(self, most: int) -> Mapping[str, Series]:
        """What is shown of the answer: some of its columns, at most so many rows of them."""
        rows = self.rows()
        columns = self._columns(rows[-most:] if self.LAST else rows[:most])
        return {name: columns[name] for name in self.GLANCE}

    def glanced(self) -> int:
        """The rows that `glance` would show at most."""
        return len(self)

    def _columns(self, rows: Sequence[Row]) -> Mapping[str, Series]:
        return {column.name: self._series(column, rows) for column in self.COLUMNS}

    def _series(self, column: Column, rows: Sequence[Row]) -> Series:
        cells = map(column.value, rows)
        if column.kind == "link":
            return Series("link", tuple(f"{self.root}{path}" for path in cells))
        return Series(column.kind, tuple(cells))


def _both(message: Message) -> str:
    """The message in both languages; once, where it is of neither."""
    return " · ".join(dict.fromkeys(word(message, language) for language in LANGUAGES))
