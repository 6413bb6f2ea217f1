"""Word segmentation: where jieba's words begin.

rjieba is jieba's algorithm and dictionary in Rust; where it is not installed, jieba itself serves.
They differ in decimals beside letters or further dots: 5.5g is one word to rjieba, two to jieba.
Both cut folded text in which "\\n" stands for separators, so that no word ever spans one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module, metadata, resources
from typing import cast

import numpy as np

from indexer.text.fold import SENTENCE_END, fold_spaced
from indexer.text.fold_array import GAP, Bits, CodeUnits, code_units, text_of

Cut = Callable[[str], list[str]]
_CUT = "\0"  # no folded text holds it
_AT_ONCE = 4_000  # characters


@lru_cache(maxsize=1)
def _segmenter() -> tuple[str, Cut]:
    """Name with version, and the function that cuts a text into words."""
    try:
        rjieba = import_module("rjieba")
    except ImportError:
        jieba = import_module("jieba")
        jieba.setLogLevel(logging.WARNING)
        return f"jieba {metadata.version('jieba')}", cast(Cut, jieba.lcut)
    return f"rjieba {metadata.version('rjieba')}", cast(Cut, rjieba.cut)


def segmenter_name() -> str:
    """Which segmenter serves: it goes into the index's fingerprint."""
    return _segmenter()[0]


def cut(spaced: str) -> list[str]:
    """jieba's tokens of what `fold_spaced` gave; they make it up, each "\\n" a token of its own."""
    return _segmenter()[1](spaced)


def dictionary() -> Iterator[tuple[str, int]]:
    """jieba's words as its dictionary has them, each with its frequency; jieba is not started."""
    with resources.files("jieba").joinpath("dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency, _ = line.split(" ", 2)
            yield word, int(frequency)


def words(text: str) -> list[str]:
    """jieba's words of one line, folded, in order; separators and ends of sentences are none."""
    return [word for word in cut(fold_spaced(text)) if not (word.isspace() or word == SENTENCE_END)]


def words_of_folded(folded: str) -> Iterator[tuple[int, str]]:
    """(start, word) of a folded line: cut as it stands, without what divided its words in print."""
    start = 0
    for token in cut(folded):
        if not (token.isspace() or token == SENTENCE_END):
            yield start, token
        start += len(token)


def tokens(line: str) -> Iterator[tuple[int, str]]:
    """(start, token) of one line: starts count characters of the folded line.

    The tokens' texts make up the folded line; the space that joins ASCII words is a token, too, and so
    is the end of a sentence.
    """
    at = 0
    for token in cut(fold_spaced(line)):
        kept = token.replace("\n", "")
        if kept:
            yield at, kept
            at += len(kept)


def _pieces(lines: str) -> Iterator[str]:
    """Whole lines, some at a time: the fewer tokens, the nearer their memory."""
    first = 0
    while first < len(lines):
        end = lines.find("\n", first + _AT_ONCE) + 1 or len(lines)
        yield lines[first:end]
        first = end


def word_starts(spaced: CodeUnits) -> Bits:
    """Bool over the folded code units: a token (see `tokens`) or the line's "\\n" begins here.

    `spaced`: folded lines with their gaps, see `fold_array`.
    """
    cuts = _CUT.join(_CUT.join(cut(piece)) for piece in _pieces(text_of(spaced)))
    marked = code_units(_CUT + cuts)
    begins: Bits = marked[:-1] == ord(_CUT)
    return np.compress(marked[1:] > GAP, begins)
