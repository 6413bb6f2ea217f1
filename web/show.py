"""How single values are written on a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timezone

from indexer.messages import Language
from indexer.model import Region
from indexer.regions.table import table
from search.labels import FACET_LABELS, FACET_LABELS_EN
from search.model import Facet
from web import language

LABELS_IN: Mapping[Language, Mapping[str, Mapping[str, str]]] = {
    "zh": FACET_LABELS,
    "en": FACET_LABELS_EN,
}
"""By language and facet: what those values are called that have names in both languages."""
_PROVINCE_ENDS = re.compile("(省|市|(壮族|回族|维吾尔)?自治区|特别行政区)$")
_UTC = "%Y-%m-%dT%H:%M:%SZ"
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def plain(text: str) -> str:
    """Text for a place where nothing can isolate it, such as the window's title: one line,
    without controls and those characters that change the direction of writing."""
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf") or c.isspace())
    return " ".join(kept.split())


def number(value: int) -> str:
    """12,345."""
    return f"{value:,}"


def percent(share: float) -> str:
    """A share of 1 in whole percent: 0% is nothing, and 100% is all."""
    return f"{in_percent(share)}%"


def in_percent(share: float) -> str:
    """The same without its sign."""
    if 0 < share < 0.01:
        return "<1"
    return ">99" if 0.99 < share < 1 else f"{100 * share:.0f}"


def date(iso: str) -> str:
    """2021-01-31 as 2021年1月31日, as it is in English; anything else as it is."""
    match = _DATE.fullmatch(iso) if language.current() == "zh" else None
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else iso


def utc(seconds: int) -> str | None:
    """A time in seconds since 1970 as 2026-11-29T15:00:00Z; None for 0, which is not known."""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime(_UTC) if seconds else None


def day(seconds: int) -> str | None:
    """Its day where this machine is, as `date` writes it."""
    return date(datetime.fromtimestamp(seconds).date().isoformat()) if seconds else None


def genre_label(genre: str) -> str:
    """What a genre is called in the reader's language."""
    return LABELS_IN[language.current()]["genre"][genre]


def kind_label(kind: str) -> str:
    """What a kind of section is called in the reader's language."""
    return LABELS_IN[language.current()]["section"][kind]


def value_label(name: str, value: str, label: str) -> str:
    """What a facet's value is called in the reader's language; places and bodies have one name,
    their `label`, which of a place may be its code."""
    if name in FACET_LABELS:
        return LABELS_IN[language.current()][name][value]
    region = table().get(value) if name == "region" else None
    return region.name if region else label


def short_province(name: str) -> str:
    """A province's name in two or three characters: 内蒙古."""
    return _PROVINCE_ENDS.sub("", name)


def short_region(region: Region) -> str:
    """A region's name as short as there is room for: below provinces the ending tells 市 from 县."""
    return short_province(region.name) if region.level == "province" else region.name


def facet_label(name: str, facet: Facet) -> str:
    """The same of a value that was counted."""
    return value_label(name, facet.value, facet.label)
