"""Pages of PDFs as pictures, and the boxes around a text on them."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.errors import UnreadableError
from indexer.reading.pdf.file import open_pdf
from indexer.reading.pdf.frame import Box, frame_of
from indexer.reading.pdf.glyphs import page_glyphs
from indexer.reading.pdf.image import Marked, boxes_of, page_image, png
from tests.pdf_writer import HEIGHT, WIDTH, Put, pdf

PAGE = [
    Put(90, 100, "一、推进“三务”公开"),
    Put(90, 130, "各村公开三务，村民对三务公"),
    Put(90, 150, "开有疑问的，可以查询。"),
    Put(90, 200, "三务公开台账。"),
]


def boxes(data: bytes, marked: Marked) -> list[Box]:
    with open_pdf(data) as opened, opened.page(1) as page:
        return boxes_of(page_glyphs(page, frame_of(page)), marked)


def pixels_of(image: bytes) -> NDArray[np.uint8]:
    """The picture in a PNG of ours."""
    across, down = struct.unpack(">2I", image[16:24])
    at, body = 8, b""
    while at < len(image):
        size, name = struct.unpack(">I4s", image[at : at + 8])
        body += image[at + 8 : at + 8 + size] if name == b"IDAT" else b""
        assert zlib.crc32(image[at + 4 : at + 8 + size]) == int.from_bytes(
            image[at + 8 + size : at + 12 + size], "big"
        )
        at += 12 + size
    rows = np.frombuffer(zlib.decompress(body), np.uint8).reshape(down, across * 3 + 1)
    assert (rows[:, 0] == 2).all()
    return np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8).reshape(down, across, 3)


@pytest.mark.parametrize(
    ("marked", "tops"),
    [
        (Marked("台账"), [200]),
        (Marked("三务公开"), [100, 130, 150, 200]),
        (Marked("三务”公开", "一、推进“"), [100]),
        (Marked("三务公开", "村民对", "有疑问的"), [130, 150]),
        (Marked("三務公開", "別的話", "別的話"), [100, 130, 150, 200]),
        (Marked("党务"), []),
        (Marked("，。"), []),
    ],
)
def test_a_text_is_boxed_where_it_stands(marked: Marked, tops: list[int]) -> None:
    found = boxes(pdf(PAGE), marked)
    assert len(found) == len(tops)
    for box, baseline in zip(found, tops, strict=True):
        assert box.top < baseline < box.bottom + 0.1
        assert 90 <= box.left < box.right <= 90 + 12 * 14


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_are_drawn_where_the_text_is_shown(turn: int) -> None:
    data = pdf(PAGE, turn=turn)
    plain, marked = (pixels_of(page_image(data, 1, m)) for m in (None, Marked("台账")))
    down, across, _ = plain.shape
    assert abs(down / across - (HEIGHT / WIDTH if turn % 180 == 0 else WIDTH / HEIGHT)) < 0.01
    changed = (plain != marked).any(axis=2)
    rows, columns = np.nonzero(changed)
    height, width = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    long, short = (width, height) if turn % 180 == 0 else (height, width)
    assert abs(long / short - 2) < 0.3  # two characters
    inside = plain[rows.min() : rows.max(), columns.min() : columns.max()]
    assert inside.min() < 128 < inside.max()  # on white, black is printed there


def test_a_page_that_is_huge_or_tiny_is_a_picture() -> None:
    for box in ("0 0 14000 14000", "0 0 1 1", "0 0 14400 1"):
        down, across, _ = pixels_of(page_image(pdf([], box=box), 1)).shape
        assert 1 <= down * across <= 5_000_000


def test_png_keeps_what_it_is_given() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (7, 5, 3), np.uint8)
    assert np.array_equal(pixels_of(png(pixels)), pixels)


@pytest.mark.parametrize(("data", "number"), [(pdf(PAGE), 2), (b"%PDF-1.4 nothing", 1), (b"", 1)])
def test_no_page(data: bytes, number: int) -> None:
    with pytest.raises(UnreadableError):
        page_image(data, number)
