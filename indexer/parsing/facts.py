"""What a report is: year, date, number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.model import Genre
from indexer.parsing.dates import first_date, is_date, named_years, plain
from indexer.parsing.issuers import signature

_OPENING_LINES = 12
_PERIOD = re.compile(
    r"(?:统计|数据|报告)?.{0,8}(?:期限|时限|时段|时间|周期)[^。]{0,20}?((?:19|20)\d\d)\s*年\s*1\s*月\s*1\s*日[^。]{0,16}?12\s*月"
)
_MEETING = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月[^。]{0,16}(?:日|上)")
_BACK = re.compile(r"((?:19|20)\d\d)\s*年.{0,10}?(?:工作)?(?:的?回顾|总结|所做的?工作|基本情况)")
_AHEAD = re.compile(
    r"((?:19|20)\d\d)\s*年.{0,12}?(?:任务|安排|目标|打算|总体要求|总体思路|部署|计划|重点)"
)
_ANY_YEAR = re.compile(r"(?<!\d)((?:19[5-9]|20[0-4])\d)\s*年")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[［【(（](?:19|20)\d\d[〕\]］】)）]\s*第?\d{1,5}\s*号"
)
_DIGIT = re.compile(r"[\d一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class Year:
    """A year and where it was found.

    `doubtful` where only the publishing date told it, `placed` where the path did and no title.
    """

    value: int | None
    doubtful: bool = False
    placed: bool = False


def year_of(
    titles: Sequence[str], path: str, lines: Sequence[str], genre: Genre, published: str | None
) -> Year:
    """The year a report names as its own: titles, path, the period of its figures, its text."""
    for years in map(named_years, titles):
        if years:
            return Year(years[-1])
    placed = _path_years(path)
    if placed:
        return Year(placed[-1], placed=True)
    spoken = genre == "work_report"
    year = _period(lines) or (_speech_year([*titles, *lines]) if spoken else _text_year(lines))
    if year is not None:
        return Year(year)
    if published:
        return Year(int(published[:4]) - (1 if genre == "disclosure" else 0), doubtful=True)
    return Year(None)


def outlook(lines: Sequence[str]) -> int | None:
    """The year that a speech's headings look ahead to, if they look back on the one before it."""
    headings = [plain(line[:60]) for line in lines]
    back = _most([int(m.group(1)) for m in map(_BACK.search, headings) if m])
    ahead = _most([int(m.group(1)) for m in map(_AHEAD.search, headings) if m])
    return ahead if ahead is not None and back == ahead - 1 else None


def _path_years(path: str) -> list[int]:
    """The year of the innermost part of the path that has one."""
    for part in reversed(plain(path).split("/")):
        found = re.findall(r"(?<!\d)(?:19[4-9]|20[0-4])\d(?!\d)", part)
        if found:
            return [int(found[0])]
    return []


def _period(lines: Sequence[str]) -> int | None:
    matches = (_PERIOD.search(plain(line)) for line in lines)
    return next((int(m.group(1)) for m in matches if m), None)


def _speech_year(lines: Sequence[str]) -> int | None:
    """A work report's year: the one it plans for, which begins with or just after the speech."""
    headings = [plain(line[:60]) for line in lines]
    opening = [plain(line[:80]) for line in lines[:_OPENING_LINES]]
    ending = [plain(line[:80]) for line in lines[-3:] if is_date(line)]
    spoken = next((m for m in map(_MEETING.search, opening + ending) if m), None)
    back = _most([int(m.group(1)) for m in map(_BACK.search, headings) if m])
    if spoken:
        year, month = int(spoken.group(1)), int(spoken.group(2))
        return year + 1 if month >= 11 and back in (None, year) else year
    ahead = _most([int(m.group(1)) for m in map(_AHEAD.search, headings) if m])
    if ahead:
        return ahead
    return back + 1 if back else _text_year(lines)


def _text_year(lines: Sequence[str]) -> int | None:
    """The year that the text names most, the earliest of the most named."""
    return _most([int(y) for line in lines for y in _ANY_YEAR.findall(plain(line))])


def _most(years: Sequence[int]) -> int | None:
    counted = Counter(years)
    return min(counted, key=lambda y: (-counted[y], y)) if counted else None


def published_of(facts: Mapping[str, str], lines: Sequence[str]) -> str | None:
    """The site's date, else the date under the signature; ISO."""
    for name in ("published", "written"):
        found = first_date(facts.get(name, ""))
        if found:
            return found
    return signature(lines)[1]


def number_of(facts: Mapping[str, str]) -> str | None:
    """The document number: 城街〔2018〕4号; a form that was not filled in, 〔〕号, is none."""
    printed = facts.get("number", "")
    found = _NUMBER.search(printed)
    if found:
        return found.group()
    return printed if _DIGIT.search(printed) else None
