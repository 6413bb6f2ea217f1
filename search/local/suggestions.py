"""What the index suggests while a query is typed: its titles, headings and frequent phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

import numpy as np

from indexer.arrays.find import bits_at
from indexer.arrays.segment import NEWLINE, Bools
from indexer.text.fold import fold_spaced
from indexer.text.fold_array import text_of
from indexer.text.segment import cut
from search.local.facts.columns import Columns, SearchSegment
from search.related.frequent import bare_heading, frequent_phrases
from search.related.suggest import Suggestion

_SAMPLE = 1_500_000  # folded code units of which frequent phrases are drawn
_SLICE = 4_096  # code units of each sample
_LONGEST = 40  # code points of a heading; a longer one is a sentence
_LONGEST_TITLE = 100
_PHRASES = 3_000


def suggestions(columns: Columns) -> Iterator[Suggestion]:
    """Titles, headings by how often they are printed, and phrases by how often they occur."""
    headings: Counter[str] = Counter()
    phrases: Counter[str] = Counter()
    for searched in columns.segments:
        live = columns.present[
            searched.first_file : searched.first_file + searched.arrays.file_count
        ]
        yield from _titles(searched, live)
        headings.update(_headings(searched, live))
        phrases.update(dict(frequent_phrases(_samples(searched), _PHRASES)))
    for heading, count in headings.items():
        yield Suggestion(heading, count, "heading")
    for phrase, count in phrases.items():
        yield Suggestion(phrase, count, "phrase")


def corpus_words(columns: Columns) -> Iterator[tuple[str, int]]:
    """The words of titles and headings, with how often they stand there."""
    words: Counter[str] = Counter()
    for searched in columns.segments:
        live = columns.present[
            searched.first_file : searched.first_file + searched.arrays.file_count
        ]
        texts = chain((title.text for title in _titles(searched, live)), _headings(searched, live))
        words.update(cut("\n".join(fold_spaced(text) for text in texts)))
    return iter(words.items())


def _titles(searched: SearchSegment, live: Bools) -> Iterator[Suggestion]:
    for file in np.flatnonzero(live).tolist():
        title = _first_line(searched, int(searched.arrays.file_block[file]))
        yield Suggestion(title[:_LONGEST_TITLE], 1, "title")


def _headings(searched: SearchSegment, live: Bools) -> Iterator[str]:
    arrays = searched.arrays
    for block in np.flatnonzero(live[arrays.block_file] & (arrays.block_headed != 0)).tolist():
        heading = bare_heading(_first_line(searched, block))
        if 1 < len(heading) <= _LONGEST:
            yield heading


def _first_line(searched: SearchSegment, block: int) -> str:
    line = int(searched.arrays.block_line[block])
    start, end = searched.arrays.line_printed[line : line + 2].tolist()
    return searched.arrays.printed_text(start, end - 1)


def _samples(searched: SearchSegment) -> Iterator[tuple[str, Bools]]:
    """Slices from all over the text, with its word starts."""
    size = len(searched.arrays.folded)
    step = max(_SLICE, size * _SLICE // _SAMPLE)
    for start in range(0, size, step):
        text = searched.arrays.folded[start : start + _SLICE]
        begins = bits_at(searched.arrays.word_starts, np.arange(start, start + len(text)))
        surrogate = (text & 0xF800) == 0xD800
        yield text_of(np.where(surrogate, NEWLINE, text)), begins
