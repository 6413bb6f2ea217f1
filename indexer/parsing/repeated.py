"""A page whose scraper left its text there twice or more is read once."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.parsing import furniture
from indexer.reading.document import RawLine
from indexer.text.fold import fold

_LEAST = 200  # folded code points of a text that stands twice by no accident


def first_copy(lines: Sequence[RawLine], title: str) -> tuple[int, int]:
    """How many lines the first copy takes, and how many copies there are: all lines and 1 for a plain page.

    Nothing but copies of the whole may follow one another; titles and page furniture between them are
    passed over.
    """
    if not _may_repeat(lines, title):
        return len(lines), 1
    own = [(at, fold(line.text)) for at, line in enumerate(lines) if _is_own(line, title)]
    texts = [text for _, text in own]
    length = _period(texts)
    if length == len(own) or sum(map(len, texts[:length])) < _LEAST:
        return len(lines), 1
    return own[length - 1][0] + 1, len(own) // length


def _is_own(line: RawLine, title: str) -> bool:
    """Whether a line is the text's, and neither the title nor page furniture."""
    folded = fold(line.text)
    return folded not in ("", fold(title)) and (
        line.row or furniture.head_or_tail(line.text) is None
    )


def _may_repeat(lines: Sequence[RawLine], title: str) -> bool:
    """Whether the text's first line stands on the page again: of nearly all pages it does not."""
    first = next((at for at, line in enumerate(lines) if _is_own(line, title)), len(lines))
    start = lines[first].text[:1] if first < len(lines) else ""
    again = [line.text for line in lines[first + 1 :] if line.text.startswith(start)]
    return bool(again) and fold(lines[first].text) in map(fold, again)


def _period(texts: Sequence[str]) -> int:
    """The least number of texts that all of them repeat whole: Knuth, Morris and Pratt's failure function."""
    borders = [0] * len(texts)
    border = 0
    for at in range(1, len(texts)):
        while border and texts[at] != texts[border]:
            border = borders[border - 1]
        border += texts[at] == texts[border]
        borders[at] = border
    length = len(texts) - border
    return length if length and len(texts) % length == 0 else len(texts)
