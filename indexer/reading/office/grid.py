"""What a sheet's cells say besides their values, read before anything lays the sheet out.

A file keeps only filled cells, and the library that gives their values makes a full grid of them: one cell in
the last row and column of an empty sheet asks for 17,000,000,000 others. And it leaves out how cells are printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.errors import UnreadableError
from indexer.messages import Message

MOST_CELLS = 1_000_000
"""Most cells of a sheet, empty ones between others too."""


@dataclass(slots=True)
class Grid:
    """The smallest rectangle that holds all filled cells, and codes of their formats by row and column, from 0."""

    codes: dict[tuple[int, int], str] = field(default_factory=dict)
    top: int = 1 << 30
    left: int = 1 << 30
    bottom: int = -1
    right: int = -1

    def take(self, row: int, column: int, code: str | None) -> None:
        """A filled cell; `code` is None where its format says nothing of a number."""
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)
        if code is not None:
            self.codes[row, column] = code

    def check(self) -> None:
        """UnreadableError where the rectangle is too big."""
        if self.bottom >= 0:
            check_size((self.bottom - self.top + 1) * (self.right - self.left + 1))


def check_size(cells: int) -> None:
    """UnreadableError where a sheet has more cells than are read."""
    if cells > MOST_CELLS:
        raise UnreadableError(Message("sheet_too_big", cells=cells, most=MOST_CELLS))
