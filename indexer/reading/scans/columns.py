"""Bands and columns: which boxes of a page stand beside each other, and whether it is set in columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from indexer.reading.scans.ocr import RecognisedLine

Band = list[RecognisedLine]
"""Boxes that stand beside each other, from left to right."""
_OVERLAP = 0.5  # of the lower of two boxes: how far they are level, to stand beside each other
_FEWEST = 6  # bands of two columns
_GUTTER = 0.4  # units between the boxes of two columns, at least: boxes are padded
_NARROWEST = 9  # units of a column's usual line
_FILLED = 0.8  # of a column's width: how far its usual line goes


def bands_of(lines: Sequence[RecognisedLine]) -> list[Band]:
    """The bands of a page, from its top down."""
    bands: list[Band] = []
    for line in sorted(lines, key=_middle):
        if bands and _is_level(bands[-1], line):
            bands[-1].append(line)
        else:
            bands.append([line])
    return [sorted(band, key=lambda line: line.box[0]) for band in bands]


def columns_of(bands: Sequence[Band], unit: float) -> list[list[Band]]:
    """The bands as blocks in reading order: what is set in two columns, the left one first."""
    blocks: list[list[Band]] = [[]]
    at = 0
    while at < len(bands):
        gutter, end = _gutter(bands, at, unit)
        run = bands[at:end]
        sides = [
            [[line for line in band if (line.box[0] < gutter) == left] for band in run]
            for left in (True, False)
        ]
        if end - at >= _FEWEST and all(_is_print(side, unit) for side in sides):
            blocks += [[band for band in side if band] for side in sides]
            blocks.append([])
            at = end
        else:
            blocks[-1].append(bands[at])
            at += 1
    return [block for block in blocks if block]


def _middle(line: RecognisedLine) -> float:
    return (line.box[1] + line.box[3]) / 2


def _is_level(band: Band, line: RecognisedLine) -> bool:
    """Whether a box stands beside those of the band."""
    top, bottom = band[-1].box[1], band[-1].box[3]
    level = min(bottom, line.box[3]) - max(top, line.box[1])
    return level > _OVERLAP * min(bottom - top, line.box[3] - line.box[1])


def _gutter(bands: Sequence[Band], at: int, unit: float) -> tuple[float, int]:
    """The middle of the gap between two columns that begin in a band, and where they end."""
    gaps = [(one.box[2], two.box[0]) for one, two in pairwise(bands[at])]
    gap = max(gaps, key=lambda gap: gap[1] - gap[0], default=(0.0, 0.0))
    for end in range(at, len(bands)):
        left, right = _narrowed(gap, bands[end])
        if right - left < _GUTTER * unit:
            return sum(gap) / 2, end
        gap = left, right
    return sum(gap) / 2, len(bands)


def _narrowed(gap: tuple[float, float], band: Band) -> tuple[float, float]:
    """What a band leaves of a gap: a box is on the side that its middle is on."""
    left, right = gap
    for line in band:
        if line.box[0] + line.box[2] < sum(gap):
            left = max(left, line.box[2])
        else:
            right = min(right, line.box[0])
    return left, right


def _is_print(side: Sequence[Band], unit: float) -> bool:
    """Whether one side of a gap is a column of print, and not cells of a table."""
    lines = [line for band in side for line in band]
    if 2 * len(lines) < len(side) or any(len(band) > 1 for band in side):
        return False
    width = max(line.box[2] for line in lines) - min(line.box[0] for line in lines)
    usual = median(line.box[2] - line.box[0] for line in lines)
    return usual >= _NARROWEST * unit and usual >= _FILLED * width
