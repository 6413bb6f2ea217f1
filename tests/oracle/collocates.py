"""The words beside hits, one hit after the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from indexer.text.segment import tokens
from search.spread import Collocate, Side
from tests.oracle.folded import FoldedBlock, FoldedReport, Span

_LONGEST = 128
"""Bytes of UTF-16 that a word is told by."""


def words_beside(
    found: Iterable[tuple[FoldedReport, list[tuple[int, Span]]]], side: Side
) -> tuple[int, list[Collocate]]:
    """How many hits have none, and all the words, in order."""
    hits: Counter[str] = Counter()
    reports: defaultdict[str, set[str]] = defaultdict(set)
    for report, spans in found:
        for block, span in spans:
            word = _word(report.blocks[block], span, side)
            hits[word] += 1
            reports[word].add(report.id)
    bare = hits.pop("", 0)
    every = [Collocate(word, count, len(reports[word])) for word, count in hits.items()]
    every.sort(key=lambda one: (-one.hits, -one.reports, one.word.encode("utf-16-be")))
    return bare, every


def _word(block: FoldedBlock, span: Span, side: Side) -> str:
    """The word, or "": of the tokens of the line, the part of the next one that the hit leaves."""
    number = block.line_of(span[0])
    zero = block.starts[number]
    parts = _tokens(block.lines[number].text)
    if side == "right":
        at = span[1] - zero
        left = [token[max(0, at - start) :] for start, token in parts if start + len(token) > at]
    else:
        at = span[0] - zero
        left = [token[: at - start] for start, token in reversed(parts) if start < at]
    if left and left[0] == " ":
        left = left[1:]
    if not left or left[0] == "。":
        return ""
    data = left[0].encode("utf-16-le")
    near = data[:_LONGEST] if side == "right" else data[-_LONGEST:]
    return near.decode("utf-16-le", "ignore")


@lru_cache(maxsize=4_096)
def _tokens(line: str) -> tuple[tuple[int, str], ...]:
    return tuple(tokens(line))
