"""Numbers that Word prints before paragraphs and does not keep in their text: 一、 （二） 3. ①.

A paragraph names a list and its level; the list has a pattern for each level ("%1、", "（%2）") and how
its counter is written, in the words of DOCX. Counting down the document gives what stands on paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

LEVELS = 9
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    {
        *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
        "taiwaneseCountingThousand",
    }
)
_LEGAL = MappingProxyType(
    {
        form: str.maketrans("一二三四五六七八九十", digits)
        for form, digits in (
            ("chineseLegalSimplified", "壹贰叁肆伍陆柒捌玖拾"),
            ("ideographLegalTraditional", "壹貳參肆伍陸柒捌玖拾"),
        )
    }
)
_CIRCLES = "".join(map(chr, range(0x2460, 0x2474)))
_SERIES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _CIRCLES),
        "decimalEnclosedParen": "".join(map(chr, range(0x2474, 0x2488))),
        "decimalEnclosedFullstop": "".join(map(chr, range(0x2488, 0x249C))),
        "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
        "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
        "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    }
)
"""Numbers that have a sign of their own, from 1 on."""
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Level(NamedTuple):
    """How a level of a list begins, is written (`numFmt`), is printed ("%1、"), is in digits throughout."""

    start: int
    form: str
    pattern: str
    only_digits: bool


@dataclass(slots=True)
class Counted:
    """A definition that several lists may share, and how far it has been counted."""

    levels: dict[int, Level]
    counts: list[int] = field(default_factory=lambda: [0] * LEVELS)


class Numbering:
    """The lists of a document."""

    def __init__(self, lists: Mapping[str, Counted]) -> None:
        """The lists by the name that paragraphs call them."""
        self._lists = lists

    def next(self, number: str, level: int) -> str:
        """What stands before the next paragraph of a list, "" where that is nothing or unknown."""
        found = self._lists.get(number)
        if found is None or level not in found.levels:
            return ""
        counts = found.counts
        counts[level] = counts[level] + 1 if counts[level] else found.levels[level].start or 1
        counts[level + 1 :] = [0] * (LEVELS - level - 1)
        return _printed(found, level)


def _printed(found: Counted, level: int) -> str:
    own = found.levels[level]
    text = own.pattern
    if own.form == "bullet":
        return "" if any("\ue000" <= char <= "\uf8ff" for char in text) else text
    for at in range(LEVELS):
        if f"%{at + 1}" in text and at in found.levels:
            form = "decimal" if own.only_digits else found.levels[at].form
            count = found.counts[at] or found.levels[at].start or 1
            text = text.replace(f"%{at + 1}", written(count, form))
    return text


def written(count: int, form: str) -> str:
    """A number of a list as it is printed; in digits where its form is not known."""
    if form in _CHINESE and count < 100:
        return chinese(count)
    if form == "ideographDigital":
        return "".join(_DIGITS[int(digit)] for digit in str(count))
    if form in _LEGAL and count < 100:
        return ("一" * (10 <= count < 20) + chinese(count)).translate(_LEGAL[form])
    if form in _SERIES and 1 <= count <= len(_SERIES[form]):
        return _SERIES[form][count - 1]
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
    if form == "decimalZero":
        return f"{count:02}"
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman") and count < 40:
        roman = _roman(count)
        return roman.upper() if form == "upperRoman" else roman
    return "" if form == "none" else str(count)


def chinese(count: int) -> str:
    """1 to 99: 一, 十, 二十一."""
    tens, ones = divmod(count, 10)
    begins = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return begins + (_DIGITS[ones] if ones or not tens else "")


def _roman(count: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (count // worth)
        count %= worth
    return text
