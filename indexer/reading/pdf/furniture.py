"""Page numbers and running heads and feet of a PDF are taken out of its pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.messages import Message
from indexer.model import Dropped
from indexer.reading.lines import dropped
from indexer.reading.pdf.lines import PrintedLine
from indexer.reading.pdf.page import PageText, Text

_ZONE = 0.15  # of a page's height, from its upper and lower edge
_NEAR = 4.0  # points by which the place of a running head may differ
_APART = 1.25  # of the usual distance between lines: what parts a running line from the text
_FAR = 3.0  # em that part it in any case
_SIZES = 0.05  # of its size, by which type differs that parts it, too
_FEWEST = 3  # pages that have it; 2 where there are no more than _SHORT
_SHORT = 4
_MARKS = r"[\s\-－–—―~～·•.|,，]*"
_NUMBER = re.compile(
    rf"(?P<before>{_MARKS}(?:第|page|p\.)?)\s*(?P<number>\d{{1,4}})"
    rf"(?P<after>\s*页?{_MARKS}(?:(?:共|of|[/／])\s*\d{{1,4}}\s*页?)?{_MARKS})",
    re.IGNORECASE,
)
_NAMED = re.compile("第|page|p", re.IGNORECASE)
_AT_END = re.compile(
    rf"^{_MARKS}\d{{1,4}}(?=\D)|{_MARKS}(?:第\s*)?\d{{1,4}}\s*(?:[/／]\s*\d{{1,4}}|页)?{_MARKS}$"
)
_PRINTED = re.compile(
    r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4},?\s*(?:[上下]午\s*)?\d{1,2}:\d\d(?!\d)|(?:https?|file)://\S+|about:blank"
)
"""What a browser writes above and below the pages that it prints."""
_PAGE_NUMBER, _RUNNING = Message("dropped_page_number"), Message("dropped_running")


class _Edge(NamedTuple):
    """A line at the upper or lower edge of a page; `apart`: something parts it from the text."""

    page: int
    above: bool
    line: PrintedLine
    apart: bool

    @property
    def key(self) -> tuple[bool, str]:
        """What running heads of several pages have in common: all but the page's number."""
        return self.above, _AT_END.sub("", self.line.text)


def without_furniture(pages: Sequence[PageText]) -> list[Dropped]:
    """Takes page numbers and running lines out of the pages; gives what went, each once."""
    edges = [edge for page in pages for edge in _edges(page)]
    running = _running(edges, sum(bool(page.parts) for page in pages))
    offsets = _offsets(edges)
    gone: dict[str, Dropped] = {}
    for page in pages:
        for above in (True, False):
            for edge in (e for e in edges if e.page == page.number and e.above == above):
                reason = _reason(edge, running, offsets)
                if reason is None:
                    break
                _take_out(page, edge.line)
                for piece in dropped(edge.line.text, reason):
                    gone.setdefault(_AT_END.sub("", piece.text), piece)
    return list(gone.values())


def _offsets(edges: Iterable[_Edge]) -> set[int]:
    """By how much printed numbers differ from the count of pages, where two pages agree."""
    pages: defaultdict[int, set[int]] = defaultdict(set)
    for edge in edges:
        found = _number(edge.line)
        if edge.apart and found:
            pages[int(found["number"]) - edge.page].add(edge.page)
    return {offset for offset, agree in pages.items() if len(agree) > 1}


def _edges(page: PageText) -> Iterator[_Edge]:
    """The lines near the edges, from the outermost inwards."""
    lines = [
        (line, part.height) for part in page.parts if isinstance(part, Text) for line in part.lines
    ]
    lines.sort(key=lambda found: found[0].baseline)
    leading = _leading([line for line, _ in lines])
    for above, inwards in ((True, lines), (False, lines[::-1])):
        near = [
            line
            for line, height in inwards
            if (line.box.bottom if above else height - line.box.top) < _ZONE * height
        ]
        inner = [line for line, _ in inwards][1 : len(near) + 1]
        parted = [_is_parted(*pair, leading) for pair in zip(near, inner, strict=False)]
        parted += [True] * (len(near) - len(parted))  # nothing else is on the page
        for at, line in enumerate(near):
            yield _Edge(page.number, above, line, any(parted[at:]))


def _leading(lines: Sequence[PrintedLine]) -> float:
    """The commonest distance between lines, in points."""
    distances = Counter(round(b.baseline - a.baseline) for a, b in pairwise(lines))
    return float(distances.most_common(1)[0][0]) if distances else 0.0


def _is_parted(line: PrintedLine, inner: PrintedLine, leading: float) -> bool:
    """Whether two lines are no neighbours in one paragraph."""
    distance = abs(inner.baseline - line.baseline)
    far = distance > min(_APART * leading, _FAR * line.size)
    return far or abs(line.size - inner.size) > _SIZES * inner.size


def _running(edges: Iterable[_Edge], pages: int) -> set[tuple[bool, str]]:
    """The keys of lines that stand at one place on several pages."""
    places: defaultdict[tuple[bool, str], dict[int, float]] = defaultdict(dict)
    for edge in edges:
        if edge.apart:
            places[edge.key].setdefault(edge.page, edge.line.baseline)
    fewest = 2 if pages <= _SHORT else _FEWEST
    found = set()
    for key, heights in places.items():
        common, _ = Counter(round(height / _NEAR) for height in heights.values()).most_common(1)[0]
        near = sum(abs(height - common * _NEAR) <= _NEAR for height in heights.values())
        if key[1] and near >= fewest:
            found.add(key)
    return found


def _reason(edge: _Edge, running: set[tuple[bool, str]], offsets: set[int]) -> Message | None:
    """Why a line goes; None where it is text."""
    number = _number(edge.line)
    if number is not None:
        bare = not (number["after"].strip() or _NAMED.search(number["before"]))
        offset = int(number["number"]) - edge.page
        if not bare or (edge.apart and (offset in offsets or offset == 0)):
            return _PAGE_NUMBER
    if _PRINTED.match(edge.line.text):
        return _RUNNING
    return _RUNNING if edge.apart and edge.key in running else None


def _number(line: PrintedLine) -> re.Match[str] | None:
    return _NUMBER.fullmatch(line.text.strip())


def _take_out(page: PageText, line: PrintedLine) -> None:
    for part in page.parts:
        if isinstance(part, Text) and line in part.lines:
            part.lines.remove(line)
            return
