"""One text of a query -> what it finds: a phrase, the words of a bare chunk, or a wildcard.

- A bare chunk is jieba's words of it; the same word twice counts once, and one word is a phrase.
- A text with a quote in it is an exact phrase; `text` keeps the quotes but those around it all.
- ? and * (＊ too) make a wildcard of the whole text. * at an end is dropped. ？ is a wildcard with
  a warning, or punctuation where no text follows, as in “怎么办？”.
- None where nothing is left to search for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.text.fold import fold, fold_with_origins
from indexer.text.segment import words
from search.query.tree import Phrase, Wildcard, Words

_MARKS = re.compile(r"([?*？＊])")
_STARS = "*＊"
_MOST = 20
"""Folded characters that one "*" stands for at most."""

_STAR_DROPPED = "开头或结尾的“*”不起作用，已忽略。"
_FULL_WIDTH = "“？”按通配符处理，代表任意一个字；要当作标点，请删去它。"


def exact(text: str, warnings: list[str]) -> Phrase | Wildcard | None:
    """What a quoted text finds."""
    text, marked = _unmarked_ends(text, warnings)
    if marked:
        return _wildcard(text, warnings)
    folded = fold(text)
    return Phrase(text, folded) if folded else None


def bare(text: str, warnings: list[str]) -> Phrase | Words | Wildcard | None:
    """What a text without quotes finds."""
    text, marked = _unmarked_ends(text, warnings)
    if marked:
        return _wildcard(text, warnings)
    folded, origins = fold_with_origins(text)
    if not folded:
        return None
    found = _typed_words(text, folded, origins)
    parts = tuple({word.folded: word for word in found}.values())
    if len(parts) == 1:
        return parts[0]
    return Words(Phrase(text[origins[0] : origins[-1] + 1], folded), parts)


def _unmarked_ends(text: str, warnings: list[str]) -> tuple[str, bool]:
    """The text without the marks at its ends that mean nothing, and whether marks are left."""
    parts = _MARKS.split(text)  # text, mark, text, mark, ..., text
    written = [at for at in range(0, len(parts), 2) if fold(parts[at])]
    if not written:
        return "", False
    marks = range(1, len(parts), 2)
    stars = {at for at in marks if parts[at] in _STARS and not written[0] < at < written[-1]}
    questions = {at for at in marks if parts[at] == "？" and at > written[-1]}
    marked = len(stars) + len(questions) < len(marks)
    dropped = stars | questions if marked else stars
    if stars:
        warnings.append(_STAR_DROPPED)
    return "".join(part for at, part in enumerate(parts) if at not in dropped), marked


def _wildcard(text: str, warnings: list[str]) -> Wildcard:
    """The wildcard of a text that has a mark and a piece at least."""
    if "？" in text:
        warnings.append(_FULL_WIDTH)
    pieces, gaps = [""], list[tuple[int, int]]()
    for at, part in enumerate(_MARKS.split(text)):
        if at % 2:
            if len(gaps) < len(pieces):
                gaps.append((0, 0))
            least, most = gaps[-1]
            gaps[-1] = (least, most + _MOST) if part in _STARS else (least + 1, most + 1)
        elif folded := fold(part):
            pieces[len(gaps) :] = [folded]
    if len(gaps) == len(pieces):
        pieces.append("")
    return Wildcard(tuple(pieces), tuple(gaps), _pattern(pieces, gaps))


def _pattern(pieces: list[str], gaps: list[tuple[int, int]]) -> str:
    marks = ["?" * least + "*" * ((most - least) // _MOST) for least, most in gaps]
    return "".join(piece + mark for piece, mark in zip(pieces, [*marks, ""], strict=True))


def _typed_words(text: str, folded: str, origins: list[int]) -> Iterator[Phrase]:
    """The words of a text, each with how it was typed.

    Cut from the fold, where no separator stands: so the canonical query is cut alike.
    """
    at = 0
    for word in words(folded):
        start = folded.index(word, at)
        at = start + len(word)
        yield Phrase(text[origins[start] : origins[at - 1] + 1], word)
