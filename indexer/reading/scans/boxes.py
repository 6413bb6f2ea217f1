"""Geometry of a scan: boxes as four corners, turning and straightening a page, cutting lines out.

A page is its pixels, height × width × 3; boxes are n × 4 × 2, from the upper left corner with the
clock, in pixels.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Corners = NDArray[np.float32]
Rect = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""
_STRAIGHT = 0.001  # radians of a skew that is none: a pixel in a thousand
_COLUMN = 3.0  # of its width: how high a box is that holds characters one below the other


def sizes(corners: Corners) -> tuple[Corners, Corners]:
    """Widths and heights of boxes, along their sides."""
    widths = np.linalg.norm(corners[:, 0] - corners[:, 1], axis=1)
    return widths, np.linalg.norm(corners[:, 0] - corners[:, 3], axis=1)


def turned(pixels: Pixels, corners: Corners) -> tuple[Pixels, Corners]:
    """The page turned by 90° against the clock."""
    width = pixels.shape[1]
    x, y = corners[:, :, 0], corners[:, :, 1]
    onto = np.stack([y, width - x], axis=2)
    return np.ascontiguousarray(np.rot90(pixels)), np.roll(onto, -1, axis=1)


def straightened(pixels: Pixels, corners: Corners) -> tuple[Pixels, Corners]:
    """The page turned by the few degrees that its longest lines are skewed by, in their median."""
    import cv2

    along = corners[:, 1] - corners[:, 0]
    long = along[:, 0] >= along[:, 0].max() / 2  # those of short boxes are coarse
    angle = float(np.median(np.arctan2(along[long, 1], along[long, 0])))
    if abs(angle) < _STRAIGHT:
        return pixels, corners
    height, width = pixels.shape[:2]
    cos, sin = np.cos(angle), np.sin(angle)
    shift = (max(0.0, -sin * height), max(0.0, sin * width))  # no corner of the page is cut off
    matrix = np.array([[cos, sin, shift[0]], [-sin, cos, shift[1]]], dtype=np.float32)
    size = (int(width * cos + height * abs(sin)), int(height * cos + width * abs(sin)))
    straight = cv2.warpAffine(
        pixels, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return straight, corners @ matrix[:, :2].T + matrix[:, 2]


def crop(pixels: Pixels, box: Corners) -> Pixels:
    """The line in a box; characters one below the other lie on their side."""
    import cv2

    widths, heights = sizes(box[np.newaxis])
    width, height = max(1, int(widths[0])), max(1, int(heights[0]))
    onto = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(box, onto)
    cut: Pixels = cv2.warpPerspective(
        pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.ascontiguousarray(np.rot90(cut)) if height >= _COLUMN * width else cut


def bounds(box: Corners) -> Rect:
    """The rectangle around a box."""
    (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def corners_of(rect: Rect) -> Corners:
    """A rectangle as a box."""
    left, top, right, bottom = rect
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], dtype=np.float32)
