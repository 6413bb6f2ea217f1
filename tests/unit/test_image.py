"""Pictures: what is told of those that hold no report, and a few printed lines read back."""

from __future__ import annotations

import importlib.util
import io
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from indexer.errors import UnreadableError
from indexer.reading import read
from indexer.reading.formats import format_of
from indexer.reading.scans import image
from indexer.reading.scans.boxes import Pixels
from indexer.reading.scans.cells import in_pieces
from indexer.reading.scans.ocr import RecognisedLine, _engine
from tests.depth import DEEP

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
)
needs_extra = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("rapidocr", "onnxruntime", "PIL")),
    reason="the extra gongkai[ocr] is not installed",
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff"
    "3f0005fe02fe0def46b80000000049454e44ae426082"
)
MAGIC = [
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe0",
    b"GIF89a",
    b"II*\0",
    b"MM\0*",
    b"RIFF\x01\x02\x03\x04WEBP",
    b"BM\x01\x02\x03\x04\0\0\0\0",
]


@pytest.mark.parametrize("magic", MAGIC)
def test_a_picture_is_known_by_its_content(magic: bytes) -> None:
    assert format_of("2019.txt", magic + bytes(20)) == "image"
    assert format_of("2019", magic) == "image"


def reason(data: bytes, name: str = "扫描件.png") -> str:
    with pytest.raises(UnreadableError) as caught:
        read(name, data)
    return caught.value.message.key


def test_what_is_no_picture() -> None:
    assert reason(b"") == "empty_file"
    assert reason("政府信息公开".encode()) == "not_a_picture"


def test_without_the_extra_the_reason_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert reason(PIXEL) == "scan_needs_extra"


def printed(lines: list[str], size: tuple[int, int] = (1_000, 600)) -> Any:
    """A page with the lines on it, 30 pixels high each."""
    from PIL import Image, ImageDraw, ImageFont

    found = [font for font in FONTS if Path(font).exists()]
    if not found:
        pytest.skip("no Chinese font is installed (fonts-noto-cjk)")
    page = Image.new("RGB", size, "white")
    font = ImageFont.truetype(found[0], 30)
    for at, line in enumerate(lines):
        ImageDraw.Draw(page).text((60, 40 + 60 * at), line, font=font, fill="black")
    return page


def saved(picture: Any, kind: str = "PNG", **options: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Pixels]:
    """The pictures that would have been recognised; a line is found in each that is not white."""
    pictures: list[Pixels] = []

    def recognise(pixels: Pixels) -> tuple[RecognisedLine, ...]:
        pictures.append(pixels)
        line = RecognisedLine(f"第{len(pictures)}张", (0, 0, 90, 30), 97)
        return () if pixels.size and pixels.min() > 250 else (line,)

    monkeypatch.setattr(image, "recognise", recognise)
    return pictures


@needs_extra
@pytest.mark.parametrize("kind", image.KINDS)
def test_each_format_is_read(kind: str, seen: list[Pixels]) -> None:
    from PIL import Image

    picture = Image.new("RGB", (60, 40), (200, 30, 30))
    document = read("扫描件", saved(picture, kind))
    assert [line.text for line in document.lines] == ["第1张"]
    assert seen[0].shape == (40, 60, 3)
    assert np.allclose(seen[0][20, 30], (200, 30, 30), atol=12)


@needs_extra
@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("1", 0, 0),
        ("L", 90, 90),
        ("I;16", 90 << 8, 90),
        ("LA", (0, 0), 255),
        ("RGBA", (0, 0, 0, 0), 255),
        ("P", 0, 0),
        ("CMYK", (0, 0, 0, 255), 0),
    ],
)
def test_pictures_are_seen_as_they_are_meant(
    mode: str, colour: Any, expected: int, seen: list[Pixels]
) -> None:
    """Of any depth; what is transparent is white paper."""
    from PIL import Image

    kind = "TIFF" if mode == "CMYK" else "PNG"
    with suppress(UnreadableError):
        read("a", saved(Image.new(mode, (40, 40), colour), kind))
    assert seen[0].dtype == np.uint8
    assert (seen[0] == expected).all()


@needs_extra
def test_a_photo_stands_as_it_was_held(seen: list[Pixels]) -> None:
    from PIL import Image

    turned = Image.Exif()
    turned[0x0112] = 6
    read("a.jpg", saved(Image.new("RGB", (60, 40)), "JPEG", exif=turned))
    assert seen[0].shape == (60, 40, 3)


@needs_extra
def test_a_tiff_has_pages_and_a_gif_one(seen: list[Pixels]) -> None:
    from PIL import Image

    pages = [Image.new("RGB", (60, 40), (at, 0, 0)) for at in range(3)]
    scanned = read("a.tif", saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert [line.place[:2] for line in scanned.lines] == [(1, 1), (2, 2), (3, 3)]
    moving = read("a.gif", saved(pages[0], "GIF", save_all=True, append_images=pages[1:]))
    assert [line.place.page for line in moving.lines] == [1]


@needs_extra
def test_bad_pictures_have_a_reason(seen: list[Pixels], monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    noise = Image.effect_noise((300, 300), 90)
    for kind in image.KINDS:
        whole = saved(noise.convert("RGB"), kind)
        assert reason(whole[: len(whole) // 2]) == "broken_image"
        assert reason(whole[:16]) in ("broken_image", "not_a_picture")
    assert seen == []
    blurred = RecognisedLine("看不清", (0, 0, 90, 30), 31)
    with monkeypatch.context() as instead:
        instead.setattr(image, "recognise", lambda _: (blurred,))
        assert reason(saved(noise)) == "scan_unreadable"
    assert reason(saved(Image.new("L", (500, 400), "white"))) == "no_text"
    assert reason(saved(Image.new("1", (20_000, 20_000)), "TIFF", compression="group4")) == (
        "image_too_big"
    )
    monkeypatch.setattr(image, "MOST_PAGES", 2)
    page = Image.new("L", (40, 40))
    assert reason(saved(page, "TIFF", save_all=True, append_images=[page, page])) == (
        "too_many_pages"
    )


@needs_extra
def test_big_pictures_are_made_smaller(seen: list[Pixels]) -> None:
    from PIL import Image

    read("a.png", saved(Image.new("1", (5_000, 8_000))))
    assert [pixels.shape for pixels in seen] == [(4_800, 3_000, 3)]


def mutants(whole: bytes, count: int) -> Iterator[bytes]:
    """The file with some bytes changed, left out or put in."""
    chooser = Random(len(whole))
    for _ in range(count):
        data = bytearray(whole)
        for _ in range(chooser.randint(1, 8)):
            at = chooser.randrange(len(data))
            data[at : at + chooser.randint(0, 4)] = chooser.randbytes(chooser.randint(0, 4))
        yield bytes(data)


@needs_extra
@pytest.mark.parametrize("kind", image.KINDS)
def test_damaged_pictures_never_crash(kind: str, seen: list[Pixels]) -> None:
    """5,000 changes in all formats together where GONGKAI_DRAWS=all."""
    from PIL import Image

    small = Image.effect_noise((24, 24), 90).convert("RGB")
    for data in mutants(saved(small, kind), 834 if DEEP else 30):
        with suppress(UnreadableError):
            assert read("a.png", data).lines


@needs_extra
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_pages_on_their_side_or_head_are_read(quarters: int) -> None:
    lines = [
        "永泰县2019年政府信息公开年度报告",
        "全年主动公开信息12条。",
        "依申请公开3件，均按时答复。",
    ]
    page = np.rot90(np.asarray(printed(lines)), quarters)
    from PIL import Image

    found = read("a.png", saved(Image.fromarray(np.ascontiguousarray(page))))
    assert [line.text for line in found.lines] == lines


@needs_extra
def test_skewed_tables_are_read_by_cell() -> None:
    from PIL import Image, ImageDraw

    page = printed(
        [
            "",
            "结果维持        结果纠正        其他结果",
            "    0                    12                     3",
        ]
    )
    drawing = ImageDraw.Draw(page)
    for x in (40, 225, 410, 600):
        drawing.line((x, 90, x, 210), fill="black", width=2)
    for y in (90, 150, 210):
        drawing.line((40, y, 600, y), fill="black", width=2)
    skewed = page.rotate(1.2, Image.Resampling.BICUBIC, fillcolor="white")
    found = read("a.png", saved(skewed))
    assert [(line.text, line.row) for line in found.lines] == [
        ("结果维持\t结果纠正\t其他结果", True),
        ("0\t12\t3", True),
    ]


@needs_extra
def test_boxes_are_divided_at_rules_and_gaps_and_what_was_missed_is_found() -> None:
    page = np.full((300, 700), 255, dtype=np.uint8)
    page[50:70, 100:300] = page[50:70, 360:600] = 0  # lines of two columns, a box over both
    for x in (40, 240, 440, 640):
        page[120:222, x : x + 2] = 0
    for y in (120, 170, 220):
        page[y : y + 2, 40:642] = 0
    page[135:155, 100:180] = page[135:155, 300:380] = 0  # two cells, a box over both
    page[190:206, 340:350] = 0  # a digit without a box
    boxes = [(90.0, 45.0, 610.0, 75.0), (90.0, 130.0, 390.0, 160.0)]
    pieces = in_pieces(page, boxes, 20)
    assert [piece.cell for piece in pieces] == [None, None, (0, 0, 0), (0, 0, 1), (0, 1, 1)]
    (_, _, end, _), (start, *_) = pieces[0].rect, pieces[1].rect
    assert 300 <= end < start <= 360
    assert pieces[2].rect[2] <= 240 <= pieces[3].rect[0]
    left, top, right, bottom = pieces[4].rect
    assert left < 340 < 350 < right
    assert top < 190 < 206 < bottom


@needs_extra
@pytest.mark.parametrize("size", [(1, 1), (5, 3), (3, 900), (900, 3), (64, 64)])
def test_tiny_pictures_hold_no_text(size: tuple[int, int]) -> None:
    from PIL import Image

    assert reason(saved(Image.effect_noise(size, 90))) == "no_text"


@needs_extra
def test_printed_lines_are_read_back_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network is asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    _engine.cache_clear()
    page = printed(["永泰县2019年政府信息公开年度报告", "一、总体情况", "全年主动公开信息12条。"])
    document = read("扫描件", saved(page))
    assert [line.text for line in document.lines] == [
        "永泰县2019年政府信息公开年度报告",
        "一、总体情况",
        "全年主动公开信息12条。",
    ]
    assert document.format == "image"
    for line in document.lines:
        assert (line.place.page, line.place.last_page) == (1, 1)
        assert line.place.confidence is not None
        assert line.place.confidence > 90
