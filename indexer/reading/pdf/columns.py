"""The order in which the rows of a page are read, where text stands in columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.reading.pdf.glyphs import Glyph
from indexer.reading.pdf.lines import fragments

Row = list[Glyph]
_FEWEST = 3  # rows of a column
_NARROWEST = 8.0  # em that the lines of a column take, in the mean
_FULL = 0.4  # share of the left column's lines that reach its right edge
_REACH = 2.0  # em by which a line may fall short of that edge
_TRIED = 8  # gutters
_DEPTH = 3  # columns within columns


class Block(NamedTuple):
    """Rows that are read one after another; `column`: they stand beside others."""

    rows: list[Row]
    column: bool


def in_order(rows: Sequence[Row], *, depth: int = 0) -> list[Block]:
    """The rows of a page, which are given from the top, as blocks in the order of reading."""
    parts = [fragments(row) for row in rows]
    best = (
        max((_cut(parts, x) for x in _gutters(parts)), key=_gain, default=[])
        if depth < _DEPTH
        else []
    )
    if not _gain(best):
        return [Block(list(rows), column=depth > 0)] if rows else []
    found: list[Block] = []
    for stretch in best:
        for side in (stretch.left, stretch.right) if stretch.divided else ():
            found += in_order(side, depth=depth + 1)
        if not stretch.divided:
            found.append(Block(stretch.left, column=depth > 0))
    return found


class _Stretch(NamedTuple):
    """Rows that a gutter divides, or, all in `left`, rows that it does not."""

    left: list[Row]
    right: list[Row]
    divided: bool


def _gutters(parts: Sequence[Sequence[Row]]) -> list[float]:
    """Where columns may part: the middles of wide gaps, the commonest first."""
    gaps: Counter[int] = Counter()
    for row in parts:
        for before, after in pairwise(row):
            gaps[round((before[-1].right + after[0].left) / 20)] += 1
    return [10.0 * middle for middle, _ in gaps.most_common(_TRIED)]


def _cut(parts: Sequence[Sequence[Row]], gutter: float) -> list[_Stretch]:
    """The rows by whether the gutter runs through them."""
    found: list[_Stretch] = []
    run: list[Sequence[Row]] = []
    for row in [*parts, None]:
        if row is not None and not any(part[0].left < gutter < part[-1].right for part in row):
            run.append(row)
            continue
        if run:
            found.append(_stretch(run, gutter))
            run = []
        if row is not None:
            found.append(_Stretch([_whole(row)], [], divided=False))
    return _merged(found)


def _stretch(run: Sequence[Sequence[Row]], gutter: float) -> _Stretch:
    left = [[p for p in row if p[-1].right <= gutter] for row in run]
    right = [[p for p in row if p[0].left >= gutter] for row in run]
    sides = [[_whole(row) for row in side if row] for side in (left, right)]
    if all(map(_is_column, sides)) and _is_justified(sides[0]):
        return _Stretch(sides[0], sides[1], divided=True)
    return _Stretch([_whole(row) for row in run], [], divided=False)


def _merged(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Neighbours that nothing divides as one."""
    found: list[_Stretch] = []
    for stretch in stretches:
        if found and not found[-1].divided and not stretch.divided:
            found[-1].left.extend(stretch.left)
        else:
            found.append(stretch)
    return found


def _whole(row: Sequence[Row]) -> Row:
    return [glyph for part in row for glyph in part]


def _is_column(side: Sequence[Row]) -> bool:
    if len(side) < _FEWEST:
        return False
    return sum(_width(row) for row in side) >= _NARROWEST * len(side)


def _is_justified(side: Sequence[Row]) -> bool:
    edge = max(row[-1].right for row in side)
    full = sum(edge - row[-1].right < _REACH * row[-1].size for row in side)
    return full >= _FULL * len(side)


def _width(row: Row) -> float:
    """In em."""
    return (row[-1].right - row[0].left) / row[0].size


def _gain(stretches: Sequence[_Stretch]) -> int:
    """How many rows stand in columns."""
    return sum(len(s.left) + len(s.right) for s in stretches if s.divided)
