"""A page of a PDF in the order of reading: blocks of lines, and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from indexer.messages import Message
from indexer.model import Dropped
from indexer.reading.document import RawLine
from indexer.reading.lines import dropped
from indexer.reading.pdf.aligned import cells_of, runs
from indexer.reading.pdf.cells import Table, table_of
from indexer.reading.pdf.columns import in_order
from indexer.reading.pdf.file import Handle
from indexer.reading.pdf.frame import Frame, frame_of
from indexer.reading.pdf.glyphs import UNMAPPED, Glyph, page_glyphs
from indexer.reading.pdf.lines import PrintedLine, printed, rows
from indexer.reading.pdf.rules import Drawn, drawn_on
from indexer.reading.pdf.tables import grids
from indexer.reading.plausible import foreign

_GARBLED = 0.3  # share of characters that the file does not tell: no text, then
_COVERED = 0.5  # share of a page that a picture covers, for it to be a scan
_FEWEST = 40  # characters on a scanned page that are more than a number or a stamp
_HIDDEN_HAN = 0.2  # share of Chinese characters under a scan, for the text to be one
_OUTLINES = 200  # paths on a page whose characters are drawn, and not written
_DOWNWARDS = 2  # times as many steps down as across
_HAN = re.compile("[\u3400-\u9fff]")
_LEANING = 3  # degrees by which a glyph may lean


class Text(NamedTuple):
    """Lines that are read one after another; `column`: beside others. `height` is the page's."""

    lines: list[PrintedLine]
    column: bool
    height: float


@dataclass(slots=True)
class PageText:
    """What is read of a page; `scanned`: it has to be recognised, for it holds no text that is one.

    `recognised` are the lines of this page and of scanned ones after it, once that is done.
    """

    number: int
    width: float = 0.0
    parts: list[Text | Table] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    glyphs: int = 0
    bold: int = 0  # of them
    unmapped: int = 0
    scanned: bool = False
    recognised: Sequence[RawLine] = ()


def read_page(page: Handle, number: int) -> PageText:
    """The text of a page, as far as the file holds it as text."""
    frame = frame_of(page)
    drawn = drawn_on(page, frame)
    is_scan = _is_scan(drawn, frame)
    found = PageText(number, frame.width)
    glyphs = _shown(page_glyphs(page, frame), found, is_scan)
    if _is_text(glyphs, is_scan):
        found.glyphs, found.bold = len(glyphs), sum(glyph.bold for glyph in glyphs)
        found.unmapped = sum(glyph.text == UNMAPPED for glyph in glyphs)
        _add_parts(found, page, glyphs, drawn, frame)
    else:
        found.scanned = is_scan or bool(glyphs) or drawn.paths > _OUTLINES
    return found


def _add_parts(
    found: PageText, page: Handle, glyphs: Sequence[Glyph], drawn: Drawn, frame: Frame
) -> None:
    """Adds the text, that of each direction by itself."""
    if _runs_down([glyph for glyph in glyphs if glyph.turned == 0]):
        laid = [_laid(glyph, frame.width) for glyph in glyphs if glyph.turned in (0, 90)]
        found.parts += _parts(laid, Drawn(), Frame(0, 0, frame.height, frame.width), found.number)
        glyphs = [glyph for glyph in glyphs if glyph.turned not in (0, 90)]
    for quarters in _directions(glyphs):
        if quarters:
            turned = frame._replace(quarters=(frame.quarters - quarters) % 4)
            lying = [g for g in page_glyphs(page, turned) if g.turned == 0 and not g.hidden]
            found.parts += _parts(lying, drawn_on(page, turned), turned, found.number)
        else:
            upright = [g for g in glyphs if g.turned == 0]
            found.parts += _parts(upright, drawn, frame, found.number)


def _is_scan(drawn: Drawn, frame: Frame) -> bool:
    whole = frame.width * frame.height
    return sum(box.width * box.height for box in drawn.pictures) >= _COVERED * whole


def _is_text(glyphs: Sequence[Glyph], is_scan: bool) -> bool:
    """Whether the characters are a text: not unknown, nor strange, nor a mark on a scanned page."""
    text = _text(glyphs)
    if not text or text.count(UNMAPPED) > _GARBLED * len(text) or foreign(text):
        return False
    if is_scan and all(glyph.hidden for glyph in glyphs):
        return len(_HAN.findall(text)) >= _HIDDEN_HAN * len(text)
    return len(text) >= _FEWEST or not is_scan


def _shown(glyphs: Sequence[Glyph], found: PageText, is_scan: bool) -> list[Glyph]:
    """The glyphs without those that are hidden, but for the text under a scan, and watermarks."""
    hidden = [] if is_scan else [glyph for glyph in glyphs if glyph.hidden]
    aslant = [glyph for glyph in glyphs if _LEANING < glyph.turned % 90 < 90 - _LEANING]
    found.dropped += dropped(_text(hidden), Message("dropped_hidden"))
    found.dropped += dropped(_text(aslant), Message("dropped_watermark"))
    gone = {*hidden, *aslant}
    kept = [glyph for glyph in glyphs if glyph not in gone] if gone else glyphs
    return [glyph._replace(turned=_quarter(glyph)) if glyph.turned else glyph for glyph in kept]


def _quarter(glyph: Glyph) -> int:
    """The direction of a glyph as if it did not lean, in degrees."""
    return round(glyph.turned / 90) % 4 * 90


def _text(glyphs: Iterable[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


def _directions(glyphs: Iterable[Glyph]) -> list[int]:
    """By how many quarters the text of the page is turned, most of it first."""
    return [degrees // 90 for degrees, _ in Counter(g.turned for g in glyphs).most_common()]


def _runs_down(glyphs: Sequence[Glyph]) -> bool:
    """Whether the text is written from top to bottom, in columns from the right.

    Its Latin letters and figures lie on their side, turned by a quarter.
    """
    steps = Counter(_step(a, b) for a, b in pairwise(glyphs))
    return steps["down"] > _DOWNWARDS * steps["across"]


def _step(glyph: Glyph, after: Glyph) -> str:
    """Which way from one glyph to the next: "down", "across", or "" for neither."""
    across, down = after.left - glyph.left, after.baseline - glyph.baseline
    if abs(across) < 0.5 * glyph.size and 0.5 < down / glyph.size < 2:
        return "down"
    return "across" if abs(down) < 0.5 * glyph.size and across > 0 else ""


def _laid(glyph: Glyph, width: float) -> Glyph:
    """A glyph on a page that is laid on its right side while it stands: the first column on top."""
    top, bottom = width - glyph.right, width - glyph.left
    return glyph._replace(
        left=glyph.top, right=glyph.bottom, top=top, bottom=bottom, baseline=bottom
    )


def _parts(
    glyphs: Sequence[Glyph], drawn: Drawn, frame: Frame, number: int
) -> Iterator[Text | Table]:
    """Tables, and the text above, between and below them."""
    rest = list(glyphs)
    tables: list[tuple[float, Table]] = []
    for grid in grids(drawn.rules):
        inside = [glyph for glyph in rest if grid.holds(glyph)]
        rest = [glyph for glyph in rest if not grid.holds(glyph)]
        table = table_of(grid, inside, number)
        if table.rows:
            tables.append((grid.box.top, table))
    done = float("-inf")
    for top, table in tables:
        above = [glyph for glyph in rest if done <= glyph.baseline < top]
        yield from _texts(above, frame, number)
        yield table
        done = max(done, top)
    yield from _texts([glyph for glyph in rest if glyph.baseline >= done], frame, number)


def _texts(glyphs: Sequence[Glyph], frame: Frame, number: int) -> Iterator[Text | Table]:
    """Blocks of text, and tables that no lines draw."""
    for block in in_order(rows(glyphs)):
        for run in runs(block.rows):
            if run.table:
                yield Table([line for row in run.rows if (line := cells_of(row, number))], ())
            else:
                yield Text([printed(row) for row in run.rows], block.column, frame.height)
