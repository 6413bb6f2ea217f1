"""From a PDF's own space, whose origin is somewhere below, to the page as it is shown."""

from __future__ import annotations

from ctypes import byref
from typing import NamedTuple

import pypdfium2.raw as pdfium

from indexer.reading.pdf.file import Handle

_FARTHEST = 1e7  # points


class Box(NamedTuple):
    """A rectangle in points of the page as it is shown; the origin is its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Frame(NamedTuple):
    """The part of the space that is shown, and by how many quarters it is turned, clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int = 0

    @property
    def width(self) -> float:
        """Points from left to right of the page as it is shown."""
        return self.top - self.bottom if self.quarters % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.quarters % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the space is shown."""
        if self.quarters == 0:
            return x - self.left, self.top - y
        if self.quarters == 1:
            return y - self.bottom, x - self.left
        if self.quarters == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """Where a vector of the space points on the page as it is shown, y downwards."""
        return ((x, -y), (y, x), (-x, y), (-y, -x))[self.quarters]


def is_possible(*lengths: float) -> bool:
    """Whether these can be points of a page: in damaged files numbers may be infinite, or none."""
    return all(abs(length) < _FARTHEST for length in lengths)


def frame_of(page: Handle) -> Frame:
    """The frame of a page."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, byref(box))
    quarters = pdfium.FPDFPage_GetRotation(page) % 4
    return Frame(box.left, box.bottom, box.right, box.top, quarters)
