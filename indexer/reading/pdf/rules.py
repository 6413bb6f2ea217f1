"""The straight lines that are drawn on a PDF's page, and the part of it that pictures cover."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, c_int
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import pypdfium2.raw as pdfium

from indexer.reading.pdf.file import Handle
from indexer.reading.pdf.frame import Box, Frame, is_possible

MOST_OBJECTS = 100_000
"""Objects of one page that are looked at, at most."""
_MOST_POINTS = 2_000  # of one path: a rule has two, a drawing any number
_DEPTH = 8  # forms within forms
_THIN = 3.0  # points: what is filled and no thicker is a line
_STRAIGHT = 0.5  # points by which a line may slant
_LEAST = 4.0  # points of length

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]
_UNIT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Rule(NamedTuple):
    """A line from `start` to `end` at `at`: a height if it is `level`, else a distance from the left.

    In points of the page as it is shown.
    """

    level: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Drawn:
    """What of a page is no text: its lines, the boxes of its pictures, how many paths it has."""

    rules: list[Rule] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    paths: int = 0


def drawn_on(page: Handle, frame: Frame) -> Drawn:
    """What is drawn on a page."""
    drawn = Drawn()
    for kind, thing, matrix in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            corners = [_moved(matrix, x, y) for x, y in ((0, 0), (0, 1), (1, 0), (1, 1))]
            drawn.pictures.append(_around([frame.point(*corner) for corner in corners]))
        else:
            drawn.paths += 1
            drawn.rules += _rules(thing, matrix, frame)
    return drawn


def _objects(page: Handle) -> Iterator[tuple[int, Handle, _Matrix]]:
    """Kind, handle and matrix of each path and picture, those in forms too."""
    left = MOST_OBJECTS
    things = ((pdfium.FPDFPage_GetObject(page, at), _UNIT, 0) for at in _up_to(_count(page)))
    stack: list[Iterator[tuple[Handle, _Matrix, int]]] = [things]
    while stack and left:
        thing, outer, depth = next(stack[-1], (None, _UNIT, -1))
        if depth < 0:
            stack.pop()
            continue
        left -= 1
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind not in (
            *(pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM),
        ):
            continue
        matrix = _within(_matrix(thing), outer)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield kind, thing, matrix
        elif depth < _DEPTH:
            stack.append(_parts(thing, matrix, depth + 1))


def _parts(form: Handle, matrix: _Matrix, depth: int) -> Iterator[tuple[Handle, _Matrix, int]]:
    for at in _up_to(pdfium.FPDFFormObj_CountObjects(form)):
        yield pdfium.FPDFFormObj_GetObject(form, at), matrix, depth


def _count(page: Handle) -> int:
    return int(pdfium.FPDFPage_CountObjects(page))


def _up_to(count: int) -> range:
    return range(min(count, MOST_OBJECTS))


def _matrix(thing: Handle) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, byref(found)):
        return _UNIT
    return found.a, found.b, found.c, found.d, found.e, found.f


def _within(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """Both matrices, the inner first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u  # fmt: skip


def _moved(matrix: _Matrix, x: float, y: float) -> _Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(points: list[_Point]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


def _rules(path: Handle, matrix: _Matrix, frame: Frame) -> Iterator[Rule]:
    """The lines of a path: of one that is stroked each side, of one that is filled if it is thin."""
    fill, stroke = c_int(), c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke)):
        return
    for points in _outlines(path):
        shown = [frame.point(*_moved(matrix, *point)) for point in points]
        box = _around(shown)
        if min(box.width, box.height) <= _THIN:
            yield from _line((box.left, box.top), (box.right, box.bottom), slack=_THIN)
        elif stroke.value:
            for start, end in pairwise(shown):
                yield from _line(start, end, slack=_STRAIGHT)


def _line(start: _Point, end: _Point, *, slack: float) -> Iterator[Rule]:
    """The rule between two points; none where it slants or is too short."""
    width, height = abs(end[0] - start[0]), abs(end[1] - start[1])
    if not is_possible(*start, *end):
        return
    if max(width, height) < _LEAST or min(width, height) > slack:
        return
    way = 0 if width >= height else 1
    at = (start[1 - way] + end[1 - way]) / 2
    yield Rule(way == 0, at, min(start[way], end[way]), max(start[way], end[way]))


def _outlines(path: Handle) -> Iterator[list[_Point]]:
    """The runs of straight lines of a path; where one closes, its first point again."""
    x, y = c_float(), c_float()
    points: list[_Point] = []
    for at in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_POINTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        if not pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y)):
            return
        if pdfium.FPDFPathSegment_GetType(segment) != pdfium.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            yield [*points, points[0]]
            points = points[:1]
    if len(points) > 1:
        yield points
