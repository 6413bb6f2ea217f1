"""How single values are written on a page."""

from __future__ import annotations

import re
import unicodedata

from search.model import Passage

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def plain(text: str) -> str:
    """Text for a place where nothing can isolate it, such as the window's title: one line,
    without controls and those characters that change the direction of writing."""
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf") or c.isspace())
    return " ".join(kept.split())


def number(value: int | float) -> str:
    """12,345 or 1.9."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def date(iso: str) -> str:
    """2021-01-31 as 2021年1月31日; anything else as it is."""
    match = _DATE.fullmatch(iso)
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else iso


def place(passage: Passage) -> tuple[str, ...]:
    """The headings above a passage, the outermost first."""
    headings = passage.section.headings
    text = "".join(part.text for part in passage.fragments)
    return headings[:-1] if headings and text.startswith(headings[-1]) else headings
