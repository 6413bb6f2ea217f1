"""One door for all formats: the bytes of a file to a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.archives.mail import mail_text
from indexer.reading.csv_table import read_csv
from indexer.reading.decode import decode
from indexer.reading.document import Document, Format
from indexer.reading.formats import READABLE, ending, format_of
from indexer.reading.front_matter import read_front_matter
from indexer.reading.html_page import read_html
from indexer.reading.markdown import read_markdown
from indexer.reading.mhtml import read_mhtml
from indexer.reading.office.doc import read_doc
from indexer.reading.office.docx import read_docx
from indexer.reading.office.ods import read_ods
from indexer.reading.office.odt import read_odt
from indexer.reading.office.office_xml import read_office_xml
from indexer.reading.office.rtf import read_rtf
from indexer.reading.office.sheets import read_sheets
from indexer.reading.pdf.read import read_pdf
from indexer.reading.plain import read_plain
from indexer.reading.readings import without_readings
from indexer.reading.scans.image import read_image


def _text(data: bytes) -> Document:
    decoded = decode(data)
    return Document(read_plain(decoded.text), {}, (), decoded.encoding, "text", decoded.warnings)


def _markdown(data: bytes) -> Document:
    decoded = decode(data)
    meta, body, warnings = read_front_matter(decoded.text)
    lines, dropped = read_markdown(body)
    return Document(
        lines, meta, dropped, decoded.encoding, "markdown", (*decoded.warnings, *warnings)
    )


def _html(data: bytes, *, xml: bool = False) -> Document:
    decoded = decode(data, declares=True)
    xml = xml or decoded.text.lstrip().startswith("<?xml")
    lines, meta, dropped = read_html(decoded.text, xml=xml)
    return Document(lines, meta, dropped, decoded.encoding, "html", decoded.warnings)


def _mhtml(data: bytes) -> Document:
    saved = read_mhtml(data)
    page = _html(saved.page)
    meta = {"url": saved.url, **page.meta} if saved.url else page.meta
    return replace(page, meta=meta, format="mhtml")


def _docx(data: bytes) -> Document:
    return Document(read_docx(data), {}, (), "utf-8", "docx")


def _mail(data: bytes) -> Document:
    text, is_page, subject = mail_text(data)
    document = _html(text) if is_page else _text(text)
    meta = {**document.meta, "title": subject} if subject else document.meta
    return replace(document, meta=meta, format="mail")


def _doc(data: bytes) -> Document:
    return Document(read_doc(data), {}, (), "utf-16", "doc")


def _rtf(data: bytes) -> Document:
    lines, whole = read_rtf(data)
    return Document(lines, {}, (), "rtf", "rtf", () if whole else (Message("cut_off"),))


def _sheets(data: bytes) -> Document:
    lines, dropped = read_sheets(data)
    return Document(lines, {}, dropped, "utf-8", "sheet")


def _odt(data: bytes) -> Document:
    return Document(read_odt(data), {}, (), "utf-8", "odt")


def _ods(data: bytes) -> Document:
    lines, dropped = read_ods(data)
    return Document(lines, {}, dropped, "utf-8", "ods")


def _office_xml(data: bytes) -> Document:
    lines, dropped = read_office_xml(data)
    return Document(lines, {}, dropped, "utf-8", "office_xml")


def _csv(data: bytes) -> Document:
    decoded = decode(data)
    return Document(read_csv(decoded.text), {}, (), decoded.encoding, "csv", decoded.warnings)


_READERS: Mapping[Format, Callable[[bytes], Document]] = MappingProxyType(
    {
        "text": _text,
        "markdown": _markdown,
        "html": _html,
        "mhtml": _mhtml,
        "docx": _docx,
        "mail": _mail,
        "pdf": read_pdf,
        "doc": _doc,
        "rtf": _rtf,
        "odt": _odt,
        "sheet": _sheets,
        "ods": _ods,
        "office_xml": _office_xml,
        "csv": _csv,
        "image": read_image,
    }
)


def read(name: str, data: bytes) -> Document:
    """The document in a file; its format goes by its content, then by the ending of its name.

    Raises UnreadableError, whose message is the reason: the format is not known, the file is
    empty, binary or in no known encoding, or there is no text in it.
    """
    form = format_of(name, data)
    if form is None:
        if not ending(name):
            raise UnreadableError(Message("no_ending", readable=READABLE))
        raise UnreadableError(Message("unknown_ending", ending=ending(name), readable=READABLE))
    if not data:
        raise UnreadableError(Message("empty_file"))
    xml = form == "html" and ending(name) == ".xhtml"
    document = _html(data, xml=True) if xml else _READERS[form](data)
    if not document.lines:
        raise UnreadableError(Message("no_text"))
    lines, readings = without_readings(document.lines)
    return replace(document, lines=lines, dropped=(*document.dropped, *readings))
