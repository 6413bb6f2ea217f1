"""The fragment that makes a browser open a page at some words: #:~:text=start,end

https://wicg.github.io/scroll-to-text-fragment/ ; a browser that knows it not opens the page's top.
"""

from __future__ import annotations

import re
from urllib.parse import quote

LONGEST = 60
"""Code points of a passage that are given whole; of a longer one, its two ends."""
END = 20
"""Code points of each end."""

_BETWEEN_CELLS = re.compile(r"[\t\n]+")


def with_fragment(address: str, passage: str) -> str:
    """The address of a page, opened at a passage of it; as it is where the passage is blank.

    What is given whole must stand in one line or cell of the page: of a passage over several lines or
    cells, the beginning of the first and the end of the last are given.
    """
    texts = [text.strip() for text in _BETWEEN_CELLS.split(passage) if text.strip()]
    if not texts:
        return address
    if len(texts) == 1 and len(texts[0]) <= LONGEST:
        words = _encoded(texts[0])
    else:
        words = f"{_encoded(texts[0][:END].strip())},{_encoded(texts[-1][-END:].strip())}"
    return f"{address}{'' if '#' in address else '#'}:~:text={words}"


def _encoded(text: str) -> str:
    """Percent-encoded, and the dash with it: it sets context apart."""
    return quote(text, safe="", errors="replace").replace("-", "%2D")
