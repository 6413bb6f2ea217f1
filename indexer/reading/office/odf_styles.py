"""The styles of an OpenDocument file: what is bold, hidden, a title, and how lists are numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple
from xml.etree.ElementTree import Element

from indexer.reading.office.numbering import LEVELS, Counted, Level

_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "1": "decimal",
        "i": "lowerRoman",
        "I": "upperRoman",
        "a": "lowerLetter",
        "A": "upperLetter",
        "一, 二, 三, ...": "chineseCounting",
        "①, ②, ③, ...": "decimalEnclosedCircle",
        "": "none",
        "１, ２, ３, ...": "decimalFullWidth",
        "壹, 贰, 叁, ...": "chineseLegalSimplified",
        "壹, 貳, 參, ...": "ideographLegalTraditional",
        "甲, 乙, 丙, ...": "ideographTraditional",
        "子, 丑, 寅, ...": "ideographZodiac",
    }
)
"""How counters are written, as DOCX names it; others are digits."""
_DEEPEST = 24


class Look(NamedTuple):
    """How text of a style looks; None: as what surrounds it."""

    bold: bool | None = None
    hidden: bool | None = None
    title: bool = False


class _Style(NamedTuple):
    parent: str
    look: Look


class Styles:
    """Of the parts styles.xml and content.xml, names without their namespaces."""

    def __init__(self, *parts: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self.outline = Counted({})
        self.hidden_tables: set[str] = set()
        for part in parts:
            for element in () if part is None else part.iter():
                self._take(element)

    def look(self, name: str | None) -> Look:
        """How a style looks by itself and by those that it is based on."""
        bold: bool | None = None
        hidden: bool | None = None
        title = False
        for _ in range(_DEEPEST):
            style = self._styles.get(name or "")
            if style is None:
                break
            bold = style.look.bold if bold is None else bold
            hidden = style.look.hidden if hidden is None else hidden
            title = title or name == "Title"
            name = style.parent
        return Look(bold, hidden, title)

    def list(self, name: str | None) -> Counted:
        """A list of this style that has not been counted."""
        return Counted(self._lists.get(name or "", {}))

    def _take(self, element: Element) -> None:
        name = element.get("name", "")
        if element.tag in ("style", "default-style"):
            self._styles[name] = _Style(element.get("parent-style-name", ""), _look(element))
            table = element.find("table-properties")
            if table is not None and table.get("display") == "false":
                self.hidden_tables.add(name)
        elif element.tag == "list-style":
            self._lists[name] = dict(_levels(element))
        elif element.tag == "outline-style":
            self.outline = Counted(dict(_levels(element)))


def _look(style: Element) -> Look:
    properties = style.find("text-properties")
    if properties is None:
        return Look()
    weights = [properties.get(name) for name in ("font-weight", "font-weight-asian")]
    bold = None if weights == [None, None] else "bold" in weights
    display = properties.get("display")
    return Look(bold, None if display is None else display == "none")


def _levels(style: Element) -> Iterator[tuple[int, Level]]:
    for level in style:
        at = _whole(level.get("level"), 1) - 1
        if 0 <= at < LEVELS and level.tag.startswith(("list-level-style", "outline-level-style")):
            yield at, _level(level, at)


def _level(level: Element, at: int) -> Level:
    if level.tag == "list-level-style-bullet":
        return Level(1, "bullet", level.get("bullet-char", ""), only_digits=False)
    form = level.get("num-format", "")
    return Level(
        _whole(level.get("start-value"), 1),
        _FORMS.get(form, "decimal"),
        _pattern(level, at),
        only_digits=False,
    )


def _pattern(level: Element, at: int) -> str:
    """What is printed, "%1、": as newer files say it, or made of what stands around the numbers."""
    said = level.get("num-list-format")
    if said is not None:
        for number in range(LEVELS):
            said = said.replace(f"%{number + 1}%", f"%{number + 1}")
        return said
    if not level.get("num-format"):
        return level.get("num-prefix", "") + level.get("num-suffix", "")
    shown = _whole(level.get("display-levels"), 1)
    numbers = ".".join(f"%{number + 1}" for number in range(max(at + 1 - shown, 0), at + 1))
    return level.get("num-prefix", "") + numbers + level.get("num-suffix", "")


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default
