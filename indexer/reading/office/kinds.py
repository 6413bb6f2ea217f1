"""Office documents told apart by what is in them: members of a ZIP, streams of an OLE file."""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from zipfile import BadZipFile, ZipFile

from indexer.reading.document import Format
from indexer.reading.office.ole import MAGIC, Ole, OleError

ZIP = b"PK\x03\x04"
OLE = MAGIC[:4]
ENCRYPTED = "EncryptedPackage"
"""The stream that holds a DOCX or XLSX with a password."""
_PARTS: tuple[tuple[str, Format], ...] = (("word/", "docx"), ("xl/", "sheet"))
_OPEN_DOCUMENT: tuple[tuple[bytes, Format], ...] = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
)
"""What an OpenDocument file says in its first member, which is not packed."""
_STREAMS: tuple[tuple[str, Format], ...] = (
    *((ENCRYPTED, "doc"), ("WordDocument", "doc")),
    *(("Workbook", "sheet"), ("Book", "sheet")),
)
_FIRST = re.compile(
    rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|word/|xl/)", re.DOTALL
)
"""The first member of a package of Word or Excel. Another archive may hold one, further on."""
_HEAD = 4_096


def of_zip(data: bytes) -> Format | None:
    """The kind of document that an archive is, None where it is none.

    Where its table of contents is not in `data`, as in a file's first bytes, these decide.
    """
    if data[30:38] == b"mimetype":
        return next((form for said, form in _OPEN_DOCUMENT if data.startswith(said, 38)), None)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return _of_members(archive.namelist())
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return _by_head(data[:_HEAD])


def _of_members(names: Collection[str]) -> Format | None:
    if "[Content_Types].xml" not in names:
        return None
    for folder, form in _PARTS:
        if any(name.startswith(folder) for name in names):
            return form
    return None


def _by_head(head: bytes) -> Format | None:
    if not _FIRST.match(head):
        return None
    return next((form for folder, form in _PARTS if folder.encode() in head), "docx")


def of_ole(data: bytes, named: Format | None) -> Format | None:
    """The kind of document that an OLE file is; what it is named where that is none of ours.

    One with a password is a document too: that it has one is the reason that its reader gives.
    """
    try:
        names = Ole(data).names
    except OleError:
        return "sheet" if named == "sheet" else "doc"
    return next((form for stream, form in _STREAMS if stream in names), named)
