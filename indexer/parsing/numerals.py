"""Chinese numerals as reports use them: 十二 for counting, 二〇一七 for years."""

from __future__ import annotations

import re

_DIGITS = {c: value for value, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "零○O\u039f０0", 0
)
NUMERAL = "一二三四五六七八九十百"
"""The characters of a counting numeral, for a character class."""

YEAR_DIGITS = "〇零○O\u039f一二三四五六七八九"
"""The characters of a year written digit by digit, for a character class."""

_YEAR = re.compile(rf"(?<![{YEAR_DIGITS}\d])(?=\d?[{YEAR_DIGITS}])[{YEAR_DIGITS}0]{{4}}(?=\s*年)")


def counting(numeral: str) -> int:
    """The value of a counting numeral up to 999 (十二 -> 12) or of ASCII or full-width digits."""
    if numeral.isdigit():
        return int(numeral)
    value = 0
    unit = 0
    for character in numeral:
        if character == "百":
            value, unit = value + (unit or 1) * 100, 0
        elif character == "十":
            value, unit = value + (unit or 1) * 10, 0
        else:
            unit = _DIGITS.get(character, 0)
    return value + unit


def arabic(text: str) -> str:
    """The text with runs of exactly four Chinese year digits before 年 written as ASCII digits.

    An ASCII 0 may be one of them: 二0一四年.
    """
    if "年" not in text:
        return text
    return _YEAR.sub(lambda run: "".join(str(_DIGITS[c]) for c in run.group()), text)
