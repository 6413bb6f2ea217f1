"""The characters of a PDF's page and where they stand, upright as the page is shown."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from ctypes import byref, c_double, create_string_buffer
from typing import NamedTuple

import pypdfium2.raw as pdfium

from indexer.reading.pdf.file import Handle, address
from indexer.reading.pdf.frame import Box, Frame, is_possible
from indexer.reading.pdf.radicals import RADICALS

MOST_GLYPHS = 60_000
"""Characters of one page, at most: a page of small print has 6,000."""
_ASCENT, _DESCENT = 0.88, 0.12  # of the em square, around the baseline, as CJK fonts have it
_WIDEST = 2.5  # em that a character can take; more is a fault of the font
_BOLD = re.compile("bold|heavy|black|hei|黑", re.IGNORECASE)
_BOLD_WEIGHT = 600
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
_STROKED = pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
_HYPHENS = (0x02, 0xFFFE)  # what pdfium makes of a hyphen that ends a line
_SYMBOLS = range(0xF000, 0xF100)  # what a font of pictures has at the places of ASCII
UNMAPPED = "\ufffd"
"""A character of which the file does not tell what it is."""


class Glyph(NamedTuple):
    """A printed character, never white space, or the several that one glyph stands for (fi, ——).

    In points of the page as it is shown, `top` < `bottom`. `size` is the em. `turned` is in degrees,
    clockwise, 0 for upright; the box of a turned glyph is that which it takes on the page. `space` is
    the space that the file has before it, "" for none.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    bold: bool = False
    hidden: bool = False
    turned: int = 0
    space: str = ""


class _Style(NamedTuple):
    """What the characters of one text object have in common; `direction` is in the file's own space."""

    size: float
    degrees: int
    direction: tuple[float, float]
    bold: bool
    hidden: bool


class _Reader:
    """Reads the characters of one page; the fonts and styles that it has seen are kept."""

    def __init__(self, text: Handle, frame: Frame) -> None:
        self._text = text
        self._frame = frame
        self._styles: dict[int, _Style] = {}
        self._kinds: dict[tuple[float, float, float, float, float, bool, bool], _Style] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._bold_fonts: dict[int, bool] = {}
        self._box = pdfium.FS_RECTF()
        self._x, self._y = c_double(), c_double()
        self._pen: tuple[int, float, float] = (0, 0.0, 0.0)  # text object, and where a glyph begins

    def glyphs(self) -> Iterator[Glyph]:
        space = ""
        held: Glyph | None = None
        for at, code in self._codes():
            text = self._printed(at, code)
            if not text.strip():
                space = text or space
                continue
            pen = self._pen
            glyph = self._glyph(at, text, space)
            space = ""
            if not is_possible(glyph.left, glyph.baseline, glyph.right, glyph.size):
                continue
            if held is not None and pen == self._pen:
                held = held._replace(text=held.text + text, right=max(held.right, glyph.right))
                continue
            if held is not None:
                yield held
            held = glyph
        if held is not None:
            yield held

    def _codes(self) -> Iterator[tuple[int, int]]:
        """The characters that the file has, each with its place; what pdfium puts between is none."""
        lead = 0
        for at in range(min(pdfium.FPDFText_CountChars(self._text), MOST_GLYPHS)):
            code = pdfium.FPDFText_GetUnicode(self._text, at)
            if pdfium.FPDFText_IsGenerated(self._text, at) == 1 and code not in _HYPHENS:
                continue
            if 0xD800 <= code < 0xDC00:  # the first half of a character, where wchar_t has 16 bits
                lead = code
                continue
            if 0xDC00 <= code < 0xE000 and lead:
                code = 0x10000 + ((lead - 0xD800) << 10) + code - 0xDC00
            yield at, code

    def _printed(self, at: int, code: int) -> str:
        """What a character prints: a space for one of any kind, "" for what prints nothing."""
        if code in _HYPHENS:
            return "-"
        if code in _SYMBOLS:
            return ""
        if code == 0 or pdfium.FPDFText_HasUnicodeMapError(self._text, at) == 1:
            return UNMAPPED
        text = chr(code)
        if text.isspace():
            return text if text == "\u3000" else " "
        if unicodedata.category(text) in ("Cc", "Cf", "Cs"):
            return ""
        return RADICALS.get(text, text)

    def _glyph(self, at: int, text: str, space: str) -> Glyph:
        drawn = pdfium.FPDFText_GetTextObject(self._text, at)
        style = self._style(at, drawn)
        pdfium.FPDFText_GetCharOrigin(self._text, at, byref(self._x), byref(self._y))
        x, y = self._x.value, self._y.value
        self._pen = (address(drawn), x, y)
        advance = self._advance(at, text, style, x)
        box, baseline = _placed(self._frame, x, y, advance, style)
        return Glyph(
            text, *box, baseline, style.size, style.bold, style.hidden, style.degrees, space
        )

    def _advance(self, at: int, text: str, style: _Style, x: float) -> float:
        """How far the glyph moves the pen, in points."""
        if style.direction == (1.0, 0.0) and pdfium.FPDFText_GetLooseCharBox(
            self._text, at, byref(self._box)
        ):
            advance = float(self._box.right - x)
            if 0 < advance <= _WIDEST * style.size:
                return advance
        return style.size * (1 if unicodedata.east_asian_width(text) in "FWA" else 0.5)

    def _style(self, at: int, drawn: Handle) -> _Style:
        key = address(drawn)
        known = self._styles.get(key)
        if known is None:
            known = self._styles[key] = self._style_of(at, drawn)
        return known

    def _style_of(self, at: int, drawn: Handle) -> _Style:
        found = self._matrix
        pdfium.FPDFText_GetMatrix(self._text, at, byref(found))
        size = pdfium.FPDFText_GetFontSize(self._text, at)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn) if drawn else 0
        bold = mode == _STROKED or self._is_bold(drawn)
        key = (found.a, found.b, found.c, found.d, size, bold, mode == _INVISIBLE)
        if key not in self._kinds:  # makers that write each character by itself repeat few styles
            self._kinds[key] = _style(*key, self._frame)
        return self._kinds[key]

    def _is_bold(self, drawn: Handle) -> bool:
        font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
        key = address(font)
        if key not in self._bold_fonts:
            self._bold_fonts[key] = bool(font) and _bold(font)
        return self._bold_fonts[key]


def page_glyphs(page: Handle, frame: Frame) -> list[Glyph]:
    """The characters of a page in the order of the file."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return []
    try:
        return list(_Reader(text, frame).glyphs())
    finally:
        pdfium.FPDFText_ClosePage(text)


def _style(
    a: float, b: float, c: float, d: float, size: float, bold: bool, hidden: bool, frame: Frame
) -> _Style:
    """The style of a font of this size that is set by the matrix (a, b, c, d)."""
    if not is_possible(a, b, c, d, size):
        a, b, c, d, size = 1.0, 0.0, 0.0, 1.0, 0.0
    length = math.hypot(a, b) or 1.0
    direction = (round(a / length, 3), round(b / length, 3))
    shown = frame.direction(*direction)
    degrees = round(math.degrees(math.atan2(shown[1], shown[0]))) % 360
    return _Style(max(size * math.hypot(c, d), 0.1), degrees, direction, bold, hidden)


def _bold(font: Handle) -> bool:
    name = create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    said = name.value.decode("utf-8", "replace")
    return pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT or bool(_BOLD.search(said))


def _placed(frame: Frame, x: float, y: float, advance: float, style: _Style) -> tuple[Box, float]:
    """The box of a glyph whose pen begins at (x, y) in the file's own space, and its baseline."""
    right, up = style.direction
    high, low = style.size * _ASCENT, style.size * -_DESCENT
    if up == 0 and right == 1 and not frame.quarters:
        left, baseline = frame.point(x, y)
        return Box(left, baseline - high, left + advance, baseline - low), baseline
    corners = [
        frame.point(x + right * along - up * across, y + up * along + right * across)
        for along in (0.0, advance)
        for across in (low, high)
    ]
    across, down = zip(*corners, strict=True)
    return Box(min(across), min(down), max(across), max(down)), frame.point(x, y)[1]
