"""Lines become pieces: headings, the text under them, table rows.

A heading stands in a line of its own, opens a line that goes on with text, or stands in mid-line
after the end of a sentence; the line is split where the heading begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.parsing import enumerators
from indexer.parsing.enumerators import Enumerator, Rank
from indexer.parsing.heading_end import LONGEST, heading_end
from indexer.parsing.kinds import is_heading_word, is_part_heading
from indexer.parsing.tables import cell_lines
from indexer.reading.document import RawLine

LONGEST_UNNUMBERED = 40
"""Longest heading without a number, in code points."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line. `opens` tells that it opens a section, and what kind of number it has.

    `text` of an opening piece is the heading, or "" where a number opens text with no heading.
    """

    text: str
    opens: Opening | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """How a section opens: by number, by a part's title, by mark-up (1 the outermost) or in bold."""

    number: Enumerator | None = None
    part: bool = False
    markup: int = 0


@dataclass(slots=True)
class _Counters:
    """The last value seen of each rank: a number in mid-line counts only where it is the next."""

    last: dict[Rank, int] = field(default_factory=dict)

    def is_next(self, number: Enumerator) -> bool:
        return number.value == self.last.get(number.rank, 0) + 1

    def see(self, number: Enumerator) -> None:
        self.last[number.rank] = number.value
        for rank in [r for r in self.last if r > number.rank]:
            del self.last[rank]


def pieces(lines: Sequence[RawLine]) -> Iterator[Piece]:
    """All pieces of the lines, in order; what they leave out is white space at the cuts."""
    cells = cell_lines(lines)
    counters = _Counters()
    for at, line in enumerate(lines):
        if line.row or at in cells:
            yield Piece(line.text)
        else:
            yield from _pieces_of(line, counters)


def _pieces_of(line: RawLine, counters: _Counters) -> Iterator[Piece]:
    number = enumerators.at_start(line.text)
    if number is not None:
        counters.see(number)
        yield from _numbered(line, number, counters)
        return
    unnumbered = _unnumbered(line)
    if unnumbered is not None:
        end, opening = unnumbered
        yield Piece(line.text[:end].strip(), opening)
        yield from _text(line.text[end:], counters)
        return
    yield from _text(line.text, counters)


def _numbered(line: RawLine, number: Enumerator, counters: _Counters) -> Iterator[Piece]:
    """A line that begins with a number: a heading, with or without text, or an item of a list."""
    text = line.text
    rest = text[number.end :]
    cut = next(_cuts(text, number.end, counters), None)
    own = rest if cut is None else text[number.end : cut[0].start]
    end = line.bold - number.end if _bold_heading(line, number) else heading_end(own, number.rank)
    if end > 0:
        yield Piece(text[: number.end + end].strip(), Opening(number))
        yield from _text(text[number.end + end :], counters)
    elif number.rank <= Rank.HAN_BRACKETED:
        yield Piece("", Opening(number))
        yield from _text(text, counters)
    else:
        yield from _text(text, counters)


def _bold_heading(line: RawLine, number: Enumerator) -> bool:
    """Whether the bold beginning of a numbered line is its heading."""
    if not number.end < line.bold <= number.end + LONGEST[number.rank]:
        return False
    return (
        line.bold == len(line.text)
        or line.text[line.bold - 1] in "。：:！!"
        or (line.text[line.bold] in " \u3000\xa0")
    )


def _text(text: str, counters: _Counters) -> Iterator[Piece]:
    """Text that may hold headings in mid-line."""
    done = 0
    for number, end in _cuts(text, 0, counters):
        counters.see(number)
        yield from _plain(text[done : number.start])
        yield Piece(text[number.start : end].strip(), Opening(number))
        done = end
    yield from _plain(text[done:])


def _plain(text: str) -> Iterator[Piece]:
    if text.strip():
        yield Piece(text.strip())


def _cuts(text: str, start: int, counters: _Counters) -> Iterator[tuple[Enumerator, int]]:
    """The headings in mid-line from `start` on, each with its end; only those in sequence."""
    numbers = [n for n in enumerators.inside(text) if n.start >= start]
    for at, number in enumerate(numbers):
        if number.rank > Rank.DIGIT or not counters.is_next(number):
            continue
        stop = numbers[at + 1].start if at + 1 < len(numbers) else len(text)
        end = heading_end(text[number.end : stop], number.rank)
        if end > 0:
            yield number, number.end + end


def _unnumbered(line: RawLine) -> tuple[int, Opening] | None:
    """(end, opening) of the heading without a number that begins the line."""
    text = line.text.strip()
    if line.heading and len(text) <= 2 * LONGEST_UNNUMBERED:
        return len(line.text), Opening(markup=line.heading)
    whole = line.bold == len(line.text)
    head = line.text[: line.bold].strip() if line.bold else text
    if not head or len(head) > LONGEST_UNNUMBERED or _BYLINE.search(head):
        return None
    if (whole or not line.bold) and len(head) <= 30 and not re.search("[。，；：:！]", head):
        if is_heading_word(head):
            return len(line.text), Opening(markup=1)
        if is_part_heading(head):
            return len(line.text), Opening(part=True)
    if line.bold and _bold_lead(line, head):
        end = line.bold
        return end, Opening(part=is_part_heading(head))
    return None


def _bold_lead(line: RawLine, head: str) -> bool:
    """Whether a line's bold beginning is a heading: it must end as one does."""
    if len(head) < 3:
        return False
    if line.bold == len(line.text):
        return not re.search("[，；！]$", head)
    return head[-1] in "。" or (is_part_heading(head) and line.text[line.bold] in " \u3000\xa0")


_BYLINE = re.compile(
    r"^各位|同志们|[省市州县区盟旗]长[\s\u3000]*(?:\S{1,8}[\s\u3000]*){0,2}$|主席[\s\u3000]*\S{0,12}$|会议上?$|^[（(]?\s*(?:19|20)\d\d\s*年"
    r"\s*\d+\s*月|^[—–―-]{2}|^中华人民共和国$|政府工作报告$|^(?:数据)?(?:资料)?来源|^[（(].*[)）]$|^目\s*录$|^\W*$"
)
