"""A page of a PDF in the order of reading: blocks of lines, and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.messages import Message
from indexer.model import Dropped
from indexer.reading.lines import dropped
from indexer.reading.pdf_cells import Table, table_of
from indexer.reading.pdf_columns import in_order
from indexer.reading.pdf_file import Handle
from indexer.reading.pdf_frame import Frame, frame_of
from indexer.reading.pdf_glyphs import UNMAPPED, Glyph, page_glyphs
from indexer.reading.pdf_lines import PrintedLine, printed, rows
from indexer.reading.pdf_rules import Drawn, drawn_on
from indexer.reading.pdf_tables import grids

_GARBLED = 0.3  # share of characters that the file does not tell: no text, then
_COVERED = 0.5  # share of a page that a picture covers, for it to be a scan
_LEANING = 3  # degrees by which a glyph may lean


class Text(NamedTuple):
    """Lines that are read one after another; `column`: beside others. `height` is the page's."""

    lines: list[PrintedLine]
    column: bool
    height: float


@dataclass(slots=True)
class PageText:
    """What is read of a page; `scanned`: it shows a picture and has no text that could be read."""

    number: int
    width: float = 0.0
    parts: list[Text | Table] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    unmapped: int = 0
    scanned: bool = False


def read_page(page: Handle, number: int) -> PageText:
    """The text of a page, as far as the file holds it as text."""
    frame = frame_of(page)
    drawn = drawn_on(page, frame)
    is_scan = _is_scan(drawn, frame)
    found = PageText(number, frame.width)
    glyphs = _shown(page_glyphs(page, frame), found, is_scan)
    found.unmapped = sum(glyph.text == UNMAPPED for glyph in glyphs)
    if not glyphs or found.unmapped > _GARBLED * len(glyphs):
        found.scanned = is_scan or bool(glyphs)
        found.unmapped = 0
        return found
    for quarters in _directions(glyphs):
        if quarters:
            turned = frame._replace(quarters=(frame.quarters - quarters) % 4)
            lying = [g for g in page_glyphs(page, turned) if g.turned == 0 and not g.hidden]
            found.parts += _parts(lying, drawn_on(page, turned), turned, number)
        else:
            upright = [g for g in glyphs if g.turned == 0]
            found.parts += _parts(*_written_across(upright, drawn, frame), number)
    return found


def _is_scan(drawn: Drawn, frame: Frame) -> bool:
    whole = frame.width * frame.height
    return any(box.width * box.height >= _COVERED * whole for box in drawn.pictures)


def _shown(glyphs: Sequence[Glyph], found: PageText, is_scan: bool) -> list[Glyph]:
    """The glyphs without those that are hidden, but for the text under a scan, and watermarks."""
    hidden = [] if is_scan else [glyph for glyph in glyphs if glyph.hidden]
    aslant = [glyph for glyph in glyphs if _LEANING < glyph.turned % 90 < 90 - _LEANING]
    found.dropped += dropped(_text(hidden), Message("dropped_hidden"))
    found.dropped += dropped(_text(aslant), Message("dropped_watermark"))
    gone = {*hidden, *aslant}
    kept = (glyph for glyph in glyphs if glyph not in gone)
    return [glyph._replace(turned=round(glyph.turned / 90) % 4 * 90) for glyph in kept]


def _text(glyphs: Iterable[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


def _directions(glyphs: Iterable[Glyph]) -> list[int]:
    """By how many quarters the text of the page is turned, most of it first."""
    return [degrees // 90 for degrees, _ in Counter(g.turned for g in glyphs).most_common()]


def _written_across(
    glyphs: list[Glyph], drawn: Drawn, frame: Frame
) -> tuple[list[Glyph], Drawn, Frame]:
    """The page laid on its side where it is written from top to bottom, columns from the right."""
    return glyphs, drawn, frame


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
        yield from _texts(above, frame)
        yield table
        done = max(done, top)
    yield from _texts([glyph for glyph in rest if glyph.baseline >= done], frame)


def _texts(glyphs: Sequence[Glyph], frame: Frame) -> Iterator[Text]:
    for block in in_order(rows(glyphs)):
        yield Text([printed(row) for row in block.rows], block.column, frame.height)
