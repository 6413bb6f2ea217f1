"""A page of a PDF as a picture, with a text that stands on it boxed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.pdf.file import open_pdf
from indexer.reading.pdf.frame import Box, frame_of
from indexer.reading.pdf.glyphs import Glyph, page_glyphs
from indexer.reading.pdf.scan import Pixels, picture_of
from indexer.text.fold import fold, fold_with_origins

DPI = 130
"""At which small print can be read."""
MOST_PIXELS = 4_000_000
"""Of one picture; a larger page is shown smaller."""
_MARKER = np.array((255, 228, 130), np.uint16)
_EDGE = (166, 58, 43)
_WIDE = 2  # pixels of an edge
_CONTEXTS = (24, 8, 0)
"""Folded characters beside a text by which it is told from others like it."""


class Marked(NamedTuple):
    """A text to box, and what stands before and after it in its line."""

    text: str
    before: str = ""
    after: str = ""


def page_image(data: bytes, number: int, marked: Marked | None = None) -> bytes:
    """A page, counted from 1, as PNG. UnreadableError where the file or the page cannot be opened."""
    with open_pdf(data) as pdf, pdf.page(number) as page:
        if page is None:
            raise UnreadableError(Message("broken_document", error=f"PDF, {number}"))
        frame = frame_of(page)
        boxes = boxes_of(page_glyphs(page, frame), marked) if marked else []
        pixels = picture_of(page, DPI, MOST_PIXELS)
    scale = pixels.shape[1] / max(frame.width, 1.0)
    for box in boxes:
        _draw(pixels, box, scale)
    return png(pixels)


def boxes_of(glyphs: list[Glyph], marked: Marked) -> list[Box]:
    """Where a text stands among the characters of a page, a box a printed line: with most of what is
    beside it, or else wherever it does. None where it stands nowhere as it is folded."""
    printed = [(at, char) for at, glyph in enumerate(glyphs) for char in glyph.text]
    folded, origins = fold_with_origins("".join(char for _, char in printed))
    wanted = fold(marked.text)
    before, after = fold(marked.before), fold(marked.after)
    for size in _CONTEXTS if wanted else ():
        left, right = before[len(before) - min(size, len(before)) :], after[:size]
        starts = list(_occurrences(folded, left + wanted + right))
        if starts:
            return [
                box
                for start in starts
                for box in _lines(
                    glyphs[printed[origin][0]]
                    for origin in origins[start + len(left) : start + len(left) + len(wanted)]
                )
            ]
    return []


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))


def _lines(glyphs: Iterable[Glyph]) -> Iterator[Box]:
    """One box for characters that follow each other in a printed line."""
    box: Box | None = None
    for glyph in glyphs:
        here = Box(glyph.left, glyph.top, glyph.right, glyph.bottom)
        beside = box is not None and here.top < box.bottom and box.top < here.bottom
        if box is not None and beside and box.left <= here.right:
            box = Box(
                min(box.left, here.left),
                min(box.top, here.top),
                max(box.right, here.right),
                max(box.bottom, here.bottom),
            )
            continue
        if box is not None:
            yield box
        box = here
    if box is not None:
        yield box


def _draw(pixels: Pixels, box: Box, scale: float) -> None:
    """A box as by a marker, with an edge."""
    down, across, _ = pixels.shape
    left, right = (int(np.clip(round(x * scale), 0, across)) for x in (box.left, box.right))
    top, bottom = (int(np.clip(round(y * scale), 0, down)) for y in (box.top, box.bottom))
    inside = pixels[top:bottom, left:right]
    inside[:] = inside.astype(np.uint16) * _MARKER // 255
    for edge in (inside[:_WIDE], inside[-_WIDE:], inside[:, :_WIDE], inside[:, -_WIDE:]):
        edge[:] = _EDGE


def png(pixels: Pixels) -> bytes:
    """The picture as PNG (ISO 15948): 8 bits a colour, each row as the difference from the one above."""
    down, across, _ = pixels.shape
    rows = pixels.reshape(down, across * 3)
    filtered = np.empty((down, across * 3 + 1), np.uint8)
    filtered[:, 0] = 2
    filtered[0, 1:] = rows[0]
    filtered[1:, 1:] = rows[1:] - rows[:-1]
    head = struct.pack(">2I5B", across, down, 8, 2, 0, 0, 0)
    body = zlib.compress(filtered.tobytes(), 6)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", body), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
