"""What differs between a sentence and its twin, as a comparison of two reports tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.text.fold import fold
from search.comparing.model import Span
from search.comparing.runs import common_runs, differences
from search.comparing.tokens import Alphabet, marked_spans, token_spans


class Run(NamedTuple):
    """Text that the other sentence does not have where `marked`."""

    text: str
    marked: bool


def changed(a: str, b: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both sentences, what only one of them has marked."""
    alphabet = Alphabet()
    spelled = alphabet.spelled(fold(a)), alphabet.spelled(fold(b))
    only = differences(common_runs(*spelled), len(spelled[0]), len(spelled[1]))
    left, right = (
        tuple(_runs(text, marked_spans(token_spans(text), ranges, 0)))
        for text, ranges in zip((a, b), only, strict=True)
    )
    return left, right


def _runs(text: str, marked: Sequence[Span]) -> Iterator[Run]:
    done = 0
    for start, end in marked:
        if start > done:
            yield Run(text[done:start], False)
        yield Run(text[start:end], True)
        done = end
    if done < len(text):
        yield Run(text[done:], False)
