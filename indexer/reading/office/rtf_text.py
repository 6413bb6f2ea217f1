r"""The characters of RTF: bytes in the code page of a font, and \u with bytes for older readers after it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CODE_PAGES: Mapping[int, str] = MappingProxyType(
    {
        936: "gb18030",
        950: "cp950",
        932: "cp932",
        949: "cp949",
        65001: "utf-8",
        **{page: f"cp{page}" for page in (437, 850, 874, *range(1250, 1259))},
    }
)
"""Codecs by the number of a Windows code page."""
_CHARSETS: Mapping[int, int] = MappingProxyType(
    {
        134: 936,
        136: 950,
        128: 932,
        129: 949,
        222: 874,
        238: 1250,
        204: 1251,
        161: 1253,
        162: 1254,
        177: 1255,
        178: 1256,
        186: 1257,
        163: 1258,
    }
)
_SYMBOLS = 2
"""The charset of a font of pictures, whose bytes are no letters."""
_PRIVATE = range(0xE000, 0xF900)


class Fonts:
    """The code page of each font; what is not said is in the document's."""

    def __init__(self) -> None:
        self.page = 1252
        self._charsets: dict[int | None, int] = {}

    def charset(self, font: int | None, charset: int) -> None:
        self._charsets[font] = charset

    def decode(self, data: bytes, font: int | None) -> str:
        """The text of bytes; U+FFFD for those that are none, nothing for pictures."""
        charset = self._charsets.get(font, 0)
        if charset == _SYMBOLS:
            return ""
        codec = CODE_PAGES.get(_CHARSETS.get(charset, self.page), "cp1252")
        return data.decode(codec, "replace")


class Characters:
    """Takes bytes and numbers of characters as they come; `taken` gives the text so far."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._bytes = b""
        self._units: list[int] = []  # of UTF-16
        self._instead = 0  # bytes still to come that an older reader takes for a character

    def bytes(self, data: bytes) -> None:
        passed = min(self._instead, len(data))
        self._instead -= passed
        self._bytes += data[passed:]

    def number(self, number: int, instead: int, font: int | None) -> str:
        """A character by its number; gives the text that was waiting before it."""
        before = self.taken(font) if self._bytes else ""
        if number % 0x10000 not in _PRIVATE:
            self._units.append(number % 0x10000)
        self._instead = instead
        return before

    def taken(self, font: int | None) -> str:
        """All text since the last call, of bytes in this font. Bytes to pass over are so no longer."""
        if not (self._bytes or self._units):
            self._instead = 0
            return ""
        units = b"".join(unit.to_bytes(2, "little") for unit in self._units)
        text = units.decode("utf-16-le", "replace")
        if self._bytes:
            text += self._fonts.decode(self._bytes, font)
        self._bytes, self._units, self._instead = b"", [], 0
        return text
