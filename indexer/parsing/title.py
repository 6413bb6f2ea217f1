"""Which line of a page is its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.parsing import enumerators, furniture
from indexer.parsing.dates import named_years
from indexer.parsing.script import simplified
from indexer.reading.document import RawLine
from indexer.text.fold import fold

HEAD = 40
"""The title stands in the first lines of a page, if anywhere."""

SHORT = 60
"""Code points that a line of a page's head has at most."""

_TITLE = re.compile(
    r".{0,80}(?:报告|年报|公报|纲要|总结|计划|规划|方案|摘要|决定|决议|通知|意见)[》”]?\s*(?:[（(\[〔].{1,40}[）)\]〕]|\d{4}年?)?"
)
_ORGAN = re.compile(r"[^，。；：]{2,20}(?:政府|办事处|委员会|办公室|[局厅院署])")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,14}(?:[省市县区州盟旗镇乡]|街道)")
_WRAPPED = 3  # lines above its last that a title begins in at most
_REST = re.compile(  # how the last line of a broken title reads
    r"\s*(?:政府|政务|信息|公开|工作|情况|年度|年|的|\d{4})*(?:报告|年报|总结)\s*"
)
_OPEN = re.compile(r"[^。；：:|]*(?:关于|年度?|的|和|与|及|信息|公开|工作|情况)\s*")
_LACKS_ORGAN = re.compile(r"\s*(?:(?:19|20)\d\d\s*年|政府信息公开|政府工作报告|关于)")
_TWICE = re.compile(r"(\S.{4,}\S)[\s\-—_|]*\1")
_DATELINE = re.compile(r"\W{0,2}(?:新华社|中新社|中新网|本报|人民网)[^。；]{0,16}(?:电|讯)(?:\W|$)")
_MENU = re.compile("[|丨｜>＞»›→]")
"""What parts the entries of a menu or a trail; no title has it."""
_SITE_SUFFIX = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]*$")


def title_line(lines: Sequence[RawLine], known: str) -> int | None:
    """Which line is the title: the one that equals the title already known, else the likeliest."""
    if known:
        wanted = fold(known)
        short = ((at, x.text) for at, x in enumerate(lines[:HEAD]) if len(x.text) <= 4 * SHORT)
        return next((at for at, text in short if fold(text) == wanted), None)
    candidates = [at for at, line in enumerate(_head(lines)) if _can_be(line)] or [
        at for at, line in enumerate(lines[:HEAD]) if _is_set_off(line) and _can_be(line)
    ]
    named = [at for at in candidates if named_years(lines[at].text)]
    if candidates:
        return named[0] if named and _is_column(lines[candidates[0]].text) else candidates[0]
    return 0 if lines and _may_name(lines[0]) else None


def is_title(line: RawLine) -> bool:
    """Whether a line reads like a report's title."""
    return (
        not line.row
        and len(line.text) <= 2 * SHORT
        and not _MENU.search(line.text)
        and not _DATELINE.match(simplified(line.text))
        and bool(_TITLE.fullmatch(simplified(line.text)))
    )


def begins_body(line: RawLine) -> bool:
    """Whether a line is the report's text, so that no title follows it."""
    return (
        len(line.text) > 2 * SHORT
        or line.text.rstrip().endswith("。")
        or enumerators.at_start(line.text) is not None
    )


def wrapped(lines: Sequence[RawLine], at: int) -> int:
    """How many lines before `at` the title there begins in: 某县人民政府 / 关于2013年…的 / 报告."""
    count = 0
    while count < min(_WRAPPED, at) and _goes_on(lines[at - count - 1], lines[at - count]):
        count += 1
    if 0 < count < at and _ORGAN.fullmatch(simplified(lines[at - count].text)):
        count += _PLACE.fullmatch(simplified(lines[at - count - 1].text)) is not None
    return count


def _goes_on(line: RawLine, below: RawLine) -> bool:
    """Whether a title that begins in a line goes on in the one below."""
    text, rest = simplified(line.text), simplified(below.text)
    if _LACKS_ORGAN.match(rest) and (_ORGAN.fullmatch(text) or _PLACE.fullmatch(text)):
        return True
    return bool(_REST.fullmatch(rest) and _OPEN.fullmatch(text)) and len(line.text) <= SHORT


def once(title: str) -> str:
    """The title, of one that says itself twice only the first."""
    twice = _TWICE.fullmatch(title)
    return twice[1] if twice else title


def page_title(printed: str, name: str) -> str:
    """The title of last resort: the browser window's without the site's name, else the file's."""
    return _SITE_SUFFIX.sub("", printed) or name.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _head(lines: Sequence[RawLine]) -> Sequence[RawLine]:
    stop = next((at for at, line in enumerate(lines[:HEAD]) if begins_body(line)), HEAD)
    return lines[: max(stop, 1)]


def _can_be(line: RawLine) -> bool:
    return is_title(line) and furniture.head_or_tail(line.text) is None


def _may_name(line: RawLine) -> bool:
    """Whether a page's first line may be its title though it does not read like one."""
    return (
        len(line.text) <= SHORT
        and not line.row
        and not re.search("[。；]", line.text)
        and furniture.head_or_tail(line.text) is None
        and enumerators.at_start(line.text) is None
        and not _DATELINE.match(simplified(line.text))
    )


def _is_set_off(line: RawLine) -> bool:
    return line.heading > 0 or line.bold == len(line.text)


def _is_column(text: str) -> bool:
    """Whether a line that reads like a title may be a site's column: it names no year."""
    return not named_years(text) and len(text) <= 12 and "工作报告" not in simplified(text)
