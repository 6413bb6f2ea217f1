"""A writer of small PDFs: text at points of a page, in fonts that are not embedded, and lines.

Points are counted from the upper left corner of an A4 page, as the reader does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 595, 842


class Put(NamedTuple):
    """A text whose baseline begins at (x, y); `spacing` is added after each character, in points.

    `codes` are the bytes shown instead of those of `text`, for a font of the test's own.
    """

    x: float
    y: float
    text: str
    size: float = 12
    font: str = "F1"
    mode: int = 0
    spacing: float = 0
    matrix: tuple[float, float, float, float] = (1, 0, 0, 1)
    codes: bytes = b""


class Stroke(NamedTuple):
    x: float
    y: float
    to_x: float
    to_y: float


Drawn = Put | Stroke | bytes
"""What stands on a page; bytes as they are in its content."""


PICTURE = b"q %d 0 0 %d 0 0 cm /I Do Q" % (WIDTH, HEIGHT)
"""A grey picture that takes the whole page."""


def pdf(
    *pages: Sequence[Drawn],
    turn: int = 0,
    box: str = "",
    extra: str = "",
    more: Sequence[bytes] = (),
) -> bytes:
    """A PDF of these pages.

    `turn`: /Rotate of each; `extra`: what the trailer says besides; `more`: objects, the first of
    which is 8 and the font F3.
    """
    first = 8 + len(more)
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    fonts = "/F1 3 0 R /F2 5 0 R" + (" /F3 8 0 R" if more else "")
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        *_font(3, "STSong-Light"),
        *_font(5, "SimHei,Bold"),
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream",
        *more,
    ]
    for at, page in enumerate(pages):
        content = b"\n".join(map(_drawn, page))
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box or f'0 0 {WIDTH} {HEIGHT}'}] "
            f"/Rotate {turn} /Contents {first + 2 * at + 1} 0 R "
            f"/Resources << /Font << {fonts} >> /XObject << /I 7 0 R >> >> >>".encode(),
            stream(content),
        ]
    return written(objects, extra)


def stream(content: bytes, about: str = "") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), about.encode(), content)


def named(codes: dict[int, str]) -> list[bytes]:
    """A font of single bytes that stand for these texts (as F3), each half an em wide."""
    pairs = "\n".join(
        f"<{code:02x}> <{text.encode('utf-16-be').hex()}>" for code, text in codes.items()
    )
    table = (
        "begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar endcmap"
    )
    widths = " ".join(["500"] * 256)
    return [
        f"<< /Type /Font /Subtype /TrueType /BaseFont /Arial /FirstChar 0 /LastChar 255 /Widths [{widths}] "
        "/ToUnicode 9 0 R /FontDescriptor << /Type /FontDescriptor /FontName /Arial /Flags 4 /Ascent 880 "
        "/Descent -120 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /StemV 80 /CapHeight 800 >> >>".encode(),
        stream(table.encode()),
    ]


def written(objects: Sequence[bytes], extra: str = "") -> bytes:
    """A file of these objects, the first of which is the catalogue."""
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    data += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, extra.encode())
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % start)


def paragraphs(
    texts: Sequence[str], *, x: float = 90, y: float = 90, columns: int = 34, size: float = 12
) -> list[Put]:
    """Texts set as reports are: each indented by two characters and wrapped, ASCII half as wide."""
    found: list[Put] = []
    for text in texts:
        indent = 2.0
        while text:
            end = _fitting(text, columns - indent)
            found.append(Put(x + indent * size, y, text[:end], size))
            text, y, indent = text[end:], y + 1.5 * size, 0.0
    return found


def _fitting(text: str, room: float) -> int:
    """How many characters find room, in em."""
    taken = 0.0
    for at, char in enumerate(text):
        taken += 0.5 if char.isascii() else 1
        if taken > room:
            return at
    return len(text)


def unnamed() -> list[bytes]:
    """A font of two bytes that the file does not say the characters of (as F3)."""
    return [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Arial /Encoding /Identity-H "
        b"/DescendantFonts [9 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Arial /DW 1000 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type "
        b"/FontDescriptor /FontName /Arial /Flags 4 /Ascent 880 /Descent -120 /ItalicAngle 0 /StemV 80 "
        b"/FontBBox [0 -120 1000 880] /CapHeight 800 >> >>",
    ]


def _drawn(thing: Drawn) -> bytes:
    if isinstance(thing, bytes):
        return thing
    if isinstance(thing, Stroke):
        x, y, to_x, to_y = thing
        return f"{x} {HEIGHT - y} m {to_x} {HEIGHT - to_y} l S".encode()
    a, b, c, d = thing.matrix
    code = (thing.codes or thing.text.encode("utf-16-be")).hex()
    return (
        f"BT /{thing.font} {thing.size} Tf {thing.mode} Tr {thing.spacing} Tc "
        f"{a} {b} {c} {d} {thing.x} {HEIGHT - thing.y} Tm <{code}> Tj ET"
    ).encode()


def _font(number: int, name: str) -> list[bytes]:
    """A font and what it descends from; the ASCII of Adobe-GB1 half as wide."""
    return [
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /UniGB-UTF16-H "
        f"/DescendantFonts [{number + 1} 0 R] >>".encode(),
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /DW 1000 /W [1 95 500 814 939 500] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> "
        f"/FontDescriptor << /Type /FontDescriptor /FontName /{name} /Flags 4 /Ascent 880 "
        "/Descent -120 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /StemV 80 /CapHeight 800 >> >>".encode(),
    ]
