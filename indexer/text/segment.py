"""Word segmentation: where jieba's words begin.

rjieba is jieba's algorithm and dictionary in Rust; where it is not installed, jieba itself serves.
Both cut folded text in which "\\n" stands for separators, so that no word ever spans one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module, metadata
from typing import cast

from indexer.text.fold import fold_spaced

Cut = Callable[[str], list[str]]


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


def words(text: str) -> list[str]:
    """jieba's words of one line, folded, in order; separators are none."""
    return [word for word in _segmenter()[1](fold_spaced(text)) if not word.isspace()]


def tokens(line: str) -> Iterator[tuple[int, str]]:
    """(start, token) of one line: starts count characters of the folded line.

    The tokens' texts make up the folded line; the space that joins ASCII words is a token, too.
    """
    at = 0
    for token in _segmenter()[1](fold_spaced(line)):
        kept = token.replace("\n", "")
        if kept:
            yield at, kept
            at += len(kept)
