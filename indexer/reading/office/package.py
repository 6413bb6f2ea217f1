"""The parts of a zipped office document (DOCX, XLSX, ODT, ODS), each unpacked within a bound."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from indexer.errors import UnreadableError
from indexer.messages import Message

MOST = 128 << 20
"""Most bytes of one part, unpacked."""
DAMAGE = (
    *(BadZipFile, zlib.error, ElementTree.ParseError, EOFError, ValueError, OSError),
    *(NotImplementedError, RecursionError),
)
"""What parts that were damaged, or packed as no office program packs them, raise."""


@contextmanager
def opened(data: bytes) -> Iterator[ZipFile]:
    """The package in the bytes of a file. UnreadableError where it, or a part read within, is damaged."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except DAMAGE as error:
        raise UnreadableError(Message("broken_document", error=str(error)[:200])) from None


def content(archive: ZipFile, name: str) -> bytes | None:
    """The bytes of a part; None where there is none. UnreadableError where it is encrypted or too big."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise NotImplementedError(f"compression {info.compress_type}")
    if info.flag_bits & 1:
        raise UnreadableError(Message("encrypted"))
    with archive.open(info) as part:
        unpacked = part.read(MOST + 1)
    if len(unpacked) > MOST:
        raise UnreadableError(Message("part_too_big", name=name, most=MOST >> 20))
    return unpacked


def tree(archive: ZipFile, name: str) -> Element | None:
    """A part as a tree whose names have no namespaces; None where there is none."""
    unpacked = content(archive, name)
    return None if unpacked is None else parsed(unpacked)


def parsed(unpacked: bytes) -> Element:
    """XML as a tree whose names have no namespaces. UnreadableError where it defines its own entities."""
    if b"<!DOCTYPE" in unpacked[:1_024]:
        raise UnreadableError(Message("broken_document", error="DOCTYPE"))
    root = ElementTree.fromstring(unpacked)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        for key in [key for key in element.attrib if "}" in key]:
            element.attrib[key.rpartition("}")[2]] = element.attrib[key]
    return root
