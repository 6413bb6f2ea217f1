"""The numbers that open a heading: 第一章, 一、, （一）, 1., （1）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from indexer.parsing.numerals import NUMERAL, counting


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


@dataclass(frozen=True, slots=True)
class Enumerator:
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
_SENTENCE_END = re.compile(r"[。！!？?]\s*[”’」』）)]?\s*$|\s{2,}$|\u3000$")


def at_start(text: str) -> Enumerator | None:
    """The number that the line begins with."""
    indent = len(text) - len(text.lstrip())
    match = _PATTERN.match(text, indent)
    return _enumerator(match) if match else None


def inside(text: str) -> Iterator[Enumerator]:
    """The numbers that stand in mid-line just after the end of a sentence."""
    for match in _PATTERN.finditer(text):
        before = text[: match.start()]
        if before.strip() and _SENTENCE_END.search(before[-6:]):
            yield _enumerator(match)


def _enumerator(match: re.Match[str]) -> Enumerator:
    groups = match.groupdict()
    kind = next(name for name, value in groups.items() if value is not None)
    number = groups[kind]
    value = counting(number)
    if kind == "ordinal":
        unit = groups["unit"]
        return Enumerator(*match.span(), _ORDINALS[unit], value, f"第{number}{unit}")
    rank, label = {
        "han": (Rank.HAN, number),
        "bracketed": (Rank.HAN_BRACKETED, f"（{number}）"),
        "digit": (Rank.DIGIT, str(value)),
        "digit_bracketed": (Rank.DIGIT_BRACKETED, f"（{value}）"),
    }[kind]
    return Enumerator(*match.span(), rank, value, label)
