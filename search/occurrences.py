"""Where a phrase or a pattern occurs in folded text.

Folded text here is folded lines joined by "\\n"; spans are (start, end) in it, end exclusive. This
is the definition of a hit (see DESIGN §3) written over whole reports instead of single lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from indexer.text.fold import cuts_word
from search.query.tree import Near, Phrase, Text, Wildcard

Span = tuple[int, int]


def occurrences(text: Text, folded: str) -> list[Span]:
    """Every occurrence, in order of its start; overlapping ones count."""
    if isinstance(text, Phrase):
        return list(_phrase(text.folded, folded))
    return list(_wildcard(text, folded))


def near(query: Near, folded: str) -> list[Span]:
    """The occurrences of either side that have one of the other in reach, in order."""
    left, right = occurrences(query.left, folded), occurrences(query.right, folded)
    if not left or not right:
        return []
    found = {span for span in left if _in_reach(span, right, query.distance, folded)}
    found |= {span for span in right if _in_reach(span, left, query.distance, folded)}
    return sorted(found)


def _phrase(needle: str, folded: str) -> Iterator[Span]:
    start = folded.find(needle)
    while start >= 0:
        end = start + len(needle)
        if not (cuts_word(folded, start) or cuts_word(folded, end)):
            yield start, end
        start = folded.find(needle, start + 1)


def _wildcard(pattern: Wildcard, folded: str) -> Iterator[Span]:
    """For each start, the shortest occurrence that cuts no word."""
    compiled = _compiled(pattern)
    match = compiled.search(folded)
    while match:
        end = match.start() + len(match.group(1))
        if not cuts_word(folded, match.start()):
            yield match.start(), end
        match = compiled.search(folded, match.start() + 1)


_WORD_END = r"(?!(?<=[0-9a-z])[0-9a-z])(?!\.)(?<!\.)"  # as `cuts_word` has it


@lru_cache(maxsize=256)
def _compiled(pattern: Wildcard) -> re.Pattern[str]:
    """Lazy gaps find the earliest next piece, and so the shortest occurrence."""
    body = re.escape(pattern.pieces[0])
    for gap, piece in zip(pattern.gaps, pattern.pieces[1:], strict=True):
        body += f"[^\\n]{{{gap[0]},{gap[1]}}}?{re.escape(piece)}"
    return re.compile(f"(?=({body}){_WORD_END})")


def _in_reach(span: Span, others: list[Span], distance: int, folded: str) -> bool:
    """Whether one of the others stands in the same line, apart by at most `distance` characters."""
    for other in others:
        first, second = sorted((span, other))
        gap = second[0] - first[1]
        if 0 <= gap <= distance and "\n" not in folded[first[1] : second[0]]:
            return True
    return False
