"""A quote as files have it, beside the text that it is of.

What is copied changes on its way: lines become one, a table's tabs become spaces, a spreadsheet's cell gets
an apostrophe, a long quote is cut. The check of the link tells whether the quote is whole and as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.links import checksum

CUT = "……"
"""What ends a quote that goes on in the report."""
LEAST_CUT = 20
"""Fewest characters of a quote that is cut, so that it says which passage it is."""
_UNSEEN = re.compile(
    "[\\s\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+"
)


def verbatim(quote: str, length: int, check: str) -> str | None:
    """The quote as it stood in the report, where the check says that it does; `length` in code points."""
    return next((q for q in _forms(quote) if len(q) == length and checksum(q) == check), None)


def _forms(quote: str) -> Iterator[str]:
    lines = quote.replace("\r\n", "\n").replace("\r", "\n")
    for form in (quote, lines):
        yield form
        yield form.removeprefix("'")
        yield form.strip()


def agrees(quote: str, text: str, start: int, end: int) -> bool:
    """Whether a quote that is not verbatim is of text[start:end], or of what stands around it."""
    said, there = squeezed(quote), squeezed(text[start:end])
    if said in (there, f"'{there}"):
        return True
    if said.endswith(CUT):
        begun = said.removesuffix(CUT)
        return len(begun) >= LEAST_CUT and there.startswith(begun)
    around = squeezed(text[max(start - 2 * len(quote), 0) : end + 2 * len(quote)])
    return bool(there) and there in said and said in around


def squeezed(text: str) -> str:
    """The text without spaces, ends of lines and what is not seen."""
    return _UNSEEN.sub("", text)
