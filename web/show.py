"""How single values are written on a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from search.labels import GENRE_LABELS, GENRE_LABELS_EN, KIND_LABELS, KIND_LABELS_EN
from search.model import Facet
from web import language

GENRES_IN: Mapping[language.Language, Mapping[str, str]] = {
    "zh": GENRE_LABELS,
    "en": GENRE_LABELS_EN,
}
KINDS_IN: Mapping[language.Language, Mapping[str, str]] = {"zh": KIND_LABELS, "en": KIND_LABELS_EN}
"""What genres and kinds of section are called."""
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
    """2021-01-31 as 2021年1月31日, as it is in English; anything else as it is."""
    match = _DATE.fullmatch(iso) if language.current() == "zh" else None
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else iso


def genre_label(genre: str) -> str:
    """What a genre is called in the reader's language."""
    return GENRES_IN[language.current()][genre]


def kind_label(kind: str) -> str:
    """What a kind of section is called in the reader's language."""
    return KINDS_IN[language.current()][kind]


LABELS: Mapping[str, Callable[[str], str]] = {"genre": genre_label, "section": kind_label}
"""Facets whose values have names in both languages."""


def facet_label(name: str, facet: Facet) -> str:
    """What a facet's value is called in the reader's language; places and bodies have one name."""
    return LABELS[name](facet.value) if name in LABELS else facet.label
