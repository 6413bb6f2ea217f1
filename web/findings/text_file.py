"""Any text with passage links in it, such as an article: the links, and the quotes that stand near them."""

from __future__ import annotations

from collections.abc import Iterator
from re import Match

from search.verifying.quote import verbatim
from web.findings.fields import Fields
from web.findings.near import Near, quote_after, quote_before, quotes_of_sentence
from web.report.copied import LINK

_NEAR = 3_000
"""Code points before and after a link in which its quote is looked for."""
_OPENING = "“\"「『'>"
_CLOSING = " \t\r\n”\"」』'"


def read_text(text: str) -> Iterator[Fields]:
    """A link each, in order, every time that it stands there. Its quote is what stands in quotes beside it,
    or in the block quote before it, whatever that says; else what the link's check says is one. What else is
    quoted in its sentence stands `beside`."""
    links = list(LINK.finditer(text))
    free = 0
    for link, follower in zip(links, [*links[1:], None], strict=False):
        end = follower.start() if follower else len(text)
        before = text[max(free, link.start() - _NEAR) : link.start()]
        after = text[link.end() : min(end, link.end() + _NEAR)]
        line = text[text.rfind("\n", 0, link.start()) + 1 : link.start()]
        sure = _verbatim(before, after, link)
        found = (
            next((near for near, beside in sure if beside), None)
            or quote_before(before)
            or quote_after(line, after, followed=follower is not None)
            or next((near for near, _ in sure), Near("", 0))
        )
        free = link.end() + found.used
        beside = tuple(quote for quote in quotes_of_sentence(before) if quote != found.quote)
        yield {"link": link[0], "quote": found.quote, "beside": beside}


def _verbatim(before: str, after: str, link: Match[str]) -> list[tuple[Near, bool]]:
    """What the check says is the quote; and whether it touches the link's line, or ends the one before."""
    length, near = int(link[3]) - int(link[2]), f"{before}{link[0]}{after}"
    line = before.rfind("\n") + 1
    first = len(before[:line].rstrip(_CLOSING))
    last = len(before) + len(link[0]) + len(after.partition("\n")[0])
    found = []
    for at in _beginnings(near) if length > 0 else ():
        quote = verbatim(near[at : at + length], length, link[4])
        if quote:
            used = max(at + length - len(before) - len(link[0]), 0)
            found.append((Near(quote, used), first <= at + length and at <= last))
    return found


def _beginnings(near: str) -> Iterator[int]:
    """Where a quote may begin: after a mark that opens one, and where a line does."""
    yield 0
    for at, character in enumerate(near):
        if character in _OPENING or character == "\n":
            yield at + 1
            if near[at + 1 : at + 2] == " ":
                yield at + 2
