"""Any text with passage links in it, such as an article: the links, and their quotes where they stand near."""

from __future__ import annotations

from collections.abc import Iterator

from search.verifying.quote import verbatim
from web.findings.fields import Fields
from web.report.copied import LINK

_NEAR = 3_000
"""Code points before and after a link in which its quote is looked for."""
_OPENING = "“\"「『'>"


def read_text(text: str) -> Iterator[Fields]:
    """A link each, in order, every time that it stands there. What stands in quotes beside it, or on a line
    of its own, is its quote where the link's check says so."""
    links = list(LINK.finditer(text))
    for number, link in enumerate(links):
        before = links[number - 1].end() if number else 0
        after = links[number + 1].start() if number + 1 < len(links) else len(text)
        near = text[max(before, link.start() - _NEAR) : min(after, link.end() + _NEAR)]
        yield {"link": link[0], "quote": _quote(near, int(link[3]) - int(link[2]), link[4])}


def _quote(near: str, length: int, check: str) -> str:
    found = (verbatim(near[at : at + length], length, check) for at in _beginnings(near))
    return next((quote for quote in found if quote), "") if length > 0 else ""


def _beginnings(near: str) -> Iterator[int]:
    """Where a quote may begin: after a mark that opens one, and where a line does."""
    yield 0
    for at, character in enumerate(near):
        if character in _OPENING or character == "\n":
            yield at + 1
            if near[at + 1 : at + 2] == " ":
                yield at + 2
