"""PDF: the text of its pages as paragraphs and table rows, each with the pages that it stands on.

Pages that hold no text, or text that is no text, are recognised (OCR) where that is installed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.model import Dropped
from indexer.reading.document import Document
from indexer.reading.page_done import page_done
from indexer.reading.pdf.file import OpenPdf, open_pdf
from indexer.reading.pdf.furniture import without_furniture
from indexer.reading.pdf.page import PageText, read_page
from indexer.reading.pdf.paragraphs import joined
from indexer.reading.pdf.scan import Scans, pictures, read_scans

MOST_PAGES = 2_000
"""Pages of one file, at most: a yearbook has 900."""


def read_pdf(data: bytes, scans: Scans = read_scans) -> Document:
    """The document in a PDF; `scans` reads the pages that have to be recognised.

    Raises UnreadableError where it is damaged, has a password or too many pages, and where no page
    has text and none can be recognised.
    """
    with open_pdf(data) as pdf:
        if pdf.pages > MOST_PAGES:
            raise UnreadableError(Message("pdf_too_long", pages=pdf.pages, most=MOST_PAGES))
        pages = [_page(pdf, number) for number in range(1, pdf.pages + 1)]
        warnings = [*_unmapped(pages), *_recognised(pdf, pages, scans)]
    gone = [*without_furniture(pages), *(piece for page in pages for piece in page.dropped)]
    lines, again = joined(pages)
    meta = {"url": url} if (url := _url(gone)) else {}
    return Document(tuple(lines), meta, (*gone, *again), "utf-8", "pdf", tuple(warnings))


def _page(pdf: OpenPdf, number: int) -> PageText:
    with pdf.page(number) as page:
        read = read_page(page, number) if page else PageText(number)
    page_done()
    return read


def _recognised(pdf: OpenPdf, pages: Sequence[PageText], scans: Scans) -> list[Message]:
    """Has the scanned pages read, those that follow one another together; says which were not."""
    left: list[int] = []
    for scanned, run in groupby(pages, key=lambda page: page.scanned):
        found = list(run)
        if not scanned:
            continue
        try:
            numbers = [page.number for page in found]
            found[0].recognised, gone = scans(pictures(pdf, numbers))
            found[0].dropped += gone
        except UnreadableError:
            if not any(page.parts for page in pages):
                raise UnreadableError(Message("pdf_scanned")) from None
            left += numbers
    return [Message("pdf_pages_scanned", pages=tuple(map(str, left)))] if left else []


def _unmapped(pages: Sequence[PageText]) -> list[Message]:
    count = sum(page.unmapped for page in pages)
    return [Message("pdf_unmapped", count=count)] if count else []


def _url(gone: Sequence[Dropped]) -> str:
    """Where the page was printed from, as the browser wrote below it."""
    for piece in gone:
        if piece.reason.key == "dropped_running" and piece.text.startswith("http"):
            url = piece.text.split()[0]
            return "" if url.endswith(("…", "...")) else url
    return ""
