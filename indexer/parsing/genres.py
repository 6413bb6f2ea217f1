"""Which genre a report is of: by its titles, its opening, the headings the law prescribes, its path."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.model import Genre
from indexer.parsing.script import simplified
from indexer.text.fold import fold

_OPENING_LINES = 12
_DISCLOSURE = re.compile("(?:政府)?(?:信息|资讯|政务)公开.{0,12}(?:报告|年报|总结)")
_WORK_REPORT = re.compile("政府工作(?:的)?报告|(?:国务院|人民政府)工作报告|施政报告")
_SPEECH = re.compile("(?:报告(?:政府)?工作|作.{0,6}工作报告|政府工作报告)")
_STATUTORY = re.compile(  # what the regulation of 2008, and the forms of 2014, 2019 and 2021 ask for
    r"[一二三四五六七八九十]{1,2}\s*[、.．]\s*(?:[^，。；：\s]{0,8}?(?:"
    r"(?P<proactive>主动公开(?:政府|政务)?(?:信息|政府)?的?(?:情况|内容))"
    r"|(?P<request>依申请公开|收到和处理(?:政府)?信息公开申请|信息公开申请的?(?:办理|处理|情况))"
    r"|(?P<fees>(?:信息|政务)公开的?收费|收费及减免)"
    r"|(?P<litigation>(?:信息|政务)公开[^。；]{0,12}复议|行政复议[、和与及]{1,2}(?:提起)?行政诉讼)))"
)
_FEWEST = 2  # prescribed parts that make a disclosure report


def genre_of(titles: Sequence[str], path: str, lines: Sequence[str]) -> Genre:
    """The genre: from the first title that tells, else the opening, the headings, the path."""
    for folded in map(fold, titles):
        if _WORK_REPORT.search(folded):
            return "work_report"
        if _DISCLOSURE.search(folded):
            return "disclosure"
    opening = [fold(line) for line in lines[:_OPENING_LINES]]
    if any("各位代表" in line for line in opening) and any(_SPEECH.search(x) for x in opening):
        return "work_report"
    if any(len(line) <= 60 and _DISCLOSURE.search(line) for line in opening):
        return "disclosure"
    place = fold(path)
    if "政府工作报告" in place:
        return "work_report"
    if _DISCLOSURE.search(place) or _has_statutory_parts(lines):
        return "disclosure"
    return "other"


def _has_statutory_parts(lines: Sequence[str]) -> bool:
    """Whether the lines have headings that only a disclosure report must have, of several kinds."""
    found: set[str | None] = set()
    for line in lines:
        found.update(match.lastgroup for match in _STATUTORY.finditer(simplified(line)))
    return len(found) >= _FEWEST
