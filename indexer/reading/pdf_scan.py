"""Pages of a PDF that hold no text that could be read are shown as pictures, and recognised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from indexer.model import Dropped
from indexer.reading.document import RawLine
from indexer.reading.layout_of_scan import page_text
from indexer.reading.ocr import recognise
from indexer.reading.paragraphs_of_scan import join
from indexer.reading.pdf_file import Handle, OpenPdf

Pixels = NDArray[np.uint8]
"""A picture: height × width × 3 (RGB)."""
DPI = 200
"""At which pages are recognised."""
MOST_PIXELS = 20_000_000
"""Of one picture: A3 at 200 dpi has 8 million. A larger page is shown smaller."""
_POINTS = 72  # an inch

Scans = Callable[[Iterable[tuple[int, Pixels]]], tuple[Sequence[RawLine], Sequence[Dropped]]]
"""Reads pages that follow one another: each its number and its picture."""


def read_scans(
    pages: Iterable[tuple[int, Pixels]],
) -> tuple[Sequence[RawLine], Sequence[Dropped]]:
    """The lines of pages. UnreadableError where the extra `ocr` is not installed."""
    return join(page_text(recognise(pixels), number) for number, pixels in pages)


def pictures(pdf: OpenPdf, numbers: Iterable[int]) -> Iterator[tuple[int, Pixels]]:
    """The pages of these numbers as pictures, one at a time."""
    for number in numbers:
        with pdf.page(number) as page:
            if page:
                yield number, picture_of(page, DPI)


def picture_of(page: Handle, dpi: float) -> Pixels:
    """A page on white, as height × width × 3 (RGB)."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(dpi / _POINTS, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    across, down = (min(max(1, round(side * scale)), MOST_PIXELS) for side in (width, height))
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
