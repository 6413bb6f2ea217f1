"""The numbers that open a heading: 第一章, 一、, （一）, 1., （1）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from indexer.parsing.brackets import is_enclosed
from indexer.parsing.heading_words import spaced_end
from indexer.parsing.numerals import NUMERAL, counting
from indexer.parsing.script import simplified


class Rank(IntEnum):
    """From the outermost number to the innermost."""

    BOOK = 0
    PART = 1
    CHAPTER = 2
    ARTICLE = 3
    HAN = 4
    HAN_BRACKETED = 5
    DIGIT = 6
    DIGIT_BRACKETED = 7


class Enumerator(NamedTuple):
    """A number in a line: where it stands (code points), its rank, value and tidy form."""

    start: int
    end: int
    rank: Rank
    value: int
    label: str


_ORDINALS = {
    "编": Rank.BOOK,
    "部分": Rank.PART,
    "篇": Rank.PART,
    "章": Rank.CHAPTER,
    "节": Rank.ARTICLE,
}
_S = r"[ \t\u3000\xa0]*"
_PATTERN = re.compile(
    rf"""
    第{_S}(?P<ordinal>[{NUMERAL}\d]{{1,4}}){_S}(?P<unit>编|部分|篇|章|节)
        (?=[\s\u3000:：、.．]|[^{NUMERAL}\d，。；的])
  | (?P<han>[{NUMERAL}]{{1,4}}){_S}[、.．](?!{_S}[{NUMERAL}]{{1,3}}[、产次])
  | [(（]{_S}(?P<bracketed>[{NUMERAL}]{{1,3}}){_S}[)）]{_S}[、.．]?
  | (?P<digit>[0-9０-９]{{1,2}}){_S}(?:、|[.．](?![0-9０-９]))
  | [(（]{_S}(?P<digit_bracketed>[0-9０-９]{{1,2}}){_S}[)）]
    """,
    re.VERBOSE,
)
_INDENT = re.compile(rf"\s*(?=[第(（{NUMERAL}0-9０-９])")
"""What stands before a number, where the first character may be one's: most lines have none."""
_FORMS = {
    "han": (Rank.HAN, "{}"),
    "bracketed": (Rank.HAN_BRACKETED, "（{}）"),
    "digit": (Rank.DIGIT, "{}"),
    "digit_bracketed": (Rank.DIGIT_BRACKETED, "（{}）"),
}
"""Rank and tidy form of each kind of number, by its group in the pattern."""
_SENTENCE_END = re.compile(r"[。！!？?]\s*[”’」』）)]?\s*$|\s{2,}$|\u3000$")
_CLAUSE_END = re.compile("[。；;！!]")
_REFERS = frozenset("第按照据和或及与、")  # before a number that is quoted: 第（一）项, 按照（一）
_SHORT = 200  # code points
_LONGEST_NAMED = 60  # code points
_FIRST_OF_LIST = re.compile(r"[\u4e00-\u9fff：:。\s](?:1|１)\s*[、.．]\s*[\u4e00-\u9fff“《]")


def at_start(text: str) -> Enumerator | None:
    """The number that the line begins with."""
    return _at_short_start(text) if len(text) <= _SHORT else _at_start(text)


def _at_start(text: str) -> Enumerator | None:
    indent = _INDENT.match(text)
    match = _PATTERN.match(text, indent.end()) if indent else None
    return _enumerator(match) if match else None


_at_short_start = lru_cache(maxsize=1024)(_at_start)
"""The same, remembered: each line of a page is asked for its number several times."""


def inside(text: str, start: int) -> Iterator[Enumerator]:
    """The numbers from `start` on that stand there or just after the end of a sentence, （一） also after a colon.

    一、 also after a space, where words that headings are made of end at the next: a whole page
    in one line, its tables too. None that a bracket or quote encloses.
    """
    for match in _PATTERN.finditer(text, start):
        before = text[start : match.start()]
        number = _enumerator(match)
        begins = (
            not before.strip()
            or _SENTENCE_END.search(before[-6:])
            or (before[-1] in "：:" and number.rank == Rank.HAN_BRACKETED and number.value == 1)
            or (before[-1] in " \xa0" and number.rank == Rank.HAN and _is_spaced(text, number.end))
        )
        if begins and before.rstrip()[-1:] not in _REFERS and not is_enclosed(text, number.start):
            yield number


def _is_spaced(text: str, start: int) -> bool:
    """Whether a heading, by its words, begins here and ends at a space."""
    return spaced_end(simplified(text[start : start + _LONGEST_NAMED])) > 0


def first_child(text: str, number: Enumerator, stop: int) -> Enumerator | None:
    """The first number of an inner rank that begins before `stop` and goes on to a second.

    It ends a heading that has no other end: 二、主动公开情况（一）数量…。（二）形式….
    """
    for match in _PATTERN.finditer(text, number.end, stop + 8):
        child = _enumerator(match)
        if child.start > stop or child.rank <= number.rank or child.value != 1:
            continue
        if text[child.start - 1] in _REFERS or is_enclosed(text, child.start):
            continue
        glued = child.rank == Rank.DIGIT and not _FIRST_OF_LIST.match(text, child.start - 1)
        if not glued and any(
            (other := _enumerator(later)).rank == child.rank
            and other.value == 2
            and _CLAUSE_END.search(text, child.end, other.start)
            for later in _PATTERN.finditer(text, child.end)
        ):
            return child
    return None


def _enumerator(match: re.Match[str]) -> Enumerator:
    unit = match["unit"]
    if unit is not None:
        number = match["ordinal"]
        rank, label = _ORDINALS[unit], f"第{number}{unit}"
        return Enumerator(match.start(), match.end(), rank, counting(number), label)
    kind = match.lastgroup or ""
    number = match[kind]
    value = counting(number)
    rank, form = _FORMS[kind]
    label = form.format(number if rank < Rank.DIGIT else value)
    return Enumerator(match.start(), match.end(), rank, value, label)
