"""Phrases that a corpus says often, from a sample of its text; headings without their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.model import shown_heading
from indexer.parsing.enumerators import at_start
from indexer.text.fold import SENTENCE_END
from search.related.prefixes import codes_of

Bools = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Hashes = NDArray[np.uint64]

_WORDS = range(1, 5)
_CHARACTERS = range(4, 13)
_WORDS_AROUND = 6
_CHARACTERS_AROUND = 18
"""Phrases up to this long are counted, so that their pieces do not pass for phrases."""
_BREAK = "\n"
_FUNCTION_WORDS = (
    "的地得了着和与及或在对为以是把被从到由向于将等也都而并其之这该各上下中内外个年月日"
)
"""No phrase begins or ends with one of these as a word of its own."""
_BASE = 0x9E3779B97F4A7C15
"""Odd, so that it has an inverse modulo 2**64."""
_ALONE = 1.1
"""A phrase counts beside a longer one that holds it if it occurs so much more often."""


@dataclass(frozen=True, slots=True)
class _Spans:
    """Candidates: code points of the sample's text, end exclusive; `words` in each."""

    first: Numbers
    end: Numbers
    words: Numbers


def frequent_phrases(
    samples: Iterable[tuple[str, Bools]],
    limit: int = 5_000,
    least: int = 5,
    most_characters: int = 2_000_000,
) -> list[tuple[str, int]]:
    """The commonest phrases of two to four words and 4 to 12 characters, with their counts.

    `samples`: folded text and, for each of its characters, whether a word begins there; "\\n" in it
    parts lines. No phrase holds the end of a sentence. Samples beyond `most_characters` are not read, so
    a caller should give those of the whole corpus in turn. Phrases that occur less than `least` times, hold a digit, or hardly occur
    outside a longer one, are left out.
    """
    text, begins = _joined(samples, most_characters)
    if not text:
        return []
    spans = _spans(codes_of(text), np.flatnonzero(begins))
    _, at, counts = np.unique(_hashes(codes_of(text), spans), return_index=True, return_counts=True)
    best = np.argsort(-counts, kind="stable")[: 4 * limit]
    best = best[counts[best] >= least]
    phrases = {
        text[spans.first[at[index]] : spans.end[at[index]]]: int(counts[index]) for index in best
    }
    short = {phrase for phrase, index in zip(phrases, best, strict=True) if _fits(spans, at[index])}
    alone = _standing_alone(phrases)
    return [(phrase, count) for phrase, count in alone if phrase in short][:limit]


def bare_heading(heading: str) -> str:
    """A heading without its number and final punctuation: （二）主动公开情况。 -> 主动公开情况"""
    while number := at_start(heading):
        heading = heading[number.end :]
    return shown_heading(heading).strip()


def _joined(samples: Iterable[tuple[str, Bools]], most: int) -> tuple[str, Bools]:
    """The samples as one text, parted by line ends that count as words."""
    texts: list[str] = []
    begins: list[Bools] = []
    length = 0
    for text, starts in samples:
        if length >= most:
            break
        texts += [text[: most - length], _BREAK]
        begins += [starts[: most - length], np.ones(1, dtype=np.bool_)]
        length += len(text)
    return "".join(texts), np.concatenate(begins) if begins else np.zeros(0, dtype=np.bool_)


def _spans(codes: NDArray[np.uint16], words: Numbers) -> _Spans:
    """Runs of words that may be a phrase, or hold one."""
    single = np.diff(words, append=len(codes)) == 1
    weak = single & np.isin(codes[words], codes_of(_FUNCTION_WORDS))
    barred = np.isin(codes, codes_of(_BREAK + SENTENCE_END + "0123456789"))
    bars = np.concatenate([[0], np.cumsum(barred)])
    firsts: list[Numbers] = []
    ends: list[Numbers] = []
    for count in range(_WORDS[0], _WORDS_AROUND + 1):
        first, end = words[:-count], words[count:]
        length = end - first
        fits = (length >= _CHARACTERS[0]) & (length <= _CHARACTERS_AROUND)
        fits &= (bars[first] == bars[end]) & ~weak[:-count] & ~weak[count - 1 : -1]
        firsts.append(first[fits])
        ends.append(end[fits])
    sizes = [np.full(len(first), count) for count, first in enumerate(firsts, start=_WORDS[0])]
    return _Spans(np.concatenate(firsts), np.concatenate(ends), np.concatenate(sizes))


def _fits(spans: _Spans, at: int) -> bool:
    """Whether a candidate is as long as a phrase may be."""
    return spans.words[at] in _WORDS and spans.end[at] - spans.first[at] in _CHARACTERS


def _hashes(codes: NDArray[np.uint16], spans: _Spans) -> Hashes:
    """The same number for the same characters: a polynomial modulo 2**64, from running sums."""
    powers = _powers(_BASE, len(codes))
    sums: Hashes = np.concatenate(
        [np.zeros(1, np.uint64), np.cumsum((codes + np.uint64(1)) * powers)]
    )
    inverses = _powers(pow(_BASE, -1, 1 << 64), len(codes))
    hashes: Hashes = (sums[spans.end] - sums[spans.first]) * inverses[spans.first]
    return hashes


def _powers(base: int, count: int) -> Hashes:
    factors = np.full(count, base, dtype=np.uint64)
    factors[:1] = 1
    return np.cumprod(factors, dtype=np.uint64)


def _standing_alone(phrases: dict[str, int]) -> list[tuple[str, int]]:
    """Without those that hardly occur but in a longer one of them, in the order given."""
    within: set[str] = set()
    for phrase, count in phrases.items():
        for size in range(_CHARACTERS[0], len(phrase)):
            for first in range(len(phrase) - size + 1):
                part = phrase[first : first + size]
                if phrases.get(part, count * _ALONE + 1) <= count * _ALONE:
                    within.add(part)
    return [item for item in phrases.items() if item[0] not in within]
