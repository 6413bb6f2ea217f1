"""Page furniture: what a web page prints around a report. It is dropped; its facts are kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.parsing.dates import first_date
from indexer.parsing.furniture_rules import ALWAYS, FACT_KEYS, HEAD_OR_TAIL, S

_KEY = "|".join(S.join(map(re.escape, key)) for key in sorted(FACT_KEYS, key=len, reverse=True))
_FACT = re.compile(rf"(?:^|(?<=[\s•·●|【\[（(]))(?P<key>{_KEY}){S}[:：]", re.IGNORECASE)
_STARTS_AS_FACT = re.compile(rf"^[\s•·●◆■|【\[（(]*(?:{_KEY}){S}[:：]", re.IGNORECASE)
_DATED = re.compile(  # as sites print it; a report's own date is 2018年1月30日
    r"^[\s【\[]*(?:19|20)\d\d(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|年\d{1,2}月\d{1,2}日\s*\d{1,2}:\d\d)"
    r"(?:\s*\d{1,2}:\d\d(?::\d\d)?)?(?:\s|$)"
)


def always(text: str) -> str | None:
    """Why a line is furniture wherever it stands; None where it may be the report's."""
    return _reason(ALWAYS, text)


def head_or_tail(text: str) -> str | None:
    """Why a line is furniture at either end of a page."""
    if facts_of(text) is not None:
        return "页面信息"
    return _reason(ALWAYS, text) or _reason(HEAD_OR_TAIL, text)


def facts_of(text: str) -> dict[str, str] | None:
    """The facts of a line such as 来源：某镇 时间：2018-01-30; None where it is no such line."""
    if len(text) > 200 or not (_STARTS_AS_FACT.match(text) or _DATED.match(text)):
        return None
    keys = list(_FACT.finditer(text))
    facts: dict[str, str] = {}
    if _DATED.match(text):
        facts["published"] = first_date(text) or ""
    for at, match in enumerate(keys):
        stop = keys[at + 1].start() if at + 1 < len(keys) else len(text)
        name = FACT_KEYS[re.sub(r"\s", "", match["key"]).lower()]
        value = text[match.end() : stop].strip(" \t\u3000\xa0】])）|•·")
        if name and value:
            facts.setdefault(name, value)
    if any(
        len(value) > 80 or "。" in value for name, value in facts.items() if name != "breadcrumb"
    ):
        return None
    return facts


def row_facts(text: str) -> dict[str, str] | None:
    """The facts of a table row of keys and values: 索引号 | … | 发布机构 | …."""
    cells = [cell.strip() for cell in text.split("\t")]
    keys = [re.sub(r"[\s:：]", "", cell).lower() for cell in cells[::2]]
    if len(cells) < 2 or not all(key in FACT_KEYS or not key for key in keys) or not any(keys):
        return None
    pairs = zip(keys, cells[1::2], strict=False)
    return {FACT_KEYS[key]: value for key, value in pairs if key and FACT_KEYS[key] and value}


def _reason(rules: Sequence[tuple[str, str]], text: str) -> str | None:
    stripped = text.strip()
    return next((why for why, rule in rules if re.fullmatch(rule, stripped, re.IGNORECASE)), None)
