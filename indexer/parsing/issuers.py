"""Who issued a report: whom the page states, the signature, a title or the opening names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from indexer.model import Genre, Region
from indexer.parsing.dates import first_date, is_date, plain
from indexer.parsing.script import simplified

_OPENING_LINES = 12  # a speaker stands in them
_WRITTEN_LINES = 3  # an author does
_OPENING = 200  # code points of a line
_ORGAN = re.compile(
    r"[\u4e00-\u9fff（）()、]{2,40}(?:政府|办事处|委员会|管委会|办公室|中心|[局厅委院署处行社])(?:办公[室厅])?"
)
_SPEAKER = re.compile(
    r"^([\u4e00-\u9fff]{2,20}人民政府)(?:代|副|常务)?(?:省长|市长|主席|州长|县长|区长|盟长|旗长)"
)
_NO_SOURCE = re.compile("示例|虚构|本站|原创|转载|互联网|网络|https?:|www[.]")
_SIGNED = re.compile(  # the day in the signer's own line
    r"(?P<organ>[\u4e00-\u9fff（）()、]{4,40})[\s（(]+(?P<day>(?:19|20|二[〇○零])[^（）()]{6,16})[）)]?"
)
_BEFORE_YEAR = re.compile(
    r"(?:关于\s*)?(?P<name>.{3,40}?)(?:(?:政府|政务)?信息公开(?:工作)?|政务公开(?:工作)?)?(?:关于\s*)?(?:19|20)\d\d\s*[-—至]?\s*(?:\d{4})?年"
)
_AFTER_YEAR = re.compile(
    r"(?:关于\s*)?(?:19|20)\d\d\s*年度?\s*(?P<name>.{3,40}?)(?:的|关于)?(?:政[府务]信息公开|政务公开|(?<!政府)信息公开)"
)
_AUTHOR = (
    r"(?P<organ>[\u4e00-\u9fff]{1,26}?(?:政府|办公室|办公厅|办事处|委员会|管委会|中心|[局厅署院]|[健计改建资信生教农商体]委)"
    r"(?:办公[室厅]|党政办)?)"
)
_WRITTEN_BY = re.compile(
    rf"由{_AUTHOR}(?:(?:根据|按照|依据|依照)[^，。；]{{2,40}}?)?(?:负责)?(?:组织)?(?:编制|编写|编印|撰写|起草|汇编)"
)
_SPEAKS = re.compile(  # at the beginning of a clause, a verb after it
    rf"(?:^|(?<=[，。；：年度\s])){_AUTHOR}(?:[（(][^（）()]{{2,40}}[）)])?"
    "(?=按照|根据|依照|依据|照|公开|公布|发布|编制|编写|撰写|写成|形成|推进|推动|认真|现[将就公]|积极|坚持|深入|严格|全面|高度重视"
    "|贯彻|依托|紧紧|切实|扎实|始终|继续|不断)"
)
_ABOVE = re.compile("国务院|中共|党中央|各|上级|本|我|全|该|由|在|对|向|按|据|与|和|经")


def signature(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """(issuer, ISO date) of the signature at the end of the lines."""
    for at in range(len(lines) - 1, max(-1, len(lines) - 6), -1):
        text = lines[at].strip()
        if is_date(text):
            before = "".join(lines[at - 1].split()) if at else ""
            return (before if _is_organ(before) else None), first_date(text)
        signed = _SIGNED.fullmatch(text)
        if signed and is_date(signed["day"]) and _is_organ(signed["organ"]):
            return signed["organ"], first_date(signed["day"])
    return None, None


def issuer_of(
    facts: Mapping[str, str],
    titles: Sequence[str],
    lines: Sequence[str],
    genre: Genre,
    region: Sequence[Region],
) -> str | None:
    """Who speaks: as the page states it, as it is signed, as a title or the opening names it."""
    if genre == "work_report":
        return _government(lines, region)
    signed = signature(lines)[0]
    named = [name for title in titles for name in _named(title) if name]
    titled = next(filter(_is_organ, named), None)
    stated = facts.get("issuer", "").strip()
    origin = _source_name(facts.get("origin", ""))
    author = origin if origin and _is_organ(origin) else author_of(lines, genre)
    return stated or signed or titled or author or origin or next(iter(named), None)


def _named(title: str) -> Iterator[str]:
    """Who a title names before its year, 某县某局2017年年报, or after it, 2017年某县某局信息公开年报."""
    text = plain(title).strip()
    before, after = _BEFORE_YEAR.match(text), _AFTER_YEAR.match(text)
    if before:
        yield before["name"].strip()
    if after and _is_organ(after["name"]):
        yield after["name"]


def author_of(lines: Sequence[str], genre: Genre) -> str | None:
    """Who the opening lines of a disclosure report say wrote it, or speaks in them."""
    for line in lines[:_WRITTEN_LINES] if genre == "disclosure" else ():
        if _is_organ(line.strip()):
            return line.strip()
        text = simplified(line[:_OPENING])
        found = _WRITTEN_BY.search(text) or _SPEAKS.search(text)
        if found and not _ABOVE.match(found["organ"]):
            return found["organ"]
    return None


def _is_organ(name: str) -> bool:
    return _ORGAN.fullmatch(simplified(name)) is not None


def _source_name(origin: str) -> str | None:
    """The source that a page names, where it is one that may have written the report."""
    name = origin.strip()
    return None if _NO_SOURCE.search(name) or len(name) > 40 else name or None


def _government(lines: Sequence[str], region: Sequence[Region]) -> str | None:
    """A work report is the government's of its region, whether it says so or not."""
    if region:
        last = region[-1]
        return "国务院" if last.level == "country" else f"{last.name}人民政府"
    speakers = (_SPEAKER.match(line) for line in lines[:_OPENING_LINES])
    return next((m.group(1) for m in speakers if m), None)
