"""HTML: the lines of a page, its facts, and what of it is not the report."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.messages import Message
from indexer.model import Dropped
from indexer.reading.document import RawLine
from indexer.reading.html_kinds import (
    BLOCKS,
    CLOSED_BY_OTHERS,
    FONT,
    VOID,
    Attributes,
    heading_level,
    is_bold,
    region,
    unseen,
)
from indexer.reading.html_meta import read_meta
from indexer.reading.layout import Layout
from indexer.reading.lines import dropped
from indexer.reading.unwrap import unwrapped

_DEPTH = 256
_FONT_DEPTH = 16  # the parser opens these again in every paragraph until they are closed
"""Tags nested deeper than this are taken out: the parser's time grows with depth times length."""
_COMMENT = Message("dropped_comment")
_PARAGRAPH = 40  # code points that no menu entry or caption has
_TAG = re.compile(r"<(/?)([A-Za-z][^\s<>/]*)[^<>]*>")
_EMPTY_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9:]*)((?:\s[^<>]*)?)/>")


def read_html(
    text: str, *, xml: bool = False
) -> tuple[tuple[RawLine, ...], dict[str, str], tuple[Dropped, ...]]:
    """The lines of a page, the facts in its head, and what was left out of the lines.

    `xml`: an empty element may be written <a/>.
    """
    page = LexborHTMLParser(_flatten(_EMPTY_TAG.sub(_open_and_close, text) if xml else text))
    walk = _walk(page.root, regions=True)
    if walk.left_regions and not _has_paragraph(walk):
        whole = _walk(page.root, regions=False)  # a page may well be one big "header"
        walk = whole if _has_paragraph(whole) else walk
    return unwrapped(walk.layout.lines), read_meta(page), tuple(walk.dropped)


def table_lines(markup: str) -> tuple[RawLine, ...]:
    """The rows of a table that stands in another format's text."""
    return read_html(markup)[0]


def _has_paragraph(walk: _Walk) -> bool:
    return any(len(line.text) >= _PARAGRAPH for line in walk.layout.lines)


def _open_and_close(tag: re.Match[str]) -> str:
    name = tag[1]
    return tag[0] if name.lower() in VOID else f"<{name}{tag[2]}></{name}>"


def _flatten(text: str) -> str:
    """The markup without the tags that nest too deep; what a block's leaves is a <br>."""
    if not _nests_deep(text):
        return text
    depth = {True: 0, False: 0}

    def keep(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name in CLOSED_BY_OTHERS:
            return tag[0]
        font = name in FONT
        before = depth[font]
        depth[font] = max(before - 1, 0) if tag[1] else before + 1
        if max(before, depth[font]) <= (_FONT_DEPTH if font else _DEPTH):
            return tag[0]
        return "<br>" if name in BLOCKS else ""

    return _TAG.sub(keep, text)


def _nests_deep(text: str) -> bool:
    """Whether any tag nests too deep; of most pages none does."""
    depth = {True: 0, False: 0}
    most = {True: _FONT_DEPTH, False: _DEPTH}
    for closes, printed in _TAG.findall(text):
        name = printed.lower()
        if name not in CLOSED_BY_OTHERS:
            font = name in FONT
            depth[font] = max(depth[font] - 1, 0) if closes else depth[font] + 1
            if depth[font] > most[font]:
                return True
    return False


class _Style(NamedTuple):
    """How text inside an element is set."""

    bold: bool = False
    heading: int = 0
    pre: bool = False
    article: bool = False


@dataclass(slots=True)
class _Walk:
    """One pass over a page; without `regions`, what only surrounds the report is kept too."""

    regions: bool
    layout: Layout = field(default_factory=Layout)
    left_regions: bool = False
    dropped: list[Dropped] = field(default_factory=list)
    styles: list[_Style] = field(default_factory=lambda: [_Style()])

    def enter(self, node: LexborNode) -> bool:
        """Take a node; whether to go on into it. A node that was entered must be left."""
        if not node.is_element_node:
            self._take(node)
            return False
        tag, attributes, style = node.tag or "", node.attributes, self.styles[-1]
        reason = unseen(tag, attributes)
        if reason is None and self.regions:
            reason = region(tag, attributes, style.article)
            self.left_regions |= reason is not None
        if tag in BLOCKS:
            self.layout.end_line(broken=tag == "br")
        if reason is not None:
            text = "" if tag == "head" else node.text(deep=True, separator=" ")
            self.dropped += dropped(text, reason)
            return False
        self._open(tag)
        self.styles.append(_styled(tag, attributes, style))
        return True

    def leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        self.styles.pop()
        if tag in BLOCKS and tag != "br":
            self.layout.end_line()
        if tag in ("td", "th"):
            self.layout.close_cell()
        elif tag == "table":
            self.layout.close_table()

    def _open(self, tag: str) -> None:
        if tag == "table":
            self.layout.open_table()
        elif tag == "tr":
            self.layout.open_row()
        elif tag in ("td", "th"):
            self.layout.open_cell()

    def _take(self, node: LexborNode) -> None:
        """Text goes to the layout, comments to what is left out."""
        if node.is_comment_node:
            self.dropped += dropped(node.comment_content or "", _COMMENT)
        elif node.is_text_node:
            style = self.styles[-1]
            for at, part in enumerate((node.text_content or "").split("\n" if style.pre else "\0")):
                if at:
                    self.layout.end_line(broken=True)
                self.layout.text(part, bold=style.bold, heading=style.heading)


def _styled(tag: str, attributes: Attributes, around: _Style) -> _Style:
    bold = is_bold(tag, attributes, around.bold)
    heading = heading_level(tag) or around.heading
    pre = around.pre or tag == "pre"
    article = around.article or tag in ("article", "main")
    if (bold, heading, pre, article) == around:
        return around
    return _Style(bold, heading, pre, article)


def _walk(root: LexborNode | None, *, regions: bool) -> _Walk:
    """One pass over all nodes in reading order; no recursion, since pages may nest without end."""
    walk = _Walk(regions)
    entered: list[LexborNode] = []
    node = root
    while node is not None:
        if walk.enter(node):
            entered.append(node)
            node = node.child
        else:
            node = node.next
        while node is None and entered:
            last = entered.pop()
            walk.leave(last)
            node = last.next if entered else None
    return walk
