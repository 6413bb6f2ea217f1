"""Long pictures, such as a page that a phone saved whole: cut into strips between their lines."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indexer.reading.scans.boxes import Pixels

_LONG = 2.5  # of its width: how high a picture is that is no sheet of paper
_STRIP = 1.4  # of its width: how high a strip is, as sheets of paper are
_AROUND = 100  # of its width: how many rows are looked at together
_SOUGHT = 0.2  # of a strip's height, at its foot, where it may end


def strips(pixels: Pixels) -> Iterator[Pixels]:
    """The picture, or its strips from the top down: each ends where a row is all of one colour."""
    height, width = pixels.shape[:2]
    if height < _LONG * width:
        yield pixels
        return
    whole = round(_STRIP * width)
    top = 0
    while height - top > whole:
        sought = pixels[top + round((1 - _SOUGHT) * whole) : top + whole]
        bottom = top + whole - sought.shape[0] + _quietest(sought)
        yield pixels[top:bottom]
        top = bottom
    yield pixels[top:]


def _quietest(rows: Pixels) -> int:
    """How many rows stand above the middle of those in which colours differ least."""
    around: int = max(1, rows.shape[1] // _AROUND)
    spread = np.round(rows.mean(axis=2).std(axis=1))
    smooth = np.convolve(spread, np.ones(around), mode="valid")
    last = len(smooth) - 1 - int(np.argmin(smooth[::-1]))
    return last + around // 2 + 1
