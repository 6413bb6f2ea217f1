"""Wildcards and NEAR against their definitions, tried at every place."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.fold import cuts_word
from search.query.tree import Wildcard
from tests.oracle.occurrences import Span, near, occurrences

TEXTS = st.text(st.sampled_from("甲乙丙12. \n"), max_size=40).map(
    lambda text: re.sub(r"(?<![0-9])\.|\.(?![0-9])", "", text)
)
PIECES = st.text(st.sampled_from("甲乙丙1"), min_size=1, max_size=2)
GAPS = st.sampled_from([(0, 20), (1, 1), (0, 3), (2, 2), (1, 4)])
SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 4)), max_size=8).map(
    lambda pairs: sorted({(start, start + length) for start, length in pairs})
)


@st.composite
def wildcards(draw: st.DrawFn) -> Wildcard:
    pieces = draw(st.lists(PIECES, min_size=1, max_size=3))
    if draw(st.booleans()):
        pieces = ["", *pieces]
    if draw(st.booleans()) or len(pieces) < 2:
        pieces = [*pieces, ""]
    gaps = [draw(GAPS) for _ in pieces[1:]]
    return Wildcard(tuple(pieces), tuple(gaps), "?")


def brute_ends(pattern: Wildcard, folded: str, at: int) -> set[int]:
    """Every end of an occurrence that begins at `at`."""
    if not folded.startswith(pattern.pieces[0], at):
        return set()
    ends = {at + len(pattern.pieces[0])}
    for (least, most), piece in zip(pattern.gaps, pattern.pieces[1:], strict=True):
        ends = {
            end + gap + len(piece)
            for end in ends
            for gap in range(least, most + 1)
            if end + gap <= len(folded)
            and "\n" not in folded[end : end + gap]
            and folded.startswith(piece, end + gap)
        }
    return {end for end in ends if not cuts_word(folded, end)}


@given(wildcards(), TEXTS)
def test_a_wildcard_finds_the_shortest_from_each_start(pattern: Wildcard, folded: str) -> None:
    expected = [
        (at, min(ends))
        for at in range(len(folded) + 1)
        if not cuts_word(folded, at) and (ends := brute_ends(pattern, folded, at))
    ]
    assert occurrences(pattern, folded) == expected


@given(
    SPANS, SPANS, st.integers(0, 12), st.text(st.sampled_from("甲乙\n"), min_size=34, max_size=34)
)
def test_near_is_some_pair(left: list[Span], right: list[Span], distance: int, folded: str) -> None:
    def pair(one: Span, other: Span) -> bool:
        first, second = sorted((one, other))
        between = folded[first[1] : second[0]]
        return first[1] <= second[0] and len(between) <= distance and "\n" not in between

    def gap(one: Span, other: Span) -> int:
        first, second = sorted((one, other))
        return second[0] - first[1]

    pairs = [(a, b) for a in left for b in right if pair(a, b)]
    gaps: dict[Span, list[int]] = {}
    for one, other in pairs:
        gaps.setdefault(one, []).append(gap(one, other))
        gaps.setdefault(other, []).append(gap(one, other))
    closeness = {span: 1 - min(found) / (2 * (distance + 1)) for span, found in gaps.items()}
    assert near(left, right, distance, folded) == closeness


def test_hostile_patterns_end() -> None:
    """These took minutes when a regular expression looked for them."""
    line = "的" * 20_000
    pieces = ("的",) * 7 + ("龘",)
    assert occurrences(Wildcard(pieces, ((0, 20),) * 7, "?"), line) == []
    zeros = "\n".join("0 " * 30 for _ in range(200))
    assert occurrences(Wildcard(("0",) * 9 + ("条",), ((0, 20),) * 9, "?"), zeros) == []
    spans = [(at, at + 1) for at in range(20_000)]
    assert len(near(spans, spans, 2, line)) == 20_000
