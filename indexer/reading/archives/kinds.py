"""Which kind of container a file is, if any: its content says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import IO, Literal
from zipfile import BadZipFile, ZipFile

from indexer.reading.formats import BY_NAME, HEAD, ending, format_of

Kind = Literal["zip", "tar", "gzip", "bzip2", "xz", "7z", "rar", "mail", "mbox", "jsonl"]

_MAGIC: Mapping[bytes, Kind] = MappingProxyType(
    {
        b"PK\x03\x04": "zip",
        b"PK\x05\x06": "zip",  # of no file
        b"PK\x07\x08": "zip",  # in volumes
        b"7z\xbc\xaf\x27\x1c": "7z",
        b"Rar!\x1a\x07": "rar",
        b"\x1f\x8b\x08": "gzip",
        b"\xfd7zXZ\x00": "xz",
    }
)
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)")
_TAR_MAGIC, _TAR_AT = b"ustar", 257
_MBOX = re.compile(rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [^\n]*\n[!-9;-~]+:")
_LINES = (".jsonl", ".ndjson")
_DOCUMENT_PARTS = frozenset({"[Content_Types].xml", "mimetype", "OFD.xml"})
"""A ZIP that has one of these is a document of an office program."""
_IN_HEAD = (b"[Content_Types].xml", b"mimetypeapplication/", b"word/", b"OFD.xml")


def kind_of(name: str, head: bytes) -> Kind | None:
    """The kind by the first HEAD bytes. A document that is a ZIP inside is told as a ZIP."""
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    if _BZIP2.match(head):
        return "bzip2"
    if is_tar(head):
        return "tar"
    if ending(name) in _LINES:
        return "jsonl"
    if _MBOX.match(head):
        return "mbox"
    return "mail" if format_of(name, head) == "mail" else None


def is_tar(head: bytes) -> bool:
    return head[_TAR_AT : _TAR_AT + len(_TAR_MAGIC)] == _TAR_MAGIC


def container_of(name: str, opened: IO[bytes]) -> Kind | None:
    """The kind of container that a file is; None for any other. The file is at its beginning again."""
    head = opened.read(HEAD)
    kind = kind_of(name, head)
    if kind == "zip" and _is_document(name, head, opened):
        kind = None
    opened.seek(0)
    return kind


def _is_document(name: str, head: bytes, opened: IO[bytes]) -> bool:
    """Whether a ZIP is a document; of one that is cut off its beginning and its name tell."""
    opened.seek(0)
    try:
        with ZipFile(opened) as archive:
            return not _DOCUMENT_PARTS.isdisjoint(archive.namelist())
    except (BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        return ending(name) in BY_NAME or any(part in head for part in _IN_HEAD)
