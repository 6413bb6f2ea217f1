"""Pages of a PDF that hold no text that could be read are shown as pictures, and recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from indexer.messages import Message
from indexer.model import Dropped
from indexer.reading.document import RawLine
from indexer.reading.lines import dropped
from indexer.reading.pdf.file import Handle, OpenPdf
from indexer.reading.scans.layout import page_text
from indexer.reading.scans.ocr import recognise
from indexer.reading.scans.paragraphs import PageText, join
from indexer.text.fold import fold

Pixels = NDArray[np.uint8]
"""A picture: height × width × 3 (RGB)."""
DPI = 200
"""At which pages are recognised."""
MOST_PIXELS = 20_000_000
"""Of one picture: A3 at 200 dpi has 8 million. A larger page is shown smaller."""
_POINTS = 72  # an inch
_FEWEST = 3  # pages that have a running line; 2 where there are no more than _SHORT
_SHORT = 4

Scans = Callable[[Iterable[tuple[int, Pixels]]], tuple[Sequence[RawLine], Sequence[Dropped]]]
"""Reads pages that follow one another: each its number and its picture."""


def read_scans(
    pages: Iterable[tuple[int, Pixels]],
) -> tuple[Sequence[RawLine], Sequence[Dropped]]:
    """The lines of pages. UnreadableError where the extra `ocr` is not installed."""
    return join(without_running([page_text(recognise(pixels), at) for at, pixels in pages]))


def without_running(pages: Sequence[PageText]) -> list[PageText]:
    """The pages without the lines that many of them begin or end with: running heads and feet."""
    fewest = 2 if len(pages) <= _SHORT else _FEWEST
    kept = list(pages)
    for at in (0, -1):
        edges = Counter(fold(page.lines[at].text) for page in kept if len(page.lines) > 1)
        running = {text for text, times in edges.items() if text and times >= fewest}
        for number, page in enumerate(kept):
            if len(page.lines) > 1 and fold(page.lines[at].text) in running:
                kept[number] = _without(page, at)
    return kept


def _without(page: PageText, at: int) -> PageText:
    """A page without its first line (0) or its last (-1)."""
    gone = (*page.dropped, *dropped(page.lines[at].text, Message("dropped_running")))
    lines = page.lines[1:] if at == 0 else page.lines[:-1]
    return page._replace(lines=lines, dropped=gone)


def pictures(pdf: OpenPdf, numbers: Iterable[int]) -> Iterator[tuple[int, Pixels]]:
    """The pages of these numbers as pictures, one at a time."""
    for number in numbers:
        with pdf.page(number) as page:
            if page:
                yield number, picture_of(page, DPI)


def picture_of(page: Handle, dpi: float, most: int = MOST_PIXELS) -> Pixels:
    """A page on white, as height × width × 3 (RGB), `most` pixels."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(dpi / _POINTS, (most / max(width * height, 1)) ** 0.5)
    across, down = (min(max(1, round(side * scale)), most) for side in (width, height))
    pixels = np.full((down, across, 4), 255, np.uint8)
    bitmap = pdfium.FPDFBitmap_CreateEx(
        across, down, pdfium.FPDFBitmap_BGRx, pixels.ctypes.data, across * 4
    )
    try:
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, flags)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return np.ascontiguousarray(pixels[:, :, :3])
