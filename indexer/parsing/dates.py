"""Dates as reports print them: 2018-03-30, 2018年3月30日, 二〇一八年三月三十日."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from indexer.parsing.numerals import NUMERAL, arabic, counting
from indexer.parsing.script import simplified

_LONGEST_DATE = 60  # code points, white space around it included
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMERIC = re.compile(
    rf"(?<!\d){_YEAR}\s*[-/.年]\s*(?P<month>\d{{1,2}})\s*[-/.月]\s*(?P<day>\d{{1,2}})(?!\d)\s*[日号]?"
)
_CHINESE = re.compile(
    rf"(?<!\d){_YEAR}\s*年\s*(?P<month>[{NUMERAL}]{{1,2}})月\s*(?P<day>[{NUMERAL}]{{1,3}})[日号]"
)
_YEAR_NAME = re.compile(r"(?<!\d)((?:19[4-9]|20[0-4])\d)\s*(?=年|[)）]|$)")
_NO_NAME = re.compile(  # 2018年1月 dates a speech, 2035年远景目标 is a plan's horizon
    r"\s*年\s*(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月|远景)"
)
_RANGE = re.compile(r"\d{4}\s*年?\s*[-—–~至]+\s*$")
_SPAN = re.compile(r"日\s*(?:起|[-—–~至到]+\s*(?:(?:19|20)\d\d\s*年|\d{1,2}\s*月))")
_SPACED_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")


def plain(text: str) -> str:
    """The text as the searches here expect it: simplified, NFKC, years in ASCII digits."""
    return arabic(unicodedata.normalize("NFKC", simplified(text)))


def first_date(text: str) -> str | None:
    """The first date in the text, ISO; None where none is, or it is no day of the calendar."""
    normal = plain(text)
    found = [m for m in (_NUMERIC.search(normal), _CHINESE.search(normal)) if m]
    for match in sorted(found, key=lambda m: m.start()):
        iso = _iso(match)
        if iso:
            return iso
    return None


def is_date(text: str) -> bool:
    """Whether the text is one date and nothing else (brackets and a time of day aside)."""
    return len(text) <= _LONGEST_DATE and _is_date(text)


@lru_cache(maxsize=256)  # the lines at a report's end are asked for several facts
def _is_date(text: str) -> bool:
    normal = re.sub(r"\d{1,2}:\d\d(:\d\d)?$", "", plain(text).strip()).strip("() ")
    return any(p.fullmatch(normal) for p in (_NUMERIC, _CHINESE)) and first_date(normal) is not None


def is_span(text: str) -> bool:
    """Whether the text names a span of months or years by its first and last day."""
    return _SPAN.search(plain(text)) is not None


def named_years(text: str) -> list[int]:
    """The years a title names as such: 2017年, 2 0 1 8 年, （2025）, 二〇一一年; no dates or spans."""
    normal = _SPACED_DIGITS.sub("", plain(text))
    return [
        int(match.group(1))
        for match in _YEAR_NAME.finditer(normal)
        if not _NO_NAME.match(normal, match.end(1)) and not _RANGE.search(normal[: match.start()])
    ]


def _iso(match: re.Match[str]) -> str | None:
    try:
        day = date(int(match["year"]), counting(match["month"]), counting(match["day"]))
    except ValueError:
        return None
    return day.isoformat()
