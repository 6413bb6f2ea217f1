"""The `literal` option: of the hits of a phrase, those whose very characters are the phrase's.

Characters are compared after NFKC, character by character. What stands around the first and last
kept character counts, too: “三务”公开 finds only the quoted usage.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from indexer.arrays.locate import holding
from indexer.arrays.segment import U2, U4, Bools, Ints, SegmentArrays
from indexer.text.fold import fold_with_origins, literal_form
from indexer.text.fold_array import code_units
from search.local.printed.origins import origins

_SPECIAL = 0
"""Stands for the literal form of a code unit where that is not one code unit."""


@dataclass(frozen=True, slots=True)
class LiteralPhrase:
    """A phrase cut at its first and last kept character, all in literal form."""

    lead: str
    core: str
    trail: str

    def stands_at(self, line: str, start: int, end: int) -> bool:
        """Whether the hit [start, end) of the line is spelled as the phrase."""
        before = line[max(0, start - 2 * len(self.lead) - 1) : start]
        return (
            literal_form(line[start:end]) == self.core
            and literal_form(before).endswith(self.lead)
            and literal_form(line[end : end + len(self.trail)]).startswith(self.trail)
        )


def literal_phrase(text: str) -> LiteralPhrase:
    """The phrase as typed, white space at its ends aside; it must hold a kept character."""
    text = text.strip()
    _, sources = fold_with_origins(text)
    start, end = sources[0], sources[-1] + 1
    return LiteralPhrase(
        literal_form(text[:start]), literal_form(text[start:end]), literal_form(text[end:])
    )


def spelled_alike(segment: SegmentArrays, text: str, starts: U4, ends: U4) -> Bools:
    """For each hit [start, end) in folded text, whether it is spelled as `text`.

    Printed code units are compared by their literal forms, one offset from the hits' first ones after
    the other: a hit leaves at the first one that differs. Those that leave at one whose form is not one
    code unit are looked at by themselves.
    """
    phrase = literal_phrase(text)
    firsts = origins(segment, starts)
    alike = np.zeros(len(starts), bool)
    doubtful: list[Ints] = []
    left = np.arange(len(starts))
    for offset, wanted in _wanted(phrase):
        at = firsts[left] + offset
        inside = (at >= 0) & (at < len(segment.printed))
        found = _forms()[segment.printed[np.where(inside, at, 0)]]
        doubtful.append(left[inside & (found == _SPECIAL)])
        left = left[inside & (found == wanted)]
    alike[left] = True
    unsure = np.sort(np.concatenate(doubtful))
    lasts = origins(segment, ends[unsure] - np.uint32(1)) + 1
    for hit, last in zip(unsure.tolist(), lasts.tolist(), strict=True):
        alike[hit] = _spelled_at(segment, phrase, int(firsts[hit]), last)
    return alike


def _wanted(phrase: LiteralPhrase) -> Iterator[tuple[int, int]]:
    """The literal form that printed code units must have, by their offset from the hit's first one."""
    core = code_units(phrase.core + phrase.trail).tolist()
    lead = code_units(phrase.lead).tolist()
    yield from enumerate(core)
    yield from ((-1 - back, code_unit) for back, code_unit in enumerate(reversed(lead)))


def _spelled_at(segment: SegmentArrays, phrase: LiteralPhrase, first: int, last: int) -> bool:
    """Whether one hit is spelled as the phrase, compared character by character."""
    line = int(holding(segment.line_printed, np.array(first)))
    begin, end = segment.line_printed[line : line + 2].tolist()
    last += int(_is_high(segment.printed[last - 1]))
    before = segment.printed_text(begin, first)
    here = segment.printed_text(first, last)
    text = before + here + segment.printed_text(last, end - 1)
    return phrase.stands_at(text, len(before), len(before) + len(here))


def _is_high(code_unit: np.uint16) -> bool:
    return int(code_unit) & 0xFC00 == 0xD800


@lru_cache(maxsize=1)
def _forms() -> U2:
    """The literal form of each code unit, or _SPECIAL; surrogates are special, too."""
    table = np.arange(1 << 16, dtype=np.uint16)
    table[0xD800:0xE000] = _SPECIAL
    for code in range(0x80, 1 << 16):
        form = unicodedata.normalize("NFKC", chr(code))
        if form != chr(code) and not 0xD800 <= code < 0xE000:
            table[code] = ord(form) if len(form) == 1 and form < "\U00010000" else _SPECIAL
    return table
