"""One text of a query -> what it finds: a phrase, a wildcard, or the words of a bare chunk.

- A text is an exact phrase, quoted or not; `text` keeps the quotes but those around it all.
- A bare chunk is jieba's words of it where the reader chose words; the same word twice counts once,
  and one word is a phrase.
- ? and * (＊ too) make a wildcard of the whole text. * at an end is dropped. ？ is a wildcard with
  a warning, or punctuation where no text follows, as in “怎么办？”.
- None where nothing is left to search for.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from indexer.messages import Message
from indexer.text.fold import fold, fold_with_origins
from indexer.text.segment import words_of_folded
from search.query.tree import Phrase, Wildcard, Words
from search.query.written import written

_MARKS = re.compile(r"([?*？＊])")
_STARS = "*＊"
_MOST = 20
"""Folded characters that one "*" stands for at most."""


def exact(text: str, warnings: list[Message]) -> Phrase | Wildcard | None:
    """What a text finds as it stands."""
    text, marked = _unmarked_ends(text, warnings)
    if marked:
        return _wildcard(text, warnings)
    folded = fold(text)
    return Phrase(text, folded) if folded else None


def bare_words(text: str, warnings: list[Message]) -> Phrase | Words | Wildcard | None:
    """What a text without quotes finds where its words may stand apart."""
    found = exact(text, warnings)
    if not isinstance(found, Phrase):
        return found
    folded, origins = fold_with_origins(found.text)
    typed = [
        Phrase(found.text[origins[start] : origins[start + len(word) - 1] + 1], word)
        for start, word in words_of_folded(folded)
    ]
    parts = tuple({word.folded: word for word in typed}.values())
    return parts[0] if len(parts) == 1 else Words(found, parts)


def _unmarked_ends(text: str, warnings: list[Message]) -> tuple[str, bool]:
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
        warnings.append(Message("star_ignored"))
    return "".join(part for at, part in enumerate(parts) if at not in dropped), marked


def _wildcard(text: str, warnings: list[Message]) -> Wildcard:
    """The wildcard of a text that has a mark and a piece at least."""
    if "？" in text:
        warnings.append(Message("question_mark_wildcard"))
    pieces, shown, gaps = [""], [""], list[tuple[int, int]]()
    for at, part in enumerate(_MARKS.split(text)):
        if at % 2:
            if len(gaps) < len(pieces):
                gaps.append((0, 0))
            least, most = gaps[-1]
            gaps[-1] = (least, most + _MOST) if part in _STARS else (least + 1, most + 1)
        elif folded := fold(part):
            pieces[len(gaps) :], shown[len(gaps) :] = [folded], [written(part)]
    if len(gaps) == len(pieces):
        pieces.append("")
    return Wildcard(tuple(pieces), tuple(gaps), _pattern(shown, gaps))


def _pattern(shown: list[str], gaps: list[tuple[int, int]]) -> str:
    marks = ["?" * least + "*" * ((most - least) // _MOST) for least, most in gaps]
    return "".join(piece + mark for piece, mark in zip_longest(shown, marks, fillvalue=""))
