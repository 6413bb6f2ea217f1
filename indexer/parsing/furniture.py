"""Page furniture: what a web page prints around a report. It is dropped; its facts are kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from indexer.messages import Message
from indexer.parsing.dates import first_date
from indexer.parsing.furniture_rules import (
    ALWAYS,
    BEFORE_TITLE,
    DATES,
    FACT_KEYS,
    HEAD_OR_TAIL,
    HOSTS,
    RELATED,
    Rules,
    S,
    any_of,
)
from indexer.parsing.script import simplified

FACTS = Message("dropped_facts")
"""Why a line goes whose facts are kept."""
_LONGEST_LINE = 200  # code points
_LONGEST_VALUE = 80
_LONGEST_MENU = 120
_LONGEST_LABEL = 12
_RELATED = re.compile(RELATED)
_KEY = any_of(FACT_KEYS)
_DAY = r"(?:19|20)\d\d(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\.\d{1,2}\.\d{1,2}|年\d{1,2}月\d{1,2}日)"
_LONG_KEY = any_of(key for key in FACT_KEYS if len(key) > 2)
"""Keys that are told even where they are glued to the value before them."""
_STARTS = "".join(sorted({key[0] for key in FACT_KEYS}))
_SIGN = rf"(?:{S}[:：]|(?<=[\u4e00-\u9fff]){S}[】\]]{S}[:：]?|[ \t\u3000\xa0]+(?={_DAY}))"
_BLANK = rf"{S}(?=(?:{_LONG_KEY}){S}[:：])"  # a key that another follows has no value
_FACT = re.compile(
    rf"(?:^|(?<=[\s•·●|【\[（()）】]))(?P<key>{_KEY})(?:{_SIGN}|{_BLANK})"
    rf"|(?=[{_STARTS}])(?P<glued>{_LONG_KEY}){S}[:：]",
    re.IGNORECASE,
)
_STARTS_AS_FACT = re.compile(rf"^[\s•·●◆■|【\[（(]*(?:{_KEY})(?:{_SIGN}|{_BLANK})", re.IGNORECASE)
_MAY_TELL = re.compile(  # a key's first character, or a day's: few lines of a report begin so
    rf"[\s•·●◆■|【\[（(]*[{_STARTS}\d]", re.IGNORECASE
)
_KEYS_ONLY = re.compile(rf"(?:{S}(?:{_KEY}){S}[:：]?){{2,}}{S}", re.IGNORECASE)
_TIME = r"(?:\s*\d{1,2}[:时]\d\d(?::\d\d|分)?)?"
_KEY_FOLLOWS = rf"[【\[（(]*(?:{_KEY}){S}[:：]"
_DATED = re.compile(  # as sites print it; a report's own date is 2018年1月30日
    r"^[\s【\[]*(?P<published>(?:19|20)\d\d(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}"
    rf"|年\d{{1,2}}月\d{{1,2}}日(?=\s*(?:\d{{1,2}}[:时]\d\d|{_KEY_FOLLOWS}))){_TIME})"
    rf"[\s】\]]*(?=$|{_KEY_FOLLOWS})",
    re.IGNORECASE,
)
_SITED = re.compile(  # a site's name and address, then the day
    r"\s*(?P<site>[^，。；：\s]{2,20})\s+(?:https?://)?www\.[\w.-]+/?\s+"
    rf"(?P<published>{_DAY}{_TIME})\s*(?=$|{_KEY_FOLLOWS})",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"\S[ \t\u3000\xa0]+(?=(?:{_LONG_KEY}){S}[:：])")
_DAY_BEHIND = re.compile(rf"[\s（(]+(?P<published>{_DAY}{_TIME})[）)]?$")
"""The day that sites print behind the source, without a key of its own."""
_BRACKETS = {"】": "【", "]": "[", "）": "（", ")": "("}


class _Compiled(NamedTuple):
    """Rules as one pattern; the group that matched says why."""

    pattern: re.Pattern[str]
    reasons: Mapping[str, Message]


def _compiled(rules: Rules) -> _Compiled:
    groups = {f"rule{number}": rule for number, rule in enumerate(rules)}
    pattern = "|".join(f"(?P<{name}>{rule})" for name, (_, rule) in groups.items())
    reasons = {name: why for name, (why, _) in groups.items()}
    return _Compiled(re.compile(pattern, re.IGNORECASE), reasons)


_ALWAYS = _compiled(ALWAYS)
_AT_AN_END = _compiled((*ALWAYS, *HEAD_OR_TAIL))
_HOSTS = _compiled(HOSTS)
_BEFORE_TITLE = _compiled(BEFORE_TITLE)
_MARKS = " \t\u3000\xa0|•·"


def always(text: str) -> Message | None:
    """Why a line is furniture wherever it stands; None where it may be the report's."""
    return _reason(_ALWAYS, text)


def head_or_tail(text: str) -> Message | None:
    """Why a line is furniture at either end of a page."""
    if facts_of(text) is not None:
        return FACTS
    return _reason(_AT_AN_END, text)


def needs_company(text: str) -> bool:
    """Whether a line is furniture only beside other furniture: a list of tasks has 主办单位, too."""
    return _reason(_HOSTS, text) is not None


def before_title(text: str) -> Message | None:
    """Why a line is furniture where it stands before the title."""
    return _reason(_BEFORE_TITLE, text) if len(text) <= _LONGEST_MENU else None


def opens_related(text: str) -> bool:
    """Whether a line opens a list of other pages: 相关阅读."""
    return len(text) <= _LONGEST_LABEL and _RELATED.fullmatch(simplified(text).strip()) is not None


def facts_of(printed: str) -> Mapping[str, str] | None:
    """The facts of a line such as 来源：某镇 时间：2018-01-30; None where it is no such line."""
    return _facts_of(printed) if len(printed) <= _LONGEST_LINE else None


@lru_cache(maxsize=256)  # why a line goes and what it tells are asked one after the other
def _facts_of(printed: str) -> Mapping[str, str] | None:
    text = simplified(printed)
    if not _MAY_TELL.match(text) and "www." not in text.lower():
        return None
    if _KEYS_ONLY.fullmatch(text):
        return {}
    told = _DATED.match(text) or _SITED.match(text)
    if not told and not _STARTS_AS_FACT.match(text):
        return None
    facts: dict[str, str] = told.groupdict() if told else {}
    text, printed = (part[told.end() if told else 0 :] for part in (text, printed))
    keys = list(_FACT.finditer(text))
    stops = [match.start() for match in keys[1:]] + [len(text)]
    for match, stop in zip(keys, stops, strict=False):
        name = FACT_KEYS[_key(match["key"] or match["glued"])]
        value = _value(printed[match.end() : stop])
        day = _DAY_BEHIND.search(value) if name in ("origin", "issuer") else None
        if day:
            facts.setdefault("published", day["published"])
            value = value[: day.start()]
        if not _can_be(name, value):
            return None
        if name and value:
            facts.setdefault(name, value)
    return facts


def facts_behind(printed: str) -> int:
    """Where the facts begin that stand in one line behind something else; 0 where none do."""
    if len(printed) > _LONGEST_LINE or not ("：" in printed or ":" in printed):
        return 0
    found = _BEHIND.search(simplified(printed))
    return found.end() if found and facts_of(printed[found.end() :]) else 0


def _can_be(name: str, value: str) -> bool:
    """Whether a value is a fact and not a sentence that happens to begin like one."""
    if name == "breadcrumb":
        return "。" not in value
    if name in DATES and value and first_date(value) is None:
        return False
    return len(value) <= _LONGEST_VALUE and not re.search("[。；]", value)


def _value(printed: str) -> str:
    """A value without the marks around it and the brackets that it does not open itself."""
    value = printed.strip(_MARKS).lstrip("】])）").rstrip("【[（(").strip(_MARKS)
    if value[:1] in ("[", "【") and value[-1] == {"[": "]", "【": "】"}[value[0]]:
        value = value[1:-1].strip(_MARKS)
    while value and value.count(value[-1]) > value.count(_BRACKETS.get(value[-1], value[-1])):
        value = value[:-1].rstrip(_MARKS)
    return value


def row_facts(text: str) -> Mapping[str, str] | None:
    """The facts of a table row of keys and values: 索引号 | … | 发布机构 | ….

    A key that another follows has no value: its cell was blank, and may be lost.
    """
    cells = [cell.strip() for cell in text.split("\t") if cell.strip()]
    facts: dict[str, str] = {}
    at = 0
    while at < len(cells):
        name = FACT_KEYS.get(_key(cells[at]))
        value = cells[at + 1] if at + 1 < len(cells) else ""
        value = "" if _key(value) in FACT_KEYS else value
        if name is None or (name and not _can_be(name, value)):
            return None
        if name and value:
            facts.setdefault(name, value)
        at += 2 if value else 1
    return facts


def _key(printed: str) -> str:
    """A key as it stands in FACT_KEYS, of one in brackets or spaced out: [ 索 引 号 ]："""
    return re.sub(r"[\s:：【】\[\]]", "", simplified(printed)).lower()


def _reason(rules: _Compiled, text: str) -> Message | None:
    if len(text) > _LONGEST_LINE:
        return None
    found = rules.pattern.fullmatch(simplified(text).strip())
    return rules.reasons[found.lastgroup or ""] if found else None
