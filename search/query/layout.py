"""What encloses what in a query: pairs of quotes, pairs of brackets, and where items end.

Quotes come first; what stands between a pair of them is never an operator.

- Double quotes are one family, whatever a keyboard mixes: “…” "…" ＂…＂ ″…″ “…“ ”…” "…”.
  Corner quotes 「…」 『…』 are another, single curly quotes ‘…’ a third. A pair of one family holds
  quotes of the others as text, and well-formed pairs of its own: “…“…”…”, "…“…”…".
- A straight quote closes at the next straight one, if that ends an item: "一把手”负责" is a phrase.
  Otherwise an opening quote closes at its counterpart, or at a quote of its family that ends an item
  (something before it; white space, an operator, a bracket or nothing after it). Where neither is
  found, it closes at the next quote of its family; where there is none, that is an error.
- ’ is an apostrophe unless it starts an item and another one ends an item. Book-title marks 《》
  and the brackets 〔〕【】[] are punctuation, and so is the ASCII apostrophe.

Brackets ( ) （ ） outside quotes pair up in any mixture. A pair is *plain* when neither white space
nor an operator stands in it outside quotes: such a pair can be text, see `scan`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from indexer.errors import QueryError
from indexer.messages import Message

OPENING, CLOSING = "(（", ")）"
AND_SIGNS, OR_SIGNS = "&＆", "|｜"


@dataclass(frozen=True, slots=True)
class _Family:
    """Quotes that close one another; a neutral one opens and closes."""

    left: str
    right: str
    neutral: str = ""

    @property
    def all(self) -> str:
        return self.left + self.right + self.neutral


_SINGLE = _Family("‘‚", "’‛")
_FAMILIES = (_Family("“„〝", "”‟〞〟", '"＂″'), _Family("「『﹁﹃", "」』﹂﹄"), _SINGLE)
QUOTES = "".join(family.all for family in _FAMILIES)
_FAMILY = {quote: family for family in _FAMILIES for quote in family.all}
_QUOTE = re.compile(f"[{QUOTES}]")
_FARTHEST = 50
"""Quotes looked at to find one's partner: it keeps the time linear in the query's length."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A query and its pairs: offset of the opening mark -> offset of the closing one."""

    text: str
    quotes: dict[int, int]
    brackets: dict[int, int]
    strays: set[int]
    """Offsets of closing brackets that close nothing."""
    breaks: list[int]
    """Offsets outside quotes of white space and operator signs, ascending."""

    def plain(self, opening: int) -> bool:
        """Whether the pair of brackets holds neither white space nor an operator sign."""
        inside = bisect_left(self.breaks, opening)
        return inside == bisect_left(self.breaks, self.brackets[opening])


def lay_out(text: str) -> Layout:
    """The pairs of a query. QueryError where a quote or an opening bracket has no partner."""
    quotes = _quotes(text)
    brackets: dict[int, int] = {}
    strays: set[int] = set()
    breaks: list[int] = []
    opened: list[int] = []
    at = 0
    while at < len(text):
        if at in quotes:
            at = quotes[at]
        elif text[at] in OPENING:
            opened.append(at)
        elif text[at] in CLOSING and opened:
            brackets[opened.pop()] = at
        elif text[at] in CLOSING:
            strays.add(at)
        elif _breaks(text, at):
            breaks.append(at)
        at += 1
    if opened:
        raise QueryError(
            Message("bracket_unclosed", bracket=text[opened[-1]]),
            position=opened[-1],
            hint=Message("bracket_unclosed_hint"),
        )
    return Layout(text, quotes, brackets, strays, breaks)


def ends_item(text: str, at: int) -> bool:
    """Whether an item ends before this offset, by white space, operator, bracket or the end."""
    return at >= len(text) or text[at] in CLOSING + OPENING or _breaks(text, at)


def _breaks(text: str, at: int) -> bool:
    if text[at] in AND_SIGNS:
        return not (0 < at < len(text) - 1 and _ascii(text[at - 1]) and _ascii(text[at + 1]))
    return text[at] in OR_SIGNS or text[at].isspace()


def _ascii(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _quotes(text: str) -> dict[int, int]:
    pairs: dict[int, int] = {}
    at = 0
    while found := _QUOTE.search(text, at):
        opening = found.start()
        closing = _partner(text, opening)
        if closing is not None:
            pairs[opening] = closing
        elif text[opening] not in _SINGLE.right:
            raise QueryError(
                Message("quote_unclosed", mark=text[opening]),
                position=opening,
                hint=Message("quote_unclosed_hint"),
            )
        at = opening + 1 if closing is None else closing + 1
    return pairs


def _partner(text: str, opening: int) -> int | None:
    """Where the quote opened here closes."""
    family = _FAMILY[text[opening]]
    apostrophe = text[opening] in _SINGLE.right
    if apostrophe and opening and not ends_item(text, opening - 1):
        return None
    straight = _straight_partner(text, opening, family)
    if straight is not None:
        return straight
    depth = 0
    for at in _quotes_after(text, opening, family):
        if not depth and _closes(text, opening, at):
            return at
        depth += (text[at] in family.left) - (depth > 0 and text[at] in family.right)
    if apostrophe or (text[opening] in family.right and not family.neutral):
        return None
    alike = family.neutral if text[opening] in family.neutral else ""
    others = [at for at in _quotes_after(text, opening, family) if at > opening + 1]
    return next((at for at in others if text[at] in alike), next(iter(others), None))


def _straight_partner(text: str, opening: int, family: _Family) -> int | None:
    """The very next straight quote where it ends an item; halves of curly pairs between are text."""
    if text[opening] not in family.neutral:
        return None
    marks = _quotes_after(text, opening, family)
    first = next((at for at in marks if text[at] in family.neutral), None)
    if first is None or first == opening + 1 or not ends_item(text, first + 1):
        return None
    return first


def _quotes_after(text: str, at: int, family: _Family) -> Iterator[int]:
    marks = (found.start() for found in _QUOTE.finditer(text, at + 1))
    return islice((mark for mark in marks if text[mark] in family.all), _FARTHEST)


def _closes(text: str, opening: int, at: int) -> bool:
    family = _FAMILY[text[at]]
    opens = text[at] in family.left and text[at + 1 : at + 2] in (*OPENING,)
    ends = ends_item(text, at + 1) and not (opens or at == opening + 1 or text[at - 1].isspace())
    if text[opening] in _SINGLE.right:
        return ends
    counterparts = family.right + (family.neutral if text[opening] in family.neutral else "")
    return text[at] in counterparts or ends
