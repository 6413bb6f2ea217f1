"""What stands in quotes near a link, whether or not it is what the link is of: “…”, "…", 「…」, 『…』, and a
block quote (lines led by ">")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_PAIRS = {"“": "”", "「": "」", "『": "』"}
_CLOSING = frozenset(_PAIRS.values())
_DEEPEST = 10
"""Quotes in quotes that are told apart."""
_STRAIGHT = re.compile('"([^"\n]+)"')
_ADDRESS = re.compile(
    r"(?:\[[^\[\]“”「」『』\"\n]*\]\(|\]\()?[<(（]*(?:https?://[^\s/“”「」『』\"<>]*)?$"
)
"""What of a link stands before its path: its address, and its text in Markdown where that has no quote."""
_REST = re.compile(r"[?#][\w=&%.;+-]*")
_NEXT_SENTENCE = re.compile(r"[。！？!?；;](.*)", re.DOTALL)
_SENTENCE_END = re.compile("[。！？!?；;]")
_WORD = re.compile(r"\w")
MOST = 6
"""Quotes of a sentence that are looked at."""
_FEW = 6
"""Letters that may stand between a quote and the link in its next sentence or line, such as “来源”."""
_ATTRIBUTION = re.compile(r"\s*(?:——|--|—|\[|（|\().*$", re.DOTALL)


class Near(NamedTuple):
    """A quote, and how many code points behind the link are used up by it: they are no other link's."""

    quote: str
    used: int


class _Span(NamedTuple):
    """Of what is between the marks, and of the marks: code points, end exclusive."""

    quote: str
    start: int
    end: int


def quote_before(before: str) -> Near | None:
    """The quote that ends nearest before a link, in its line, the block quote or the line before it."""
    text = before[: _start_of_address(before)]
    spans = _spans(text, straight=before.rpartition("\n")[2].count('"') % 2 == 0)
    nearest = max(spans, key=lambda span: span.end, default=None)
    gap = text[nearest.end :] if nearest else ""
    if nearest and "\n" not in gap and _same_sentence(gap):
        return Near(nearest.quote, 0)
    if block := _block(text):
        return Near(block, 0)
    if nearest and len(_WORD.findall(gap)) <= _FEW:
        return Near(nearest.quote, 0)
    return None


def quotes_of_sentence(before: str) -> list[str]:
    """All that is quoted before a link in its sentence, the nearest first."""
    text = before[: _start_of_address(before)]
    spans = _spans(text, straight=before.rpartition("\n")[2].count('"') % 2 == 0)
    found: list[str] = []
    follows = len(text)
    for span in sorted(spans, key=lambda span: -span.end)[:MOST]:
        gap = text[span.end : follows]
        if "\n" in gap or not (_same_sentence(gap) if not found else not _SENTENCE_END.search(gap)):
            break
        found.append(span.quote)
        follows = span.start
    return list(dict.fromkeys(found))


def quote_after(line: str, after: str, *, followed: bool) -> Near | None:
    """The quote that a link is followed by at once, in its line or, where `line` before it is empty, in the
    next; not where it stands nearer to the next link, which is so where `followed`."""
    rest = _REST.match(after)
    begun = rest.end() if rest else 0
    first = min(_spans(after, straight=True), key=lambda span: span.start, default=None)
    if first is None:
        return None
    gap = after[begun : first.start]
    behind = after[first.end : _start_of_address(after)]
    lines = 0 if _WORD.search(line[: _start_of_address(line)]) else 1
    if _WORD.search(gap) or _SENTENCE_END.search(gap) or gap.count("\n") > lines:
        return None
    if followed and "\n" not in behind and len(behind.strip()) < len(gap.strip()):
        return None
    return Near(first.quote, first.end)


def _start_of_address(text: str) -> int:
    found = _ADDRESS.search(text)
    return found.start() if found else len(text)


def _same_sentence(gap: str) -> bool:
    found = _NEXT_SENTENCE.search(gap)
    return found is None or len(_WORD.findall(found[1])) <= _FEW


def _spans(text: str, *, straight: bool) -> Sequence[_Span]:
    """What stands in quotes, without the quotes within; `straight`: in "…", too."""
    marks = _STRAIGHT.finditer(text) if straight else ()
    found = [*_paired(text), *(_Span(mark[1], *mark.span()) for mark in marks)]
    outer: list[_Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if span.quote.strip() and not (outer and span.end <= outer[-1].end):
            outer.append(span)
    return outer


def _paired(text: str) -> Iterator[_Span]:
    open_: list[int] = []
    for at, character in enumerate(text):
        if character in _PAIRS:
            open_ = [*open_[-_DEEPEST:], at]
        elif character in _CLOSING and any(_PAIRS[text[start]] == character for start in open_):
            start = open_.pop()
            while _PAIRS[text[start]] != character:
                start = open_.pop()
            yield _Span(text[start + 1 : at], start, at + 1)


def _block(text: str) -> str:
    """The block quote that the link stands in, or that stands right before its line; "" where none does."""
    *above, own = text.split("\n")
    inside = own.lstrip().startswith(">")
    if not inside:
        while above and not above[-1].strip():
            above.pop()
    lines: list[str] = []
    while above and above[-1].lstrip().startswith(">"):
        lines.insert(0, _unled(above.pop()))
    if inside and not any(map(_WORD.search, lines)):
        return _ATTRIBUTION.sub("", _unled(own)).strip()
    return "\n".join(lines).strip()


def _unled(line: str) -> str:
    return re.sub("^\\s*(?:> ?)+", "", line)
