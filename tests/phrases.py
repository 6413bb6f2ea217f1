"""Phrases drawn from reports, and what the engine and the definition find for them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence

from indexer.text.fold import fold
from search.engine import Engine
from search.model import SearchRequest

Lines = Mapping[str, Sequence[tuple[int, str]]]
"""Report id -> (start in the canonical text, text) of each line."""
Hits = dict[str, list[tuple[int, int]]]
"""Report id -> spans in its canonical text, in order."""

QUOTES = str.maketrans("", "", "\"“”„‟″「」『』＂‘’＇'〝〞?？*＊")


def drawn_phrases(lines: Lines, count: int, *, seed: int) -> Iterator[str]:
    """Phrases of 3 to 14 characters, cut anywhere from lines, punctuation and spaces included.

    Quotes and wildcards are left out: they mean something in a query.
    """
    chooser = random.Random(seed)
    pool = [text for found in lines.values() for _, text in found if len(text) >= 3]
    while count:
        line = chooser.choice(pool)
        length = chooser.randint(3, 14)
        start = chooser.randint(0, max(0, len(line) - length))
        phrase = line[start : start + length].translate(QUOTES).strip()
        if len(fold(phrase)) >= 2:
            count -= 1
            yield phrase


def check_hits(engine: Engine, phrase: str, expected: Hits) -> None:
    """The engine finds the expected reports, hits and offsets, and (by its totals) no others."""
    request = SearchRequest(q=f'"{phrase}"', size=1, passages=0)
    total = engine.search(request).total
    assert (total.reports, total.hits) == (len(expected), sum(map(len, expected.values()))), phrase
    for report, spans in expected.items():
        found = [(hit.start, hit.end) for hit in engine.hits(report, request)]
        assert found == spans, (phrase, report)


def expected_hits(
    occurrences: Callable[[str, str], list[tuple[int, int]]], phrase: str, lines: Lines
) -> Hits:
    """What the definition finds."""
    expected: Hits = {}
    for report, found in lines.items():
        spans = [
            (start + first, start + last)
            for start, line in found
            for first, last in occurrences(phrase, line)
        ]
        if spans:
            expected[report] = spans
    return expected
