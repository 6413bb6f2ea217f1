"""Which kind of section a heading opens, for each genre."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.model import Genre
from indexer.parsing.dates import named_years
from indexer.text.fold import fold

_Table = tuple[tuple[str, re.Pattern[str]], ...]
"""Kinds, each with what tells it; the first that is found counts."""


def _compiled(*rules: tuple[str, str]) -> _Table:
    return tuple((kind, re.compile(pattern)) for kind, pattern in rules)


_DISCLOSURE = _compiled(
    ("litigation", "复议|诉讼|投诉|申诉|举报"),
    ("fees", "收费|减免|费用"),
    ("staffing", "机构.{0,4}人员|(?:人员|机构|保障).{0,6}经费|机构设置|队伍建设|机构建设"),
    ("problems", "问题|改进|不足|困难|整改|今后|打算|下一步|工作计划|工作思路"),
)
_PROACTIVE_OR_REQUEST = re.compile(
    "(?P<on_request>依申请|收到和处理|公开申请|申请情况|申请公开|申请的?(?:办理|处理|受理|答复))|(?P<proactive>主动公开|公开内容|公开形式)"
)
_DISCLOSURE_REST = _compiled(
    ("overview", "概述|概况|总体|基本情况|工作情况|开展情况|组织领导|回顾"),
    ("intro", "引言|前言|导言"),
)
_WORK_REPORT = _compiled(
    ("intro", "^(引言|前言|导言|序言)"),
    ("other", "^(附件|附表|附录|注释)|(名词|用语|术语)(解释|注释|说明)$"),
    (
        "governance",
        "自身建设|加强政府建设|(?<!数字)政府建设$|政府职能|职能转变|法治政府|服务型政府|人民满意.{0,4}政府|政府治理(?:能力|体系|现代化)"
        "|廉洁政府|政府系统.{0,8}建设|建设(?!.{0,8}数字).{0,14}政府$|政府(?:工作)?作风",
    ),
    (
        "review",
        "回顾|基本估计|基本总结|主要成[绩效]|工作成效|成就|取得.{0,12}成[就绩效果]|过去|工作情况|工作总结|所做的工作|做的主要工作|五年来|一年来|存在的.{0,4}问题",
    ),
    (
        "plan",
        "任务|安排|目标|打算|部署|总体要求|总体思路|指导思想|重点工作|主要工作|今后|未来|明年|今年|新一年|奋斗|计划|规划|设想|建议|展望|蓝图",
    ),
)


def is_heading_word(text: str) -> bool:
    """Whether an unnumbered line of its own is a heading by its words alone."""
    return bool(_BARE.fullmatch(_folded(text)))


def is_part_heading(text: str) -> bool:
    """Whether an unnumbered line names one of the great parts of a work report."""
    return bool(_PART.fullmatch(_folded(text)))


_folded = lru_cache(maxsize=64)(fold)
"""The same few headings are asked about again and again, and they are short."""


_BARE = re.compile(
    "引言|前言|导言|序言|概述|附件|附表|附录|注释|(?:政府工作报告)?(?:部分|有关|相关)?(?:名词|用语|术语)(?:解释|注释|说明)|结束语|结语|编制说明"
)
_YEARS = "(?:(?:19|20)[0-9]{2}年?|[一二三四五六七八九零〇]{4}年|今年|去年|过去[一五]年|上年|明年|今后五年|十[一二三四五]?五|本届政府)"
_PERIOD = f"(?:{_YEARS}|时期|五年|一年|本届|[一二三四五六七八九十]+届(?:人民)?政府)"
_PART = re.compile(
    f"(?:关于)?(?:{_YEARS})?.{{0,12}}?(?:(?:工作|情况|发展|时期)?的?(?:简要|主要)?回顾"
    "|工作(?:总结|安排|打算|任务|部署|目标|的?总体要求|的?指导思想|重点|建议|计划)|(?:主要|目标|总体)任务|主要(?:目标|预期目标)"
    "|政府自身建设|总体要求|总体思路)"
    f"|(?!.*(?:我们|以下|抓))(?:关于|做好|扎实做好|回顾|决胜)?.{{0,8}}?{_PERIOD}.{{0,18}}?"
    "(?:工作|任务|成就|成效|目标|思路|部署|举措|展望|回顾|考虑|建议|意见|定位|实事)"
)


def kind_of(heading: str, genre: Genre, year: int | None) -> str | None:
    """The kind that a heading's own words tell; None where they tell nothing."""
    folded = fold(heading)
    if genre == "disclosure":
        return _disclosure(folded)
    if genre == "work_report":
        by_words = _first(_WORK_REPORT, folded)
        by_year = _by_year(heading, year)
        return by_year if by_words == "plan" and by_year else by_words or by_year
    return "other"


def _disclosure(folded: str) -> str | None:
    kind = _first(_DISCLOSURE, folded)
    if kind:
        return kind
    match = _PROACTIVE_OR_REQUEST.search(folded)
    if match:
        return match.lastgroup
    return _first(_DISCLOSURE_REST, folded)


def _first(table: _Table, folded: str) -> str | None:
    return next((kind for kind, pattern in table if pattern.search(folded)), None)


def _by_year(heading: str, year: int | None) -> str | None:
    """A work report of 2021 looks back on 2020 and ahead to 2021."""
    years = named_years(heading)
    if year is None or not years:
        return None
    return "plan" if max(years) >= year else "review"
