"""Lines become pieces: headings, the text under them, table rows.

A heading stands in a line of its own, opens a line that goes on with text, or stands in mid-line
after the end of a sentence; the line is split where the heading begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.model import NO_PLACE, Place
from indexer.parsing import enumerators
from indexer.parsing.enumerators import Enumerator, Rank
from indexer.parsing.heading_end import LONGEST
from indexer.parsing.kinds import is_heading_word, is_part_heading
from indexer.parsing.midline import LONG_ITEM, Counters, cuts, opens_unnamed, own_end
from indexer.parsing.tables import cell_lines, is_value
from indexer.parsing.unnumbered import annex_end, bold_end, unnumbered_end
from indexer.reading.document import RawLine

_BEFORE_ANNEX = re.compile(r"(?<=日)[ \t\u3000\xa0]+(?=附[件表])")
_SENTENCE = re.compile("[。！!？?；;]")


class Opening(NamedTuple):
    """How a section opens: by number, by a part's title, by mark-up (1 the outermost) or in bold.

    `top`: by a word that stands at the outermost level, such as 引言 or 附表.
    """

    number: Enumerator | None = None
    part: bool = False
    top: bool = False
    markup: int = 0


class Piece(NamedTuple):
    """A stretch of one line; `opens` tells that it opens a section, and how.

    `text` of an opening piece is the heading, or "" where a number opens text with no heading.
    """

    text: str
    opens: Opening | None = None
    place: Place = NO_PLACE


def pieces(lines: Sequence[RawLine]) -> Iterator[Piece]:
    """All pieces of the lines, in order; what they leave out is white space at the cuts."""
    return _without_items(_pieces(_numbered_lines(_with_annexes(lines))))


def _with_annexes(lines: Sequence[RawLine]) -> Iterator[RawLine]:
    """The lines, one in which an annex follows the day of the signature as two."""
    for line in lines:
        day = None if line.row else _BEFORE_ANNEX.search(line.text)
        if day is None or not annex_end(line.text[day.end() :]):
            yield line
            continue
        yield replace(line, text=line.text[: day.start()], bold=min(line.bold, day.start()))
        yield replace(line, text=line.text[day.end() :], bold=0)


def _numbered_lines(lines: Iterable[RawLine]) -> list[RawLine]:
    """The lines, a number that stands alone in one joined with what it numbers: 一、 / 总体情况."""
    found: list[RawLine] = []
    for line in lines:
        above = found[-1] if found else None
        if above is not None and _is_bare_number(above) and _may_be_numbered(line):
            bold = len(above.text) + line.bold if line.bold else 0
            place = above.place.to(line.place)
            found[-1] = replace(line, text=above.text + line.text, bold=bold, place=place)
        else:
            found.append(line)
    return found


def _is_bare_number(line: RawLine) -> bool:
    number = None if line.row else enumerators.at_start(line.text)
    return number is not None and number.end == len(line.text.rstrip())


def _may_be_numbered(line: RawLine) -> bool:
    """Whether a line may be the heading of a number above it: short, no sentence, no cell."""
    return (
        not line.row
        and len(line.text) <= LONGEST[Rank.HAN]
        and not _SENTENCE.search(line.text)
        and enumerators.at_start(line.text) is None
        and not is_value(line.text)
    )


def _pieces(lines: Sequence[RawLine]) -> Iterator[Piece]:
    cells = cell_lines(lines)
    counters = Counters()
    for at, line in enumerate(lines):
        if line.row or at in cells:
            yield Piece(line.text, place=line.place)
        elif line.place == NO_PLACE:
            yield from _pieces_of(line, counters)
        else:
            yield from (p._replace(place=line.place) for p in _pieces_of(line, counters))


def _pieces_of(line: RawLine, counters: Counters) -> Iterator[Piece]:
    number = enumerators.at_start(line.text)
    if number is not None:
        counters.see(number)
        yield from _numbered(line, number, counters)
        return
    end = unnumbered_end(line)
    if end:
        yield Piece(line.text[:end].strip(), _opening(line, end))
    yield from _text(line.text, end, end, counters)


def _opening(line: RawLine, end: int) -> Opening:
    heading = line.text[:end].strip()
    if line.heading:
        return Opening(markup=line.heading)
    return Opening(
        part=is_part_heading(heading), top=is_heading_word(heading) or end == annex_end(line.text)
    )


def _numbered(line: RawLine, number: Enumerator, counters: Counters) -> Iterator[Piece]:
    """A line that begins with a number: a heading, with or without text, or an item of a list."""
    text = line.text
    following = next(cuts(text, number.end, counters.copy()), None)
    stop = following.number.start if following else len(text)
    end = bold_end(line, number.end, LONGEST[number.rank]) or own_end(text, number, stop)
    if end > number.end:
        yield Piece(text[:end].strip(), Opening(number, markup=line.heading))
        yield from _text(text, end, end, counters)
        return
    if opens_unnamed(number):
        yield Piece("", Opening(number))
    yield from _text(text, 0, number.end, counters)


def _text(text: str, start: int, search: int, counters: Counters) -> Iterator[Piece]:
    """The text from `start` on, which may hold headings in mid-line from `search` on."""
    done = start
    for cut in cuts(text, search, counters):
        yield from _plain(text[done : cut.number.start])
        yield Piece(text[cut.number.start : cut.end].strip(), Opening(cut.number))
        done = cut.end
    yield from _plain(text[done:])


def _plain(text: str) -> Iterator[Piece]:
    if text.strip():
        yield Piece(text.strip())


def _without_items(found: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, where the items of a list, whole sentences with nothing under them, are text."""
    before: Enumerator | None = None
    held: Piece | None = None
    for piece in [*found, None]:
        if held is not None:
            number = held.opens.number if held.opens else None
            item = number is not None and _is_item(held, number, piece, before)
            yield from _as_item(held, number) if item and number else (held,)
            if number is not None or held.opens is not None:
                before = number if item else None
        held = piece


def _is_item(
    piece: Piece, number: Enumerator, after: Piece | None, before: Enumerator | None
) -> bool:
    """Whether a numbered sentence is an item: nothing stands under it, or it follows an item."""
    if piece.text[-1:] not in tuple("。；;！!") or len(piece.text) <= LONG_ITEM:
        return False
    if before is not None and before.rank == number.rank and before.value + 1 == number.value:
        return True
    following = after.opens.number if after and after.opens else None
    return after is None or (following is not None and following.rank <= number.rank)


def _as_item(piece: Piece, number: Enumerator) -> Iterator[Piece]:
    if opens_unnamed(number):
        yield Piece("", Opening(number), piece.place)
    yield Piece(piece.text, place=piece.place)
