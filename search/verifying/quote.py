"""A quote as files have it, beside the text that it is of.

What is copied changes on its way: lines become one, a table's tabs become spaces, a spreadsheet's cell gets
an apostrophe, a long quote is cut, marks and widths become those of the house that prints it. The check of
the link tells whether the quote is whole and as it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rapidfuzz.fuzz import partial_ratio

from search.links import checksum

CUT = "……"
"""What ends a quote of ours that goes on in the report."""
LEAST_PART = 2
"""Fewest characters of a quote that is only part of a passage."""
MOST_PARTS = 50
"""Most pieces of a quote between which something was left out."""
ALIKE = 60.0
"""Percent of a quote that nearly stands in a text (2 · common letters / letters of both, of the best window)."""
_TELLING = 4  # letters of a quote of which that says something
_SLACK = 20
"""Code points around a passage, and two more for each of the quote, in which a longer quote is looked for."""
_LEFT_OUT = re.compile("…+|\\.{3,}|。{3,}|[（(\\[]\\s*(?:略|省略|下略|中略)\\s*[）)\\]]")
_FIGURE = "[0-9〇零一二三四五六七八九十百千万亿]"
_MARKS = re.compile("(?<![0-9])[.]|[.](?![0-9])|(?<=\\w)-|-(?![0-9])|[^\\w.%‰-]|_")
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
    """Whether a quote that is not verbatim is part of text[start:end], or of what stands around it with some
    of that in it. Spaces, marks and widths may differ; "…" and the like stand for what was left out."""
    parts = [said for said in map(_plain, _LEFT_OUT.split(quote)) if said]
    there = _plain(text[start:end])
    if not parts or parts == [there]:
        return not there or parts == [there]
    if len("".join(parts)) < LEAST_PART or len(parts) > MOST_PARTS:
        return False
    reach = 2 * len(quote) + _SLACK
    before, after = _plain(text[max(start - reach, 0) : start]), _plain(text[end : end + reach])
    around = f"{before}{there}{after}"
    return any(
        first < len(before) + len(there) and len(before) < last
        for first, last in _stretches(parts, around)
    )


def resembles(quote: str, text: str, start: int, end: int) -> bool:
    """Whether a quote is nearly what text[start:end] says, or what stands around it: more than every second
    letter of it in the same order. Of few letters without a figure that says nothing: “十四五” is no “九十五”."""
    said = _plain(quote)
    if len(said) < _TELLING and not re.search("[0-9]", said):
        return False
    reach = 2 * len(quote) + _SLACK
    around = _plain(text[max(start - reach, 0) : end + reach])
    return partial_ratio(said, around) >= ALIKE


def word_for_word(quote: str, text: str, start: int, end: int) -> bool:
    """Whether a quote that agrees differs in spaces at most, but for what a spreadsheet or a cut put to it."""
    around = squeezed(text[max(start - 2 * len(quote), 0) : end + 2 * len(quote)])
    said = squeezed(quote)
    return said in around or said.removeprefix("'").removesuffix(CUT) in around


def _stretches(parts: Sequence[str], around: str) -> Iterator[tuple[int, int]]:
    """Where the parts stand one after the other: from each place of the first, the nearest of the rest."""
    patterns = [re.compile(_whole(part)) for part in parts]
    for found in re.finditer(f"(?={patterns[0].pattern})", around):
        last = found.start() + len(parts[0])
        for pattern in patterns[1:]:
            following = pattern.search(around, last)
            if following is None:
                return
            last = following.end()
        yield found.start(), last


def _whole(part: str) -> str:
    """A part as a pattern that does not begin or end within a number."""
    begins = f"(?<!{_FIGURE})(?<![0-9][.])" if re.match(_FIGURE, part) else ""
    ends = f"(?!{_FIGURE}|[.][0-9])" if re.match(_FIGURE, part[-1]) else ""
    return f"{begins}{re.escape(part)}{ends}"


def _plain(text: str) -> str:
    """The letters and figures of a text, as wide as they are commonly, and what makes another number of one."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text).replace("\u2212", "-"))


def squeezed(text: str) -> str:
    """The text without spaces, ends of lines and what is not seen."""
    return _UNSEEN.sub("", text)
