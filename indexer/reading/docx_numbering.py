"""Numbers that Word prints before paragraphs and does not keep in their text: 一、 （二） 3. ①.

A paragraph names a list and its level; the list has a pattern for each level ("%1、", "（%2）") and how
its counter is written. Counting down the document gives what stands on paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

_LEVELS = 9
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    {
        *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
        "taiwaneseCountingThousand",
    }
)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class _Level(NamedTuple):
    start: int
    form: str
    pattern: str
    only_digits: bool


@dataclass(slots=True)
class _List:
    """A definition that several lists may share, and how far it has been counted."""

    levels: dict[int, _Level]
    counts: list[int] = field(default_factory=lambda: [0] * _LEVELS)


class Numbering:
    """The lists of a document."""

    def __init__(self, root: Element | None) -> None:
        """Of the part word/numbering.xml, names without their namespaces; None where there is none."""
        shared = {} if root is None else dict(_definitions(root))
        self._lists: dict[str, _List] = {}
        for num in () if root is None else root.findall("num"):
            abstract = num.find("abstractNumId")
            known = shared.get(abstract.get("val", "") if abstract is not None else "")
            if known is not None:
                overrides = dict(_overrides(num, known.levels))
                own = _List({**known.levels, **overrides}) if overrides else known
                self._lists[num.get("numId", "")] = own

    def next(self, number: str, level: int) -> str:
        """What stands before the next paragraph of a list, "" where that is nothing or unknown."""
        found = self._lists.get(number)
        if found is None or level not in found.levels:
            return ""
        counts = found.counts
        counts[level] = counts[level] + 1 if counts[level] else found.levels[level].start or 1
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        return _printed(found, level)


def _printed(found: _List, level: int) -> str:
    own = found.levels[level]
    text = own.pattern
    if own.form == "bullet":
        return "" if any("\ue000" <= char <= "\uf8ff" for char in text) else text
    for at in range(_LEVELS):
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
    if form == "decimalEnclosedCircle" or form == "decimalEnclosedCircleChinese":
        return chr(0x2460 + count - 1) if 1 <= count <= 20 else str(count)
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
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


def _definitions(root: Element) -> Iterator[tuple[str, _List]]:
    for abstract in root.findall("abstractNum"):
        levels = dict(_levels(abstract))
        if levels:
            yield abstract.get("abstractNumId", ""), _List(levels)


def _levels(within: Element) -> Iterator[tuple[int, _Level]]:
    for level in within.findall("lvl"):
        at = _whole(level.get("ilvl"), 0)
        if at < _LEVELS:
            yield (
                at,
                _Level(
                    _whole(_value(level, "start"), 1),
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    level.find("isLgl") is not None,
                ),
            )


def _overrides(num: Element, known: dict[int, _Level]) -> Iterator[tuple[int, _Level]]:
    """Levels that a list has of its own: it counts by itself, then."""
    for override in num.findall("lvlOverride"):
        yield from _levels(override)
        at, start = _whole(override.get("ilvl"), 0), _value(override, "startOverride")
        if start is not None and at in known:
            yield at, known[at]._replace(start=_whole(start, 1))


def _value(within: Element, name: str) -> str | None:
    found = within.find(name)
    return None if found is None else found.get("val")


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default
