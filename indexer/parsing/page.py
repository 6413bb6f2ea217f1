"""A page is sorted: its title, the lines of the report, what was dropped, what that told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from indexer.messages import Message
from indexer.model import Dropped
from indexer.parsing import enumerators, furniture
from indexer.parsing.dates import is_date
from indexer.parsing.head import without_glue
from indexer.parsing.occasion import gone_on, is_bare, line_below, lines_above
from indexer.parsing.repeated import first_copy
from indexer.parsing.script import simplified
from indexer.parsing.title import (
    HEAD,
    SHORT,
    begins_body,
    is_title,
    once,
    page_title,
    title_line,
    wrapped,
)
from indexer.reading.document import Document, Format, RawLine
from indexer.text.fold import fold

_TITLE_AGAIN = Message("dropped_title")
_AFTER_TITLE = 15
_BYLINES = 3  # lines such as a speech's date and speaker that may stand above the last furniture
_TAIL = 30
_BODY_MARK = re.compile(r"[=＝—-]{4,}\s*正\s*文\s*[=＝—-]{4,}")
_TITLE_KEY = re.compile(r"\W*(?:标\s*题|(?:文件)?名\s*称)\s*[：:]")
_MARKUP = re.compile(r"(#{1,6})[ \t\u3000]+(?=\S)")
_BYLINE = re.compile(
    r"[（(—–―-]*\s*(?:(?:19|20)\d\d|[〇○零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月[^。；]{0,40}"
    r"|[^。；，]{0,20}[省市州县区盟旗乡镇]长[\s\u3000：:]*\S{0,4}"
)


@dataclass(slots=True)
class Page:
    """`facts` are the first told of each name (see furniture_rules.FACT_KEYS and Document.meta)."""

    title: str = ""
    lines: list[RawLine] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)

    def take(self, line: RawLine, reason: Message | None) -> bool:
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
    lines = _after_mark([_marked_up(line, document.format) for line in document.lines], page)
    lines = _rows(lines, page)
    lines = without_glue(lines)
    lines = _titled(lines, page, name)
    lines = _without_tail(lines, page)
    own = [line for line in lines if line.row or not page.take(line, furniture.always(line.text))]
    page.lines = _once(own, page)
    return page


def _once(lines: list[RawLine], page: Page) -> list[RawLine]:
    """The lines, of those that stand on the page again and again the first copy."""
    end, copies = first_copy(lines, page.title)
    if copies > 1:
        page.warnings.append(Message("text_repeated", count=copies))
        page.dropped += (Dropped(line.text, Message("dropped_repeated")) for line in lines[end:])
    return lines[:end]


def _marked_up(line: RawLine, form: Format) -> RawLine:
    """A line that Markdown's mark of a heading begins, in a format that does not read it.

    Beside headings that a format has of its own the mark tells no depth.
    """
    mark = _MARKUP.match(line.text)
    if mark is None or line.row:
        return line
    text = line.text[mark.end() :]
    if form not in ("text", "markdown"):
        return replace(line, text=text, heading=0, bold=len(text))
    return replace(line, text=text, heading=len(mark[1]), bold=0)


def _after_mark(lines: list[RawLine], page: Page) -> list[RawLine]:
    """What follows a line such as ==== 正文 ====; before it stand facts only."""
    for at, line in enumerate(lines[:HEAD]):
        if _BODY_MARK.fullmatch(line.text):
            for before in lines[: at + 1]:
                page.take(before, furniture.FACTS)
            return lines[at + 1 :]
    return lines


def _rows(lines: Sequence[RawLine], page: Page) -> list[RawLine]:
    """The lines without the rows of an index-number table, which stands in the head."""
    kept: list[RawLine] = []
    head = list(takewhile(lambda x: x.row or not begins_body(x), lines[:HEAD]))
    for at, line in enumerate(lines):
        facts = furniture.row_facts(line.text) if line.row and at < len(head) else None
        if facts is None:
            kept.append(line)
            continue
        page.dropped.append(Dropped(line.text, furniture.FACTS))
        for name, value in facts.items():
            page.facts.setdefault(name, value)
    return kept


def _titled(lines: list[RawLine], page: Page, name: str) -> list[RawLine]:
    """The lines without the title and what surrounds it; the page has its title then."""
    _note_title(lines, page)
    page.title = once(" ".join(page.facts.get("title", "").split("\n")).strip())
    at = title_line(lines, page.title)
    if at is None:
        page.title = page.title or page_title(page.facts.get("page_title", ""), name)
        return _after_title(*_with_occasion(_without_markup(lines), page), page)
    start = at
    if is_bare(page.title or lines[at].text):
        start -= lines_above(lines, at)
    elif not page.title:
        start -= wrapped(lines, at)
    if page.title and start == at:
        page.dropped.append(Dropped(lines[at].text, _TITLE_AGAIN))
    else:
        page.title = once("".join(line.text for line in lines[start : at + 1]))
    after, title = _with_occasion(lines[at + 1 :], page)
    return _before_title(lines[:start], page) + _after_title(after, title, page)


def _note_title(lines: Sequence[RawLine], page: Page) -> None:
    """Take down the title that a line of the head states: 标题：某县2001年政府工作报告."""
    for line in takewhile(lambda x: not begins_body(x), lines[:HEAD]):
        if _TITLE_KEY.match(simplified(line.text)):
            stated = (furniture.facts_of(line.text) or {}).get("title")
            if stated:
                page.facts.setdefault("title", stated)


def _with_occasion(lines: list[RawLine], page: Page) -> tuple[list[RawLine], str]:
    """The lines without the one that goes on with a bare title, and the title so far."""
    title = page.title
    at = line_below(lines, title) if is_bare(title) else None
    if at is None:
        return lines, title
    page.title = gone_on(title, lines[at].text)
    return lines[:at] + lines[at + 1 :], title


def _without_markup(lines: list[RawLine]) -> list[RawLine]:
    """The lines, the first as plain text where it is another form of the title."""
    if lines and is_title(lines[0]) and (lines[0].heading or lines[0].bold):
        return [replace(lines[0], heading=0, bold=0), *lines[1:]]
    return lines


def _before_title(lines: Sequence[RawLine], page: Page) -> list[RawLine]:
    """What of the lines before the title is not the site's: text, where in doubt."""
    site = not any(begins_body(line) for line in lines)
    times = Counter(line.text for line in lines)

    def reason(line: RawLine) -> Message | None:
        found = furniture.head_or_tail(line.text)
        if found is None and site:
            found = furniture.before_title(line.text)
            if found is None and times[line.text] > 1 and len(line.text) <= SHORT:
                found = Message("dropped_site_or_column")
        return found

    return [line for line in lines if not page.take(line, reason(line))]


def _after_title(lines: list[RawLine], title: str, page: Page) -> list[RawLine]:
    """The lines without the furniture that follows the title, buttons and dates mostly.

    Nor with the title once more.
    """
    kept: list[RawLine] = []
    wanted = fold(title)
    for at, line in enumerate(lines[:_AFTER_TITLE]):
        if len(line.text) <= 2 * SHORT and fold(line.text) == wanted:
            page.dropped.append(Dropped(line.text, _TITLE_AGAIN))
        elif not page.take(line, furniture.head_or_tail(line.text)):
            if len(kept) == _BYLINES or not _is_byline(line):
                return kept + lines[at:]
            kept.append(line)
    return kept + lines[_AFTER_TITLE:]


def _is_byline(line: RawLine) -> bool:
    return len(line.text) <= SHORT and bool(_BYLINE.fullmatch(simplified(line.text)))


def _without_tail(lines: list[RawLine], page: Page) -> list[RawLine]:
    """The lines without the furniture at the end."""
    lines = _without_related(lines, page)
    tail = list(takewhile(lambda x: furniture.head_or_tail(x.text), reversed(lines[-_TAIL:])))
    while tail and all(furniture.needs_company(line.text) for line in tail):
        tail.pop()
    end = len(lines) - len(tail)
    for line in lines[end:]:
        page.take(line, furniture.head_or_tail(line.text))
    return lines[:end]


def _without_related(lines: list[RawLine], page: Page) -> list[RawLine]:
    """The lines without the list of other pages that ends a page: 相关阅读, then short lines."""
    first = max(0, len(lines) - _TAIL)
    opens = [at for at in range(first, len(lines)) if furniture.opens_related(lines[at].text)]
    for at in opens:
        rest = lines[at + 1 :]
        if all(_is_link(line) for line in rest):
            for line in lines[at:]:
                page.dropped.append(Dropped(line.text, Message("dropped_related")))
            return lines[:at]
    return lines


def _is_link(line: RawLine) -> bool:
    """Whether a line may be the title of another page: short, no sentence, date or heading."""
    return (
        len(line.text) <= SHORT
        and not re.search("[。；]", line.text)
        and not is_date(line.text)
        and enumerators.at_start(line.text) is None
    )
