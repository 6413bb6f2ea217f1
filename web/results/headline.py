"""What a report is called in a list: its place, year and genre, and its title where that says more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from search.model import ReportHit

_GENRE_WORDS = (
    "政府工作报告|政府信息公开(工作)?(年度|年)?(工作)?报告|工作报告|年度报告|年报|人民政府|办公室"
)
_NO_NEWS = re.compile(rf"{_GENRE_WORDS}|[^\w]|_|[0-9]+(年度?|月|日)?|年度?|的|关于")
_ENDINGS = re.compile("(特别行政区|自治[区州县旗]|[省市县区州盟旗镇乡]|地区|街道)$")
_NATIONS = re.compile(r"(?<=..).{1,3}族.*$")


class Headline(NamedTuple):
    """`place` are the regions from the outermost; `title` is "" where the others say it all, `composed`
    False where too little is known of the report: then its title stands alone."""

    composed: bool
    place: tuple[str, ...]
    title: str
    issuer: str


def headline(hit: ReportHit) -> Headline:
    """Of a report found."""
    names = tuple(region.name for region in hit.region)
    issuer = hit.issuer or ""
    implied = bool(names) and issuer == f"{names[-1]}人民政府"
    if not names or hit.year is None or hit.genre == "other":
        return Headline(False, names, hit.title, "" if implied else issuer)
    told = not _left(hit.title, names, issuer)
    return Headline(True, names, "" if told else hit.title, "" if implied else issuer)


def _left(title: str, names: Sequence[str], issuer: str) -> str:
    """What a title says beside place, issuer, date and genre."""
    left = title
    known = [issuer, *names, *(short for name in names for short in _short(name))]
    for name in sorted(filter(None, known), key=len, reverse=True):
        left = left.replace(name, "")
    return _NO_NEWS.sub("", left)


def _short(name: str) -> tuple[str, ...]:
    """Shorter names of a region: 内蒙古 of 内蒙古自治区, 红河州 and 红河 of 红河哈尼族彝族自治州."""
    bare = _NATIONS.sub("", _ENDINGS.sub("", name))
    return (f"{bare}{name[-1]}", bare) if len(bare) > 1 else ()
