"""Office documents that are one XML file: of Word and Excel 2003, a DOCX in one piece, a flat ODT or ODS.

Programs hand them out as .doc and .xls, for Word and Excel open them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.office import docx, ods, odt, sheet_xml
from indexer.reading.office.odf_styles import Styles
from indexer.reading.office.package import DAMAGE, parsed
from indexer.reading.table import Book

OFFICE_XML = re.compile(
    rb"(?:\s|<!--.*?-->|<\?[^>]*\?>)*<(?:\w+:)?(?:"
    rb"wordDocument\b[^>]*office/word/2003/wordml|Workbook\b[^>]*microsoft-com:office:spreadsheet"
    rb"|package\b[^>]*office/2006/xmlPackage|document\b[^>]*opendocument:xmlns:office)",
    re.DOTALL,
)
"""How such a file begins."""


def read_office_xml(data: bytes) -> Book:
    """The lines of a document or workbook, and its hidden sheets.

    UnreadableError where it is damaged, or neither.
    """
    try:
        return _read(parsed(data))
    except DAMAGE as error:
        raise UnreadableError(Message("broken_document", error=str(error)[:200])) from None


def _read(root: Element) -> Book:
    if root.tag == "Workbook":
        return sheet_xml.book_of(root)
    if root.tag == "wordDocument":
        return Book(docx.text_of(_word_2003(root)), ())
    if root.tag == "package":
        return Book(docx.text_of(_in_one_piece(root)), ())
    body = root.find("body")
    if body is None:
        raise UnreadableError(Message("no_document"))
    if body.find("text") is not None:
        return Book(odt.text_of(body, Styles(root)), ())
    return ods.book_of(body, Styles(root))


def _word_2003(root: Element) -> Callable[[str], Element | None]:
    """The parts as a DOCX names them. Numbers of lists stand at their paragraphs."""
    parts = {"word/document.xml": root, "word/styles.xml": root.find("styles")}
    return parts.get


def _in_one_piece(root: Element) -> Callable[[str], Element | None]:
    parts = {part.get("name", "").lstrip("/"): part.find("xmlData/*") for part in root}
    return parts.get
