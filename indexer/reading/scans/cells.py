"""Tables with ruled lines on a scan: where their cells are, and which boxes of text stand in which.

The detector of text knows no rules: it joins what stands in cells or columns beside each other, and
misses single digits. Lengths are in pixels, or in ems, the width of a Chinese character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.reading.scans.boxes import Rect

Mask = NDArray[np.uint8]

_ACROSS, _DOWN = 2.5, 1.5  # ems of a line that is a rule; no stroke of a character is as long
_DARKER = 14  # than what surrounds it, of 255: ink
_TABLE = (6.0, 1.5)  # ems that a table is wide and high, at least
_CELL = (0.7, 0.9)  # ems that a cell is wide and high, at least
_FILLED = 0.6  # of the rectangle around it that a cell fills
_SAME_ROW = 0.5  # ems that the upper edges of a row's cells differ, at most
_INSIDE = 0.5  # of a box's height that lies in a cell, where the box belongs to it
_REACHES = 0.5  # ems that a box reaches into a cell, where part of it belongs there
_MARK = 0.4  # ems that a character is high, at least: less is dirt
_GAP = 1.6  # ems without ink in a box, where what stands beside it is not one line
_DIRT = 0.04  # of a box's height: how much ink in a column of pixels is none
_BEFORE = 2.6  # ems before a box in which a number may stand
_STROKE = 0.5  # ems of ink, at least, that are one
_PAD = 0.25  # ems around a character that the detector missed


class Cell(NamedTuple):
    """Which table of the page, from its top, which row of it, which cell of those that begin there."""

    table: int
    row: int
    column: int


class Piece(NamedTuple):
    """A rectangle with a line of text in it, and the cell that it stands in."""

    rect: Rect
    cell: Cell | None


def in_pieces(page: Mask, boxes: Sequence[Rect], em: float) -> list[Piece]:
    """The boxes, those that reach over a rule or a wide gap divided there, and what the detector
    missed in cells.

    `page` is grey, upright and straight.
    """
    ink = _ink(page, em)
    cells = [
        (cell, rect) for table in enumerate(_tables(ink, em)) for cell, rect in _numbered(table, em)
    ]
    pieces = [
        piece
        for box in boxes
        for piece in _divided(box, cells, em)
        or [Piece(part, None) for part in _at_gaps(ink, box, em)]
    ]
    limits = dict(cells)
    pieces = [_whole(piece, pieces, ink, limits, em) for piece in pieces]
    filled = {piece.cell for piece in pieces}
    missed = (
        Piece(rect, cell)
        for cell, inside in cells
        if cell not in filled
        for rect in _missed(ink, inside, em)
    )
    return [*pieces, *missed]


def _ink(page: Mask, em: float) -> Mask:
    import cv2

    smooth = cv2.GaussianBlur(page, (3, 3), 0)
    around = 2 * int(em) + 1
    ink: Mask = cv2.adaptiveThreshold(
        smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, _DARKER
    )
    return ink


def _tables(ink: Mask, em: float) -> Iterator[list[Rect]]:
    """The cells of each table, from the top of the page down."""
    import cv2

    flat, tall = np.ones((1, int(_ACROSS * em)), np.uint8), np.ones((int(_DOWN * em), 1), np.uint8)
    across = cv2.morphologyEx(cv2.dilate(ink, np.ones((3, 1), np.uint8)), cv2.MORPH_OPEN, flat)
    down = cv2.morphologyEx(cv2.dilate(ink, np.ones((1, 3), np.uint8)), cv2.MORPH_OPEN, tall)
    across = cv2.dilate(across, np.ones((1, int(em)), np.uint8))  # over breaks in a faint rule
    down = cv2.dilate(down, np.ones((int(em), 1), np.uint8))
    rules = cv2.dilate(across | down, np.ones((5, 5), np.uint8))
    _, labels, found, _ = cv2.connectedComponentsWithStats(rules, connectivity=8)
    for at, (left, top, width, height, _) in enumerate(found):
        if at and width >= _TABLE[0] * em and height >= _TABLE[1] * em:
            within = labels[top : top + height, left : left + width]
            cells = list(_holes((within != at).astype(np.uint8), (int(left), int(top)), em))
            if len(cells) > 1:
                yield cells


def _holes(open_: Mask, corner: tuple[int, int], em: float) -> Iterator[Rect]:
    """What the rules of a table enclose; at its sides there may be none."""
    import cv2

    _, _, found, _ = cv2.connectedComponentsWithStats(open_, connectivity=4)
    for left, top, width, height, area in found[1:]:
        whole = area >= _FILLED * width * height  # not a margin around several cells
        if whole and width >= _CELL[0] * em and height >= _CELL[1] * em:
            x, y = float(left + corner[0]), float(top + corner[1])
            yield x, y, x + float(width), y + float(height)


def _numbered(table: tuple[int, list[Rect]], em: float) -> Iterator[tuple[Cell, Rect]]:
    """The cells of a table, each in the row that it begins in."""
    at, cells = table
    rows: list[list[Rect]] = []
    for rect in sorted(cells, key=lambda rect: rect[1]):
        if rows and rect[1] - rows[-1][0][1] < _SAME_ROW * em:
            rows[-1].append(rect)
        else:
            rows.append([rect])
    for row, inside in enumerate(rows):
        for column, rect in enumerate(sorted(inside)):
            yield Cell(at, row, column), rect


def _divided(box: Rect, cells: Iterable[tuple[Cell, Rect]], em: float) -> list[Piece]:
    """The parts of a box in each cell."""
    parts: list[Piece] = []
    for cell, inside in cells:
        left, top = max(box[0], inside[0]), max(box[1], inside[1])
        right, bottom = min(box[2], inside[2]), min(box[3], inside[3])
        if bottom - top >= _INSIDE * (box[3] - box[1]) and right - left >= _REACHES * em:
            parts.append(Piece((left, top, right, bottom), cell))
    return parts


def _at_gaps(ink: Mask, box: Rect, em: float) -> list[Rect]:
    """The box, divided where it reaches over a gap as wide as that between columns of print."""
    left, top, right, bottom = (max(0, round(side)) for side in box)
    inked = (ink[top:bottom, left:right] > 0).mean(axis=0) > _DIRT
    marks = np.flatnonzero(inked)
    ends = np.flatnonzero(np.diff(marks) >= _GAP * em)
    if not len(ends):
        return [box]
    cuts = [left + float(marks[at] + marks[at + 1]) / 2 for at in ends]
    half = _GAP * em / 2
    sides = [box[0], *(side for cut in cuts for side in (cut - half, cut + half)), box[2]]
    return [
        (side[0], box[1], side[1], box[3]) for side in zip(sides[::2], sides[1::2], strict=True)
    ]


def _whole(
    piece: Piece, others: Iterable[Piece], ink: Mask, cells: Mapping[Cell, Rect], em: float
) -> Piece:
    """The piece with the number before it: the detector overlooks the one stroke of 一、."""
    left, top, right, bottom = piece.rect
    inside = cells.get(piece.cell) if piece.cell else None
    start = max(left - _BEFORE * em, inside[0] + 2 if inside else 0.0)
    for (x0, y0, x1, y1), _ in others:
        if x0 < left and x1 > start and y0 < bottom and y1 > top:
            return piece
    middle = slice(round(top + 0.2 * (bottom - top)), round(bottom - 0.2 * (bottom - top)))
    marks = np.flatnonzero((ink[middle, round(start) : round(left)] > 0).sum(axis=0) > 1)
    if len(marks) < _STROKE * em:
        return piece
    return Piece((max(start, start + float(marks[0]) - _PAD * em), top, right, bottom), piece.cell)


def _missed(ink: Mask, inside: Rect, em: float) -> Iterator[Rect]:
    """Around the ink in a cell that has a line's height."""
    import cv2

    left, top, right, bottom = (round(side) for side in inside)
    _, _, found, _ = cv2.connectedComponentsWithStats(
        ink[top + 2 : bottom - 2, left + 2 : right - 2]
    )
    marks = [mark for mark in found[1:] if mark[3] >= _MARK * em]
    if not marks:
        return
    x = (min(m[0] for m in marks), max(m[0] + m[2] for m in marks))
    y = (min(m[1] for m in marks), max(m[1] + m[3] for m in marks))
    if y[1] - y[0] <= 1.5 * em:
        pad = _PAD * em
        yield (
            max(inside[0], left + 2 + x[0] - pad),
            max(inside[1], top + 2 + y[0] - pad),
            min(inside[2], left + 2 + x[1] + pad),
            min(inside[3], top + 2 + y[1] + pad),
        )
