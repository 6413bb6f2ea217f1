"""Decoding: which encoding a file is in, and its text.

A byte order mark decides. Otherwise strict UTF-8, and where that fails the encoding whose text
looks most like Chinese; what the file says of itself only tips a balance.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.lines import without_controls
from indexer.reading.plausible import controls, foreign, plausibility

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = (  # codec, name; the first wins a tie
    ("utf-8", "utf-8"),
    ("gb18030", "gb18030"),
    ("cp950", "big5"),
    ("big5hkscs", "big5"),
    ("utf-16-le", "utf-16"),
    ("utf-16-be", "utf-16"),
)
_MAGIC = (
    (b"PK\x03\x04", Message("kind_zip")),
    (b"\xd0\xcf\x11\xe0", Message("kind_old_office")),
    (b"Rar!", Message("kind_rar")),
    (b"7z\xbc\xaf\x27\x1c", Message("kind_7z")),
    (b"\x1f\x8b", Message("kind_gzip")),
)
_ESCAPED = re.compile(
    "<U\\+(00A0|00B7|20[0-6][0-9A-F]|2[2-6][0-9A-F]{2}|30[01][0-9A-F]|FEFF|FF[0-5][0-9A-F])>"
)
"""A space or mark as R writes one that the system's code page lacks: it was a character."""
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5-hkscs": "big5"}
_SAMPLE = 16_384  # bytes that candidates are judged by
_DECLARATION = 4_096  # bytes in which a page says its encoding
_BONUS = 0.05
_TRIED = ("UTF-8", "GB18030", "Big5", "UTF-16")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text without controls and byte order mark, lines ended by "\\n" for CR and CRLF."""

    text: str
    encoding: str
    warnings: tuple[Message, ...] = ()


def decode(data: bytes, *, declares: bool = False) -> Decoded:
    """The text of a file; `declares`: the format has a place to name its encoding (HTML).

    Raises UnreadableError where the bytes are no text.
    """
    refuse_other(data)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], _codec(mark, encoding), encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data, declares)
    return _decoded(text, "utf-8") if controls(text) * 100 <= len(text) else _guess(data, declares)


def refuse_other(data: bytes) -> None:
    """UnreadableError where the first bytes are those of a format that is no text."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise UnreadableError(Message("not_text", kind=kind))


def _codec(mark: bytes, encoding: str) -> str:
    """The codec for the byte order that the mark shows."""
    little = mark.startswith(codecs.BOM_UTF16_LE)
    return encoding if encoding == "utf-8" else f"{encoding}-{'le' if little else 'be'}"


def _guess(data: bytes, declares: bool) -> Decoded:
    """The text in the most plausible encoding."""
    declared = _declared(data) if declares else ""
    sample = data[:_SAMPLE]

    def score(candidate: tuple[str, str]) -> float:
        codec, name = candidate
        text = codecs.getincrementaldecoder(codec)("replace").decode(sample)
        return plausibility(text) + (_BONUS if name == declared else 0)

    codec, name = max(_CANDIDATES, key=score)
    return _lenient(data, codec, name)


def _declared(data: bytes) -> str:
    """The encoding that a page's head or XML declaration names, "" where none does."""
    found = _DECLARED.search(data[:_DECLARATION])
    name = found[1].decode("ascii").lower() if found else ""
    return _ALIASES.get(name, name)


def _lenient(data: bytes, codec: str, name: str) -> Decoded:
    """The text with U+FFFD for a few broken bytes; UnreadableError where they are many."""
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    if controls(text) * 10 > len(text):
        raise UnreadableError(Message("not_text_binary"))
    if broken > max(3, len(text) // 10) or (codec != "utf-8" and foreign(text)):
        raise UnreadableError(Message("undecodable", tried=_TRIED))
    return _decoded(text, name, broken)


def _decoded(text: str, name: str, broken: int = 0) -> Decoded:
    note = Message("broken_bytes", count=broken, encoding=name)
    plain = without_controls(text).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), plain)
    return Decoded(plain, name, (note,) if broken else ())
