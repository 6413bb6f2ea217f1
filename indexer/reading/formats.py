"""Which format a file is in: its content says so, and its name where that leaves it open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from indexer.reading.document import Format

HEAD = 4_096
"""Bytes of a file that tell its format."""
LIGHT: tuple[Format, ...] = ("text", "markdown", "html", "mhtml")
"""Formats whose readers are our own, and quick."""
READABLE = (
    *(".txt", ".md", ".html", ".mhtml", ".docx", ".pdf"),
    *(".eml", ".zip", ".tar", ".7z", ".rar", ".jsonl"),
)
"""Endings as a reader is told of them: one a format."""

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
    }
)
"""The format of what a file is called, where its content does not say another."""
_PAGE = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
"""How a page begins. Without its zeros, as which a page in UTF-16 has every other byte."""
_ARCHIVE = re.compile(
    rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related\b", re.IGNORECASE
)
"""The headers of a page that was saved as one file with its parts."""
_HEADER = re.compile(rb"([!-9;-~]+):[^\n]*\n(?:[ \t][^\n]*\n)*")
_OF_MAIL = frozenset((b"to", b"cc", b"received", b"message-id", b"return-path", b"delivered-to"))
"""Headers that a mail has and a saved page has not."""
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def ending(name: str) -> str:
    """The ending of a name, lower case, with the full stop; "" for none."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def format_of(name: str, head: bytes) -> Format | None:
    """The format of a file, by its first HEAD bytes; None where no reader takes it.

    A page under another name is a page. Text is a report only where the name says that it is text.
    """
    begins = head[:HEAD]
    if begins.startswith(b"PK\x03\x04") and b"word/" in begins:
        return "docx"
    if begins.lstrip().startswith(b"%PDF-"):
        return "pdf"
    for mark in _MARKS:
        begins = begins.removeprefix(mark)
    begins = begins.replace(b"\0", b"")
    if _is_mail(begins) or (ending(name) == ".eml" and _HEADER.match(begins)):
        return "mail"
    if _ARCHIVE.match(begins):
        return "mhtml"
    return "html" if _PAGE.match(begins) else BY_NAME.get(ending(name))


def _is_mail(head: bytes) -> bool:
    """Whether a file begins with the headers of a mail that was sent."""
    names: set[bytes] = set()
    at = 0
    while found := _HEADER.match(head, at):
        names.add(found[1].lower())
        at = found.end()
    return b"from" in names and not names.isdisjoint(_OF_MAIL)
