"""Reports printed on A4 by a browser, and what scanners and cameras make of the sheets."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from indexer.reading import read
from indexer.reading.document import RawLine

Pixels = NDArray[np.uint8]
SETS = (  # body, headings, points of the body, points of the headings
    ("AR PL UMing CN", "WenQuanYi Zen Hei", 16, 18),
    ("Noto Serif CJK SC", "Noto Sans CJK SC", 12, 14),
    ("WenQuanYi Zen Hei", "Noto Sans CJK SC", 12, 16),
    ("AR PL UMing CN", "AR PL UMing CN", 10.5, 15),
)
_STYLE = """
@page {{ size: A4; margin: 25mm 24mm }}
body {{ font: {size}pt/1.75 "{body}"; margin: 0 }}
p {{ margin: 0; text-indent: 2em; text-align: justify }}
h1, h2 {{ font: {large}pt/1.6 "{head}"; margin: .5em 0; font-weight: normal }}
h1 {{ text-align: center; font-size: 1.5em }}
table {{ border-collapse: collapse; width: 100%; margin: .5em 0 }}
td {{ border: 1px solid; padding: .2em .4em; font-size: .85em; line-height: 1.4 }}
"""
_FOOT = '<div style="width:100%;text-align:center;font-size:10pt">— <span class="pageNumber"></span> —</div>'


def lines_of(path: Path) -> list[RawLine]:
    """What the printed report says; the first line is its title."""
    return list(read(path.name, path.read_bytes()).lines)


def print_sheets(reports: Sequence[list[RawLine]], folder: Path) -> list[Path]:
    """The reports as PDF, each in one of the SETS of fonts."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page()
        for at, lines in enumerate(reports):
            page.set_content(_page(lines, at))
            page.pdf(
                path=str(folder / f"{at}.pdf"),
                prefer_css_page_size=True,
                display_header_footer=True,
                header_template="<i></i>",
                footer_template=_FOOT,
            )
        browser.close()
    return [folder / f"{at}.pdf" for at in range(len(reports))]


def _page(lines: Sequence[RawLine], at: int) -> str:
    body, head, size, large = SETS[at % len(SETS)]
    parts: list[str] = []
    for number, line in enumerate(lines):
        if line.row:
            cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in line.text.split("\t"))
            parts.append(f"<table><tr>{cells}</tr></table>")
            continue
        tag = "h1" if number == 0 else "h2" if line.heading else "p"
        parts.append(f"<{tag}>{html.escape(line.text)}</{tag}>")
    style = _STYLE.format(body=body, head=head, size=size, large=large)
    whole = "".join(parts).replace("</table><table>", "")
    return f"<!doctype html><meta charset=utf-8><style>{style}</style><body>{whole}"


def sheets(pdf: Path, dpi: int) -> Iterator[Image.Image]:
    """The pages of a file as they are scanned at so many dots an inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield page.render(scale=dpi / 72).to_pil().convert("RGB")


def _skewed(sheet: Image.Image, chooser: Random) -> Image.Image:
    angle = chooser.choice((-1, 1)) * chooser.uniform(1, 2)
    return sheet.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")


def _noisy(sheet: Image.Image, chooser: Random) -> Image.Image:
    noise = np.random.default_rng(chooser.randrange(1 << 30)).normal(0, 18, (*sheet.size[::-1], 1))
    return Image.fromarray(np.clip(np.asarray(sheet) + noise, 0, 255).astype(np.uint8))


def _grey(sheet: Image.Image, chooser: Random) -> Image.Image:
    """Grey paper that darkens to one side, ink that is not black."""
    shade = np.linspace(chooser.uniform(170, 200), 225, sheet.width)[None, :, None] / 255
    return Image.fromarray(((np.asarray(sheet) * 0.8 + 51) * shade).astype(np.uint8))


def _jpeg(sheet: Image.Image, chooser: Random) -> Image.Image:
    saved = io.BytesIO()
    sheet.save(saved, "JPEG", quality=chooser.randint(20, 35))
    return Image.open(saved).convert("RGB")


def _blurred(sheet: Image.Image, chooser: Random) -> Image.Image:
    return sheet.filter(ImageFilter.GaussianBlur(chooser.uniform(0.6, 0.9) * sheet.width / 1_654))


def _perspective(sheet: Image.Image, chooser: Random) -> Image.Image:
    width, height = sheet.size
    nearer, lower = chooser.uniform(0.01, 0.03) * width, chooser.uniform(0.005, 0.015) * height
    corners = (-nearer, -lower, 0, height, width, height + lower, width + nearer, 0)
    method = Image.Transform.QUAD
    return sheet.transform(sheet.size, method, corners, Image.Resampling.BICUBIC, fillcolor="white")


def _all(sheet: Image.Image, chooser: Random) -> Image.Image:
    for change in (_grey, _skewed, _blurred, _noisy, _jpeg):
        sheet = change(sheet, chooser)
    return sheet


CHANGES: dict[str, Callable[[Image.Image, Random], Image.Image]] = {
    "clean": lambda sheet, _: sheet,
    "skew": _skewed,
    "noise": _noisy,
    "grey": _grey,
    "jpeg": _jpeg,
    "blur": _blurred,
    "perspective": _perspective,
    "all at once": _all,
}
