"""How the text of a PDF is set: its margins, the distance of its lines, how its paragraphs begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from indexer.reading.pdf.lines import PrintedLine
from indexer.reading.pdf.page import PageText, Text

_LEADING = 1.25  # of the usual distance between lines: what parts paragraphs
_UNKNOWN = 1.5  # em between lines, where none tell
_FARTHEST = 4.0  # em between lines of a paragraph
_NEARLY = 2.0  # em from the right margin at which a line ends that is full
_SHARE = 0.15  # of the lines of a block that stand at a margin
_FEW = 4  # lines that tell no right margin
_INDENTED = 0.06  # of the lines, where paragraphs are indented


class Margins(NamedTuple):
    """Where the lines of a block begin and end, in points."""

    left: float
    right: float


class Placed(NamedTuple):
    """A block of lines with its margins."""

    lines: Sequence[PrintedLine]
    margins: Margins


@dataclass(frozen=True, slots=True)
class Setting:
    """`whole`: the margins of what stands in no column, by the width of the page in points.

    `leading` is the usual distance from a full line to the next, by the size of the type, both in
    points; `indent` that of paragraphs, in em, 0 where they have none; `spaced`: they stand apart.
    """

    whole: Mapping[int, Margins]
    leading: Mapping[int, float]
    indent: float
    spaced: bool

    def placed(self, part: Text, page: PageText) -> Placed:
        """A block with its margins: those of a column are its own."""
        return _placed(part, page, self.whole)

    def is_apart(self, above: PrintedLine, below: PrintedLine) -> bool:
        """Whether a line stands further below another than the lines of a paragraph do."""
        return _is_apart(above, below, self.leading)


def setting_of(pages: Sequence[PageText]) -> Setting:
    """The setting of a document."""
    texts = [(part, page) for page in pages for part in page.parts if isinstance(part, Text)]
    by_width: dict[int, list[list[PrintedLine]]] = {round(page.width): [] for page in pages}
    for part, page in texts:
        by_width[round(page.width)] += [] if part.column else [part.lines]
    whole = {width: _margins(blocks, float(width)) for width, blocks in by_width.items()}
    blocks = [_placed(part, page, whole) for part, page in texts]
    leading = _leading(blocks)
    return Setting(whole, leading, _indent(blocks), _are_spaced(blocks, leading))


def _placed(part: Text, page: PageText, whole: Mapping[int, Margins]) -> Placed:
    own = part.column and part.lines
    return Placed(
        part.lines, _margins([part.lines], page.width) if own else whole[round(page.width)]
    )


def _margins(blocks: Iterable[Sequence[PrintedLine]], width: float) -> Margins:
    """The margins of blocks of lines: right is where many end, left where lines go on after those.

    Where too few lines tell the right one, it is as far from the edge as the left one.
    """
    blocks = list(blocks)
    lines = [line for block in blocks for line in block]
    if not lines:
        return Margins(0.0, width)
    size, _ = Counter(round(line.size) for line in lines).most_common(1)[0]
    body = [line for line in lines if round(line.size) == size]
    right = _right(body)
    follow = Counter(
        round(below.box.left / 2)
        for block in blocks
        for above, below in pairwise(block)
        if above.box.right > right - _NEARLY * size and round(below.size) == size
    )
    lefts = Counter(round(line.box.left / 2) for line in body)
    often = [place for place in lefts if _near(lefts, place) >= _SHARE * len(body)]
    left = 2.0 * min([*often, *(place for place, _ in follow.most_common(1))])
    return Margins(left, max(right, width - left) if len(body) < _FEW else right)


def _right(body: Sequence[PrintedLine]) -> float:
    rights = Counter(round(line.box.right / 2) for line in body)
    common = [p for p in rights if _near(rights, p) >= max(2.0, _SHARE * len(body))]
    widest = max(line.box.right for line in body)
    right = 2.0 * max(common, default=0)
    return right if right >= widest - _FARTHEST * body[0].size else widest


def _near(places: Counter[int], place: int) -> int:
    return sum(places[place + by] for by in (-1, 0, 1))


def _leading(blocks: Iterable[Placed]) -> dict[int, float]:
    seen: dict[int, Counter[int]] = {}
    for lines, margins in blocks:
        for above, below in pairwise(lines):
            distance = below.baseline - above.baseline
            alike = round(above.size) == round(below.size)
            if alike and _is_full(above, margins) and 0 < distance < _FARTHEST * below.size:
                seen.setdefault(round(below.size), Counter())[round(2 * distance)] += 1
    return {size: found.most_common(1)[0][0] / 2 for size, found in seen.items()}


def _is_full(line: PrintedLine, margins: Margins) -> bool:
    return line.box.right > margins.right - _NEARLY * line.size


def _is_apart(above: PrintedLine, below: PrintedLine, leading: Mapping[int, float]) -> bool:
    usual = leading.get(round(below.size), _UNKNOWN * below.size)
    return not 0 < below.baseline - above.baseline <= _LEADING * usual + 1


def _indent(blocks: Iterable[Placed]) -> float:
    found = Counter(
        round(2 * (line.box.left - margins.left) / line.size)
        for lines, margins in blocks
        for line in lines
    )
    place, times = max(((p, found[p]) for p in (2, 3, 4, 5)), key=lambda item: item[1])
    return place / 2 if times >= max(2.0, _INDENTED * found.total()) else 0.0


def _are_spaced(blocks: Iterable[Placed], leading: Mapping[int, float]) -> bool:
    apart = [
        _is_apart(above, below, leading)
        for lines, margins in blocks
        for above, below in pairwise(lines)
        if not _is_full(above, margins)
    ]
    return sum(apart) > len(apart) / 2
