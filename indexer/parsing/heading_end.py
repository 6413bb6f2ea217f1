"""Where a heading ends that is glued to its text.

`heading_end` gives offsets in code points of the piece it is given; 0 says that no end was found
that is sure enough: then the line stays whole, for a cut in mid-sentence would hide phrases.
"""

from __future__ import annotations

import re

from indexer.parsing.enumerators import Rank
from indexer.parsing.heading_words import ANY_OPENING, ENDINGS, LABEL, SURE_OPENING, named_end
from indexer.parsing.kinds import is_part_heading
from indexer.parsing.script import simplified
from indexer.text.fold import fold, fold_with_origins
from indexer.text.segment import tokens

LONGEST = {
    Rank.BOOK: 60,
    Rank.PART: 60,
    Rank.CHAPTER: 60,
    Rank.ARTICLE: 60,
    Rank.HAN: 60,
    Rank.HAN_BRACKETED: 50,
    Rank.DIGIT: 40,
    Rank.DIGIT_BRACKETED: 40,
}
"""Longest heading of each rank, in code points without its number."""

_S = r"[ \t\u3000\xa0]"
_SENTENCE = re.compile(rf"[^。；;！!？?：:]+?{_S}*[。！!]{_S}*")
_AHEAD = 40  # code points beyond the longest heading that tell where a shorter one ends
_SPACE = re.compile(rf"{_S}+(?=\S)")
_WIDE_SPACE = re.compile(r"[ \t\xa0]{2,}|\u3000+")


def heading_end(printed: str, rank: Rank) -> int:
    """How much of `printed` (what stands after the number) is heading, trailing stops included."""
    longest = LONGEST[rank]
    text = simplified(printed[: longest + _AHEAD])
    label = LABEL.match(text)
    if label:
        return label.end()
    if rank <= Rank.HAN_BRACKETED and (named := named_end(text) or _part_end(text, longest)):
        return named
    sentence = _SENTENCE.match(text)
    if sentence and len(sentence.group().strip()) <= longest and _titular(sentence.group()):
        return _between_words(text, longest, SURE_OPENING) or sentence.end()
    if len(text.rstrip()) <= longest and not re.search("[。；;！!]", text.rstrip()):
        return len(text)
    return _glued_end(text, longest) if rank < Rank.DIGIT else 0


def _part_end(text: str, longest: int) -> int:
    """The end of a part's title that one space parts from its text."""
    space = _SPACE.search(text, 4, longest)
    return space.end() if space and is_part_heading(text[: space.start()]) else 0


def _titular(sentence: str) -> bool:
    """Whether a sentence can be a heading: no list of clauses, no report of figures."""
    clauses = len(re.findall("[，,]", sentence))
    figures = re.findall(r"\d+(?:\.\d+)?(?:%|[万亿]?[元条件人次个篇项份户])", sentence)
    return clauses <= 2 and not figures


def _glued_end(text: str, longest: int) -> int:
    """The end of a heading that runs into its text with no punctuation between."""
    space = _WIDE_SPACE.search(text, 2, longest)
    if space and not re.search("[，。；]", text[: space.start()]):
        return space.end()
    return _between_words(text, longest, ANY_OPENING)


def _between_words(text: str, longest: int, openings: re.Pattern[str]) -> int:
    """The first place where a word that ends headings meets one that opens sentences."""
    beginning = text[: longest + 12]
    _, origins = fold_with_origins(beginning)
    word = ""
    for start, token in tokens(beginning):
        at = origins[start]
        glued = at > 0 and fold(text[at - 1]) != ""
        if glued and 4 <= at <= longest and word in ENDINGS and openings.match(text, at):
            return at
        word = token
    return 0
