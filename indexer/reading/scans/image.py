"""Pictures of pages: PNG, JPEG, TIFF (a page a picture in it), BMP, WebP and GIF, by recognition.

A line is as sure as the least sure of the printed lines that it was joined from.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.document import Document
from indexer.reading.formats import PICTURE
from indexer.reading.scans.boxes import Pixels
from indexer.reading.scans.layout import page_text
from indexer.reading.scans.ocr import recognise
from indexer.reading.scans.paragraphs import join
from indexer.reading.scans.strips import strips

if TYPE_CHECKING:
    from PIL.Image import Image as Picture


KINDS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
MOST_PIXELS = 80_000_000
"""Of one picture: A3 at 600 dpi has 70 million. Beyond it, memory would not be bounded."""
MOST_PAGES = 500
_WIDEST = 3_000  # pixels of the shorter side: A4 at 300 dpi has 2,480, more tells no more


def read_image(data: bytes) -> Document:
    """The document in a picture. UnreadableError where it is damaged, too big, or too coarse to be
    read, or the extra is not installed."""
    if not PICTURE.match(data):
        raise UnreadableError(Message("not_a_picture"))
    parts = (
        page_text(recognise(strip), at)
        for at, pixels in enumerate(_pages(data), 1)
        for strip in strips(pixels)
    )
    lines, dropped = join(parts)
    if dropped and not lines:
        raise UnreadableError(Message("scan_unreadable"))
    return Document(lines, {}, dropped, "", "image")


def _pages(data: bytes) -> Iterator[Pixels]:
    """The pictures in a file, as height × width × 3 (RGB), one at a time."""
    with _opened(data) as image:
        with _damage():
            count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        if count > MOST_PAGES:
            raise UnreadableError(Message("too_many_pages", count=count, most=MOST_PAGES))
        for at in range(count):
            with _damage():
                image.seek(at)
                pixels = _pixels(image)
            yield pixels


@contextmanager
def _opened(data: bytes) -> Iterator[Picture]:
    try:
        from PIL import Image
    except ImportError:
        raise UnreadableError(Message("scan_needs_extra")) from None
    Image.MAX_IMAGE_PIXELS = None  # `_pixels` has a bound of its own, and says so
    with _damage():
        image = Image.open(io.BytesIO(data), formats=KINDS)
    with image:
        yield image


@contextmanager
def _damage() -> Iterator[None]:
    """Errors and warnings of the library as ours."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # the library lets out whatever its parsers stumble over
        raise UnreadableError(Message("broken_image", error=str(error)[:200])) from None


def _pixels(image: Picture) -> Pixels:
    """The picture as it is meant to be seen: turned, on white, no longer than is of use."""
    from PIL import Image, ImageOps

    if image.width * image.height > MOST_PIXELS:
        size = f"{image.width} × {image.height}"
        raise UnreadableError(Message("image_too_big", size=size, most=MOST_PIXELS // 1_000_000))
    image.draft("RGB", (_WIDEST, _WIDEST))
    shown = ImageOps.exif_transpose(image)
    if shown.mode.startswith("I;16"):  # 16 bits of grey, which `convert` would cut at 255
        shown = Image.fromarray((np.asarray(shown) >> 8).astype(np.uint8))
    if "A" in shown.getbands() or "transparency" in shown.info:
        shown = shown.convert("RGBA")
        shown = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown)
    shown = shown.convert("L" if shown.mode in ("1", "L") else "RGB")
    share = _WIDEST / min(shown.size)
    if share < 1:
        shown = shown.resize((round(shown.width * share), round(shown.height * share)))
    return np.asarray(shown.convert("RGB"))
