"""Where a heading ends that is glued to its text.

`heading_end` gives offsets in code points of the piece it is given; 0 says that no end was found
that is sure enough: then the line stays whole, for a cut in mid-sentence would hide phrases.
"""

from __future__ import annotations

import re

from indexer.parsing.brackets import is_enclosed
from indexer.parsing.enumerators import Rank
from indexer.parsing.glued import glued_end
from indexer.parsing.heading_words import LABEL, named_end, spaced_end
from indexer.parsing.kinds import is_part_heading
from indexer.parsing.script import simplified

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
_SPACE = re.compile(rf"{_S}+(?=[^\s是为：:])")
_SHORTEST = 4  # code points of a heading that is glued to its text
_WIDE_SPACE = re.compile(r"[ \t\xa0]{2,}|\u3000+")


def heading_end(printed: str, rank: Rank) -> int:
    """How much of `printed` (what stands after the number) is heading, trailing stops included."""
    end = _end(simplified(printed[: LONGEST[rank] + _AHEAD]), rank)
    return 0 if is_enclosed(printed, end) else end


def _end(text: str, rank: Rank) -> int:
    longest = LONGEST[rank]
    label = LABEL.match(text)
    if label:
        return label.end()
    if rank <= Rank.HAN_BRACKETED and (
        named := named_end(text) or spaced_end(text) or _part_end(text, longest)
    ):
        return named
    sentence = _SENTENCE.match(text)
    if sentence and len(sentence.group().strip()) <= longest and _titular(sentence.group()):
        return glued_end(text, longest) or sentence.end()
    if len(text.rstrip()) <= longest and not re.search("[。；;！!]", text.rstrip()):
        return len(text)
    return (_spaced_end(text, longest) or glued_end(text, longest)) if rank < Rank.DIGIT else 0


def _part_end(text: str, longest: int) -> int:
    """The end of a part's title that one space parts from its text."""
    space = _SPACE.search(text, _SHORTEST, longest)
    return space.end() if space and is_part_heading(text[: space.start()]) else 0


def _titular(sentence: str) -> bool:
    """Whether a sentence can be a heading: no list of clauses, no report of figures."""
    clauses = len(re.findall("[，,]", sentence))
    figures = re.findall(r"\d+(?:\.\d+)?(?:%|[万亿]?[元条件人次个篇项份户])", sentence)
    return clauses <= 2 and not figures


def _spaced_end(text: str, longest: int) -> int:
    """The end of a heading that wide space parts from its text; 0 where the text is spaced out."""
    clause = re.split("[，。；]", text, maxsplit=1)[0]
    spaces = list(_WIDE_SPACE.finditer(clause.rstrip(), _SHORTEST))
    if len(spaces) != 1 or spaces[0].start() > longest or clause[spaces[0].start() - 1].isdigit():
        return 0
    return spaces[0].end()
