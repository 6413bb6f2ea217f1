"""PDF: the text of its pages as paragraphs and table rows, each with the pages that it stands on."""

from __future__ import annotations

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.model import Dropped
from indexer.reading.document import Document, RawLine
from indexer.reading.pdf_file import open_pdf
from indexer.reading.pdf_furniture import without_furniture
from indexer.reading.pdf_page import PageText, read_page
from indexer.reading.pdf_paragraphs import joined

MOST_PAGES = 2_000
"""Pages of one file, at most: a yearbook has 900."""


def read_pdf(data: bytes) -> Document:
    """The document in a PDF.

    Raises UnreadableError where it is damaged, has a password, too many pages, or no text.
    """
    with open_pdf(data) as pdf:
        if pdf.pages > MOST_PAGES:
            raise UnreadableError(Message("pdf_too_long", pages=pdf.pages, most=MOST_PAGES))
        pages = []
        for number in range(1, pdf.pages + 1):
            with pdf.page(number) as page:
                pages.append(read_page(page, number) if page else PageText(number))
    if not any(page.parts for page in pages) and any(page.scanned for page in pages):
        raise UnreadableError(Message("pdf_scanned"))
    lines, gone = _lines(pages)
    return Document(lines, {}, gone, "utf-8", "pdf")


def _lines(pages: list[PageText]) -> tuple[tuple[RawLine, ...], tuple[Dropped, ...]]:
    gone = [piece for page in pages for piece in page.dropped]
    gone += without_furniture(pages)
    lines, again = joined(pages)
    return tuple(lines), (*gone, *again)
