"""A PDF that is open: its pages, one at a time, by pdfium, which is no library for two threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_void_p
from dataclasses import dataclass
from threading import RLock
from typing import Any

import pypdfium2.raw as pdfium

from indexer.errors import UnreadableError
from indexer.messages import Message

MARK = b"%PDF-"
"""How a PDF begins, within its first bytes (MARK_WITHIN): some servers write lines above it."""
MARK_WITHIN = 1_024
_PASSWORD, _SECURITY = pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY
_BUSY = RLock()

Handle = Any
"""What pdfium calls a document, page or object by."""


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """`pages` is their number as the file states it; a damaged file may lack some of them."""

    handle: Handle
    pages: int

    @contextmanager
    def page(self, number: int) -> Iterator[Handle | None]:
        """A page, counted from 1; None where the file does not have what it states."""
        page = pdfium.FPDF_LoadPage(self.handle, number - 1)
        try:
            yield page or None
        finally:
            if page:
                pdfium.FPDF_ClosePage(page)


@contextmanager
def open_pdf(data: bytes) -> Iterator[OpenPdf]:
    """The file, open; other threads wait. UnreadableError where it is damaged or has a password."""
    with _BUSY:
        handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not handle:
            raise UnreadableError(_reason(pdfium.FPDF_GetLastError()))
        try:
            yield OpenPdf(handle, pdfium.FPDF_GetPageCount(handle))
        finally:
            pdfium.FPDF_CloseDocument(handle)


def address(handle: Handle) -> int:
    """What tells two of pdfium's objects apart; 0 for none."""
    return c_void_p.from_buffer(handle).value or 0 if handle else 0


def _reason(error: int) -> Message:
    if error in (_PASSWORD, _SECURITY):
        return Message("encrypted")
    return Message("pdf_damaged")
