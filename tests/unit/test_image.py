"""Pictures: what is told of those that hold no report, and a few printed lines read back."""

from __future__ import annotations

import importlib.util
import io
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import UnreadableError
from indexer.reading import read
from indexer.reading.formats import format_of
from indexer.reading.ocr import _engine

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
