"""When a speech was given: the day printed with its title, under that, or under the speech.

It stands for the date of publication where a page has none, and it tells when a report's year
cannot be right: most speeches are given in the year that they plan for, or shortly before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from indexer.messages import Message
from indexer.model import Genre
from indexer.parsing.dates import first_date, is_date, is_span
from indexer.parsing.script import simplified
from indexer.parsing.title import SHORT, begins_body
from indexer.reading.document import RawLine

_HEAD = 8  # lines after the title
_TAIL = 3
_FAR = 1  # years between a report's year and its day beyond which one of them is wrong
_EVE = 11  # the first month in which the report of the coming year is given
_ADDRESS = re.compile("各位|同志们")
_SENTENCE = re.compile("[。；;！!？?]")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The day, ISO, None where none is printed or none can be right; and what is in doubt."""

    day: str | None
    doubt: Message | None = None


def spoken_on(
    titles: Sequence[str], lines: Sequence[RawLine], genre: Genre, year: int | None
) -> Spoken:
    """The day that is printed for a report of `year`: the first that can be right."""
    days = list(_printed(titles, lines, genre))
    if not days or year is None:
        return Spoken(next(iter(days), None))
    day = next((day for day in days if abs(int(day[:4]) - year) <= _FAR), None)
    if day is None:
        return Spoken(None, Message("date_far_from_year", year=year, date=days[0]))
    usual = genre != "work_report" or _is_usual(day, year)
    return Spoken(day, None if usual else Message("year_not_of_date", year=year, date=day))


def _is_usual(day: str, year: int) -> bool:
    """Whether a work report of the year is given on such a day: in it, or on its eve."""
    spoken, month = int(day[:4]), int(day[5:7])
    return spoken == year or (spoken == year - 1 and month >= _EVE)


def _printed(titles: Sequence[str], lines: Sequence[RawLine], genre: Genre) -> Iterator[str]:
    """The days in the titles, below them, and at the end, in this order."""
    head = takewhile(lambda x: not begins_body(x) and not _opens(x), lines[:_HEAD])
    for text in (*titles, *(line.text for line in head if not line.row)):
        if is_date(text) or (genre != "disclosure" and _dates_it(text)):
            yield from filter(None, [first_date(text)])
    for line in reversed(lines[-_TAIL:]):
        if is_date(line.text) or (genre == "work_report" and _is_bracketed(line.text)):
            yield from filter(None, [first_date(line.text)])


def _opens(line: RawLine) -> bool:
    return _ADDRESS.match(simplified(line.text)) is not None


def _dates_it(text: str) -> bool:
    """Whether a line's date may be that of the occasion: no sentence's, and no span's."""
    return len(text) <= 2 * SHORT and not _SENTENCE.search(text) and not is_span(text)


def _is_bracketed(text: str) -> bool:
    """Whether a line stands in brackets whole: （2017年1月19日某省人大某次会议通过）."""
    text = text.strip()
    return text[:1] in ("（", "(") and text[-1:] in ("）", ")") and _dates_it(text)
