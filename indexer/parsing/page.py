"""A page is sorted: its title, the lines of the report, what was dropped, what that told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.model import Dropped
from indexer.parsing import furniture
from indexer.reading.document import Document, RawLine
from indexer.text.fold import fold

_HEAD = 40  # the title stands in the first lines of a page, if anywhere
_AFTER_TITLE = 15
_TAIL = 30
_SHORT = 60
_BODY_MARK = re.compile(r"[=＝—-]{4,}\s*正\s*文\s*[=＝—-]{4,}")
_TITLE = re.compile(
    r".{0,80}(?:报告|年报|公报|纲要|总结|计划|规划|方案|摘要|决定|决议|通知|意见)[》”]?\s*(?:[（(\[〔].{1,40}[）)\]〕]|\d{4}年?)?"
)
_ORGAN = re.compile(r"[^，。；：]{2,20}(?:政府|办事处|委员会|办公室|[局厅院署])")
_LACKS_ORGAN = re.compile(r"(?:\s*(?:19|20)\d\d\s*年|政府信息公开|政府工作报告|关于)")
_MENU = re.compile(r"(?:[\u4e00-\u9fff]{2,6}(?:\s*[|丨·]\s*|\s+|$))+")
_SITE_SUFFIX = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]*$")


@dataclass(slots=True)
class Page:
    """`facts` are the first told of each name (see furniture_rules.FACT_KEYS and Document.meta)."""

    title: str = ""
    lines: list[RawLine] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)

    def take(self, line: RawLine, reason: str | None) -> bool:
        """Drop the line for the reason, learning its facts; False where there is none."""
        if reason is None:
            return False
        self.dropped.append(Dropped(line.text, reason))
        for name, value in (furniture.facts_of(line.text) or {}).items():
            self.facts.setdefault(name, value)
        return True


def sort_page(document: Document, name: str) -> Page:
    """The page of a document; `name` is its file's, the title of last resort."""
    page = Page(facts={k: v for k, v in document.meta.items() if v})
    page.dropped.extend(document.dropped)
    lines = _after_mark(document.lines, page)
    lines = _rows(lines, page)
    lines = _titled(lines, page, name)
    lines = _without_tail(lines, page)
    page.lines = [line for line in lines if not page.take(line, furniture.always(line.text))]
    return page


def _after_mark(lines: Sequence[RawLine], page: Page) -> list[RawLine]:
    """What follows a line such as ==== 正文 ====; before it stand facts only."""
    for at, line in enumerate(lines[:_HEAD]):
        if _BODY_MARK.fullmatch(line.text):
            for before in lines[: at + 1]:
                page.take(before, "页面信息")
            return list(lines[at + 1 :])
    return list(lines)


def _rows(lines: Sequence[RawLine], page: Page) -> list[RawLine]:
    """The lines without the rows of an index-number table, which stands in the head."""
    kept: list[RawLine] = []
    for at, line in enumerate(lines):
        facts = furniture.row_facts(line.text) if line.row and at < _HEAD else None
        if facts is None:
            kept.append(line)
            continue
        page.dropped.append(Dropped(line.text, "页面信息"))
        for name, value in facts.items():
            page.facts.setdefault(name, value)
    return kept


def _titled(lines: list[RawLine], page: Page, name: str) -> list[RawLine]:
    """The lines after the title; the page has its title then."""
    page.title = " ".join(page.facts.get("title", "").split("\n")).strip()
    at = _title_line(lines, page)
    if at is None:
        if not page.title:
            page.title = _SITE_SUFFIX.sub("", page.facts.get("page_title", "")) or _stem(name)
        return _after_title(lines, page)
    if not page.title:
        page.title = lines[at].text
        if at and _LACKS_ORGAN.match(page.title) and _ORGAN.fullmatch(lines[at - 1].text):
            page.title = lines[at - 1].text + page.title
            lines = lines[: at - 1] + lines[at:]
            at -= 1
    else:
        page.dropped.append(Dropped(lines[at].text, "与标题重复"))
    before = [line for line in lines[:at] if not page.take(line, _reason_before(line))]
    return before + _after_title(lines[at + 1 :], page)


def _title_line(lines: Sequence[RawLine], page: Page) -> int | None:
    """Which line is the title: the one that the page's facts name, else the first that can be."""
    if page.title:
        wanted = fold(page.title)
        same = (at for at, line in enumerate(lines[:_HEAD]) if fold(line.text) == wanted)
        return next(same, None)
    for at, line in enumerate(lines[:_HEAD]):
        if furniture.head_or_tail(line.text) is None and _is_title(line):
            return at
    if lines and len(lines[0].text) <= _SHORT and not re.search("[。；]", lines[0].text):
        return 0
    return None


def _is_title(line: RawLine) -> bool:
    return not line.row and len(line.text) <= 2 * _SHORT and bool(_TITLE.fullmatch(line.text))


def _reason_before(line: RawLine) -> str | None:
    """Why a line before the title goes: the site's name or menu; whatever else stays text."""
    reason = furniture.head_or_tail(line.text)
    if reason is None and (_ORGAN.fullmatch(line.text) or _MENU.fullmatch(line.text)):
        return "网站名称或栏目"
    return reason


def _after_title(lines: list[RawLine], page: Page) -> list[RawLine]:
    """The lines without the furniture that follows the title, buttons and dates mostly."""
    for at, line in enumerate(lines[:_AFTER_TITLE]):
        if not page.take(line, furniture.head_or_tail(line.text)):
            return lines[at:]
    return lines[_AFTER_TITLE:]


def _without_tail(lines: list[RawLine], page: Page) -> list[RawLine]:
    """The lines without the furniture at the end."""
    end = len(lines)
    while end > max(0, len(lines) - _TAIL) and furniture.head_or_tail(lines[end - 1].text):
        end -= 1
    for line in lines[end:]:
        page.take(line, furniture.head_or_tail(line.text))
    return lines[:end]


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
