"""Printed lines become paragraphs, over the ends of columns and pages too.

A line goes on in the next where the next word had no place in it, unless the next is indented as
paragraphs are, stands further below, or is of another size.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from indexer.model import Place
from indexer.reading.document import RawLine
from indexer.reading.lines import line_of
from indexer.reading.pdf_lines import PrintedLine, joined_text
from indexer.reading.pdf_page import PageText, Text

_INDENT = 0.8  # em
_SLACK = 0.05  # em by which positions are off
_SIZES = 1.15  # how far the sizes of a paragraph's lines may differ
_LEADING = 1.25  # of the usual distance between lines: a new paragraph
_SHARE = 0.15  # of the lines of a block that stand at a margin, for it to be one
_NEARLY = 2.0  # em from the right margin at which a line ends that is full
_AWAY = 4.0  # em from the left margin at which no paragraph begins, but a signature does
_LIKELY = 0.3  # of the paragraphs, for a document to indent them
_ITEM = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[编篇章节条款]|[(（]?[一二三四五六七八九十百\d]{1,3}[)）、．]|\d{1,2}\.(?!\d)"
    r"|[-–—*·•●◆■○①-⑳]+(?!\d)"
)
_ENDED = re.compile(r"[。！？；!?;…][”’」』）)\s]*$")


class _Margins(NamedTuple):
    """Where the lines of a block begin and end, in points."""

    left: float
    right: float


@dataclass(slots=True)
class _Paragraph:
    text: str
    bold: int
    place: Place
    last: PrintedLine
    first: PrintedLine
    lines: int = 1

    def add(self, line: PrintedLine, page: int) -> None:
        text = joined_text(self.text, line.text)
        if self.bold == len(self.text):
            self.bold = len(text) - len(line.text) + line.bold if line.bold else self.bold
        self.text = text
        self.place = self.place.to(_place(line, page))
        self.last = line
        self.lines += 1


class _Block(NamedTuple):
    lines: list[PrintedLine]
    page: int
    margins: _Margins


class Paragraphs:
    """Takes the parts of a document in the order of reading; `lines` has what is complete."""

    def __init__(self, pages: Sequence[PageText]) -> None:
        self.lines: list[RawLine] = []
        self._open: _Paragraph | None = None
        self._page = 0
        self._margins = _all_margins(pages)
        blocks = [(part, page) for page in pages for part in page.parts if isinstance(part, Text)]
        placed = [(part, self._margins_of(part, page)) for part, page in blocks]
        self._leading = _leading(placed)
        self._indents = _indents(placed)

    def text(self, part: Text, page: PageText) -> None:
        """Add a block of lines."""
        margins = self._margins_of(part, page)
        for at, line in enumerate(part.lines):
            if self._open and self._goes_on(self._open, line, margins, beside=at > 0):
                self._open.add(line, page.number)
            else:
                self.close()
                place = _place(line, page.number)
                self._open = _Paragraph(line.text, line.bold, place, line, line)
            self._room = margins.right - line.box.right

    def rows(self, rows: Iterable[RawLine]) -> None:
        """Add the rows of a table."""
        self.close()
        self.lines += rows

    def close(self) -> None:
        """End the paragraph that is being written."""
        if self._open is None:
            return
        bold = self._open.bold
        pieces = [(self._open.text[:bold], True), (self._open.text[bold:], False)]
        line = line_of(pieces)
        if line is not None:
            self.lines.append(RawLine(line.text, bold=line.bold, place=self._open.place))
        self._open = None

    def _margins_of(self, part: Text, page: PageText) -> _Margins:
        whole = self._margins[round(page.width)]
        return _margins(part.lines, page.width) if part.column and part.lines else whole

    def _goes_on(
        self, open_: _Paragraph, line: PrintedLine, margins: _Margins, *, beside: bool
    ) -> bool:
        """Whether a line goes on with a paragraph; `beside`: it stands right below the last one."""
        last, em = open_.last, line.size
        if not 1 / _SIZES < last.size / em < _SIZES:
            return False
        if line.word - _SLACK * em <= self._room:
            return False
        if beside and self._is_apart(last, line):
            return False
        if _ITEM.match(line.text) and _ENDED.search(open_.text):
            return False
        if open_.lines == 1 and last.box.left > margins.left + _AWAY * em:
            return False
        return self._is_inside(open_, line, margins, beside=beside)

    def _is_inside(
        self, open_: _Paragraph, line: PrintedLine, margins: _Margins, *, beside: bool
    ) -> bool:
        """Whether a line stands where one that goes on does: at the margin, or below its like."""
        em = line.size
        indent = line.box.left - margins.left
        if indent <= _INDENT * em or _are_centred(open_.last, line, margins):
            return True
        if not beside or (self._indents and abs(indent - self._indents * em) < em / 2):
            return False
        under = line.box.left - open_.last.box.left
        if open_.lines > 1 or not _ITEM.match(open_.text):
            return abs(under) < em / 2
        return -em / 2 < under <= _AWAY * em  # below the text of an item whose number stands out

    def _is_apart(self, last: PrintedLine, line: PrintedLine) -> bool:
        usual = self._leading.get(round(line.size), 1.5 * line.size)
        distance = line.baseline - last.baseline
        return not 0 < distance <= _LEADING * usual + 1


def _are_centred(last: PrintedLine, line: PrintedLine, margins: _Margins) -> bool:
    """Whether both stand in the middle, as the lines of a title do."""
    middle = margins.left + margins.right
    sides = (printed.box.left + printed.box.right for printed in (last, line))
    return all(abs(side - middle) <= line.size for side in sides)


def _place(line: PrintedLine, page: int) -> Place:
    return Place(page, page, line.confidence)


def _all_margins(pages: Iterable[PageText]) -> dict[int, _Margins]:
    """The margins of what stands in no column, by the width of the page."""
    found: dict[int, list[PrintedLine]] = {}
    for page in pages:
        lines = found.setdefault(round(page.width), [])
        lines += (
            line
            for part in page.parts
            if isinstance(part, Text) and not part.column
            for line in part.lines
        )
    return {width: _margins(lines, float(width)) for width, lines in found.items()}


def _margins(lines: Sequence[PrintedLine], width: float) -> _Margins:
    """The margins of lines: the outermost places at which a good part of them begin and end.

    Where too few lines tell the right one, it is as far from the edge as the left one.
    """
    if not lines:
        return _Margins(0.0, width)
    size, _ = Counter(round(line.size) for line in lines).most_common(1)[0]
    body = [line for line in lines if round(line.size) == size] or lines
    fewest = max(1.0, _SHARE * len(body))
    lefts = Counter(round(line.box.left / 2) for line in body)
    left = 2.0 * min(place for place, times in lefts.items() if _near(lefts, place) >= fewest)
    rights = Counter(round(line.box.right / 2) for line in body)
    common = [p for p in rights if _near(rights, p) >= max(2.0, fewest)]
    right = 2.0 * max(common, default=0)
    widest = max(line.box.right for line in body)
    if not common or right < widest - 4 * size:
        right = max(widest, width - left) if len(body) < 4 else widest
    return _Margins(left, right)


def _near(places: Counter[int], place: int) -> int:
    return sum(places[place + by] for by in (-1, 0, 1))


def _leading(blocks: Iterable[tuple[Text, _Margins]]) -> dict[int, float]:
    """The usual distance from a full line to the next, in points, by the size of their type."""
    seen: dict[int, Counter[int]] = {}
    for part, margins in blocks:
        for above, below in pairwise(part.lines):
            distance = below.baseline - above.baseline
            full = above.box.right > margins.right - _NEARLY * above.size
            if full and round(above.size) == round(below.size) and 0 < distance < 4 * below.size:
                seen.setdefault(round(below.size), Counter())[round(2 * distance)] += 1
    return {size: found.most_common(1)[0][0] / 2 for size, found in seen.items()}


def _indents(blocks: Iterable[tuple[Text, _Margins]]) -> float:
    """The usual indent of a paragraph, in em; 0 where paragraphs are not indented."""
    found: Counter[int] = Counter()
    for part, margins in blocks:
        for line in part.lines:
            found[round(2 * (line.box.left - margins.left) / line.size)] += 1
    place, times = max(((place, found[place]) for place in (2, 3, 4, 5)), key=lambda item: item[1])
    return place / 2 if times >= max(2, _LIKELY * 0.2 * sum(found.values())) else 0.0
