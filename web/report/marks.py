"""A line cut into runs: hits and the quoted passage marked, table cells apart.

Spans are (start, end) in code points of the canonical text, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.model import Line
from search.model import Hit

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Text marked in one way; `hit` counts from 1, 0 is none; `opens` where a hit begins."""

    text: str
    hit: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Runs in or out of the quoted passage; `opens` on the piece where the passage begins."""

    runs: tuple[Run, ...]
    quoted: bool
    opens: bool


Cell = str | tuple[Piece, ...]
"""Plain text, where nothing is marked in it."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is to be marked in one report: hits in order and apart, and a passage."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    numbers: tuple[int, ...]
    quote: Span | None

    def cells(self, line: Line) -> tuple[Cell, ...]:
        """The cells of a table row."""
        start = line.start
        cells: list[Cell] = []
        for text in line.text.split("\t"):
            cells.append(self.cell(Line(text, start)))
            start += len(text) + 1
        return tuple(cells)

    def cell(self, cell: Line) -> Cell:
        """One cell, or a line that is no table row."""
        hit = bisect_right(self.ends, cell.start) < bisect_left(self.starts, cell.end)
        quoted = self.quote and self.quote[0] < cell.end and cell.start < self.quote[1]
        return tuple(self._pieces(cell)) if hit or quoted else cell.text

    def _pieces(self, cell: Line) -> Iterator[Piece]:
        first, last = self.quote or (cell.end, cell.end)
        first, last = (min(max(at, cell.start), cell.end) for at in (first, last))
        for start, end, quoted in (
            (cell.start, first, False), (first, last, True), (last, cell.end, False)
        ):  # fmt: skip
            if start < end:
                opens = quoted and self.quote is not None and start == self.quote[0]
                yield Piece(tuple(self._runs(cell, start, end)), quoted, opens)

    def _runs(self, cell: Line, start: int, end: int) -> Iterator[Run]:
        done = start
        low, high = bisect_right(self.ends, start), bisect_left(self.starts, end)
        for i in range(low, high):
            first, last = max(self.starts[i], start), min(self.ends[i], end)
            if done < first:
                yield Run(_cut(cell, done, first), 0, False)
            yield Run(_cut(cell, first, last), self.numbers[i], first == self.starts[i])
            done = last
        if done < end:
            yield Run(_cut(cell, done, end), 0, False)


def marks(hits: Iterable[Hit], quote: Span | None) -> Marks:
    """Hits that overlap become one mark with the number of its first; neighbours stay apart."""
    spans: list[tuple[int, int, int]] = []
    for number, hit in enumerate(hits, 1):
        if spans and hit.start < spans[-1][1]:
            start, end, first = spans[-1]
            spans[-1] = (start, max(end, hit.end), first)
        else:
            spans.append((hit.start, hit.end, number))
    starts, ends, numbers = zip(*spans, strict=True) if spans else ((), (), ())
    return Marks(starts, ends, numbers, quote)


def _cut(cell: Line, start: int, end: int) -> str:
    return cell.text[start - cell.start : end - cell.start]
