"""Which format a file is in: its content says so, and its name where that leaves it open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from indexer.reading.document import Format
from indexer.reading.office.kinds import OLE, ZIP, of_ole, of_zip
from indexer.reading.office.office_xml import OFFICE_XML

HEAD = 4_096
"""Bytes of a file that tell its format, or that only the whole of it can."""
LIGHT: tuple[Format, ...] = ("text", "markdown", "html", "mhtml", "csv")
"""Formats whose readers are our own, and quick."""
READABLE = (
    *("txt", "md", "html", "mhtml", "pdf", "png"),
    *("docx", "doc", "wps", "rtf", "odt", "xlsx", "xls", "ods", "csv"),
    *("eml", "zip", "tar", "7z", "rar", "jsonl"),
)
"""Endings as a reader is told of them, one a format; without dots, before which no line breaks."""

BY_NAME: Mapping[str, Format] = MappingProxyType(
    {
        ".txt": "text",
        **dict.fromkeys((".md", ".markdown"), "markdown"),
        **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml", ".shtm"), "html"),
        **dict.fromkeys((".jsp", ".jspx", ".asp", ".aspx", ".php", ".jhtml"), "html"),
        **dict.fromkeys((".mhtml", ".mht"), "mhtml"),
        **dict.fromkeys((".docx", ".docm"), "docx"),
        ".eml": "mail",
        ".pdf": "pdf",
        **dict.fromkeys((".doc", ".wps", ".dot"), "doc"),
        ".rtf": "rtf",
        ".odt": "odt",
        ".ods": "ods",
        **dict.fromkeys((".fodt", ".fods"), "office_xml"),
        **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et"), "sheet"),
        **dict.fromkeys((".csv", ".tsv"), "csv"),
        **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff"), "image"),
        **dict.fromkeys((".bmp", ".webp", ".gif"), "image"),
    }
)
"""The format of what a file is called, where its content does not say another."""
_PLAIN: Mapping[Format, Format] = MappingProxyType({"doc": "text", "rtf": "text", "sheet": "csv"})
"""What a file of such a name is whose content is text: Word and Excel open it all the same."""
_PAGE = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
"""How a page begins. Without its zeros, as which a page in UTF-16 has every other byte."""
_PIECE = re.compile(rb"\s*<(?:meta|head|style|title|body|div|table|p|font|h[1-6])\b", re.IGNORECASE)
"""How what a site hands out as a Word or Excel file may begin, and is a piece of a page."""
_ARCHIVE = re.compile(
    rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related\b", re.IGNORECASE
)
"""The headers of a page that was saved as one file with its parts."""
_HEADER = re.compile(rb"([!-9;-~]+):[^\n]*\n(?:[ \t][^\n]*\n)*")
_OF_MAIL = frozenset((b"to", b"cc", b"received", b"message-id", b"return-path", b"delivered-to"))
"""Headers that a mail has and a saved page has not."""
_RTF = b"{\\rtf"
PICTURE = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF....WEBP|BM.{4}\0{4}", re.DOTALL
)
"""How a picture begins: PNG, JPEG, GIF, TIFF, WebP, BMP."""
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def ending(name: str) -> str:
    """The ending of a name, lower case, with the full stop; "" for none."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def format_of(name: str, data: bytes) -> Format | None:
    """The format of a file, by all its bytes or the first HEAD; None where no reader takes it.

    A page or an office document under another name is one. Text is a report only where the name says
    that it is text. Of the first bytes alone, an office document may be taken for another kind of it.
    """
    named = BY_NAME.get(ending(name))
    if data.startswith(ZIP):
        return of_zip(data) or named
    if data.startswith(OLE):
        return of_ole(data, named)
    if PICTURE.match(data):
        return "image"
    begins = data[:HEAD].lstrip()
    if begins.startswith(_RTF):
        return "rtf"
    if begins.startswith(b"%PDF-"):
        return "pdf"
    return _of_text(name, data[:HEAD])


def _of_text(name: str, begins: bytes) -> Format | None:
    named = BY_NAME.get(ending(name))
    for mark in _MARKS:
        begins = begins.removeprefix(mark)
    begins = begins.replace(b"\0", b"")
    if _is_mail(begins) or (ending(name) == ".eml" and _HEADER.match(begins)):
        return "mail"
    if _ARCHIVE.match(begins):
        return "mhtml"
    if _PAGE.match(begins) or (named in _PLAIN and _PIECE.match(begins)):
        return "html"
    if OFFICE_XML.match(begins):
        return "office_xml"
    return _PLAIN.get(named, named) if named else None


def _is_mail(head: bytes) -> bool:
    """Whether a file begins with the headers of a mail that was sent."""
    names: set[bytes] = set()
    at = 0
    while found := _HEADER.match(head, at):
        names.add(found[1].lower())
        at = found.end()
    return b"from" in names and not names.isdisjoint(_OF_MAIL)
