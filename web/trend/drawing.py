"""What a drawing to take away needs beside the numbers: its size, and lines of text that fit it.

A file of its own has no page around it: it says itself what was asked, and all of it is in pixels.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from web.show import plain

_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Beside controls, which `plain` takes away, what XML 1.0 has no way to write."""
MARGIN, LINE = 24, 17
"""Space around, and height of a line of the head, in px."""
LEAST, MOST = 640, 1_600
"""Widths in px; more years than have room in the widest are drawn narrower."""
HALF = 0.56
"""Width of a narrow character, in em."""


def xml_text(text: str) -> str:
    """Text that stands in XML as it is, once it is escaped."""
    return _NOT_XML.sub("�", plain(text))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing: `head` are lines above the figure, which begins at `top`; years begin at `left`."""

    title: str
    head: tuple[str, ...]
    width: int
    left: int
    plot: float
    top: int

    @classmethod
    def of(
        cls, title: str, about: Iterable[tuple[str, str]], years: int, sides: tuple[int, int]
    ) -> Sheet:
        """With so many columns of years, and room for what stands left and right of them."""
        width = min(max(2 * MARGIN + sum(sides) + 26 * years, LEAST), MOST)
        plot = min(width - 2 * MARGIN - sum(sides), 60 * years)
        head = tuple(
            line
            for name, value in about
            for line in wrapped(xml_text(f"{name}：{value}"), (width - 2 * MARGIN) / 12)
        )
        shown = wrapped(xml_text(title), (width - 2 * MARGIN) / 26)
        top = MARGIN + 40 + LINE * len(head) + 28
        return cls(shown[0] if shown else "", head, width, MARGIN + sides[0], plot, top)


def wrapped(text: str, most: float) -> list[str]:
    """The text in lines of so many em at most."""
    lines, line, wide = [], "", 0.0
    for char in text:
        step = 1 if unicodedata.east_asian_width(char) in "WFA" else HALF
        if line and wide + step > most:
            lines.append(line)
            line, wide = "", 0.0
        line, wide = line + char, wide + step
    return [*lines, line] if line else lines
