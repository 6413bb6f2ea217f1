"""Tables without lines: rows whose parts stand below one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.model import Place
from indexer.reading.document import RawLine
from indexer.reading.lines import row_of
from indexer.reading.pdf.glyphs import Glyph
from indexer.reading.pdf.lines import fragments, printed

_FEWEST = 3  # rows of a table
_SURE = 3  # columns that need no figures to be a table
_FIGURES = 0.5  # share of the cells beside the first that hold a digit, where columns are fewer

Row = Sequence[Glyph]


class Run(NamedTuple):
    """Rows that follow one another: of a table, or of text."""

    rows: list[Row]
    table: bool


def runs(rows: Sequence[Row]) -> Iterator[Run]:
    """The rows, those of tables by themselves."""
    text: list[Row] = []
    for group in _groups(rows):
        if _is_table(group):
            if text:
                yield Run(text, table=False)
            yield Run(group, table=True)
            text = []
        else:
            text += group
    if text:
        yield Run(text, table=False)


def cells_of(row: Row, page: int) -> RawLine | None:
    """The row of a table as a line."""
    line = row_of(printed(part).text for part in fragments(row))
    return line and RawLine(line.text, row=True, place=Place(page, page))


def _groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows, parted where one has not the columns of the one above."""
    group: list[Row] = []
    for row in rows:
        if group and not _are_aligned(fragments(group[-1]), fragments(row)):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _are_aligned(above: Sequence[Row], below: Sequence[Row]) -> bool:
    """Whether two rows have as many parts, several, and each stands below its like alone."""
    if len(above) != len(below) or len(above) < 2:
        return False
    over = all(_overlap(a, b) for a, b in zip(above, below, strict=True))
    aside = (
        pair
        for (a, after_a), (b, after_b) in zip(pairwise(above), pairwise(below), strict=True)
        for pair in ((a, after_b), (b, after_a))
    )
    return over and not any(_overlap(a, b) for a, b in aside)


def _overlap(one: Row, other: Row) -> bool:
    return one[0].left < other[-1].right and other[0].left < one[-1].right


def _is_table(rows: Sequence[Row]) -> bool:
    cut = [fragments(row) for row in rows]
    if len(rows) < _FEWEST or len(cut[0]) < 2:
        return False
    others = [part for parts in cut for part in parts[1:]]
    figures = sum(any(glyph.text.isdigit() for glyph in part) for part in others)
    return len(cut[0]) >= _SURE or figures >= _FIGURES * len(others)
