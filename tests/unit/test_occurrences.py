"""Phrases, wildcards, NEAR and literal matching in folded text."""

from __future__ import annotations

import pytest

from search.local.hits.literal import literal_phrase
from search.query.parse import parse
from search.query.tree import Near, Phrase, Wildcard
from tests.oracle.occurrences import near, occurrences


def leaf(query: str) -> Phrase | Wildcard | Near:
    tree = parse(query).tree
    assert isinstance(tree, Phrase | Wildcard | Near)
    return tree


@pytest.mark.parametrize(
    ("query", "folded", "spans"),
    [
        ('"公开"', "公开公开", [(0, 2), (2, 4)]),
        ('"公公"', "公公公", [(0, 2), (1, 3)]),
        ('"公开"', "公\n开", []),
        ('"12条"', "312条12条", [(4, 7)]),
        ('"5"', "3.5和5", [(4, 5)]),
        ('"三?公开"', "三务公开三公开三务务公开", [(0, 4)]),
        ('"三*公开"', "三务公开开公开", [(0, 4)]),
        ('"三*公开"', "三" + "务" * 20 + "公开", [(0, 23)]),
        ('"三*公开"', "三" + "务" * 21 + "公开", []),
        ('"三*公开"', "三\n公开", []),
        ('"三*15"', "三务153和15", [(0, 8)]),
        ('"?公开"', "公开务公开", [(2, 5)]),
        ('"甲?乙*丙"', "甲乙甲a乙乙丙", [(2, 7)]),
    ],
)
def test_occurrences(query: str, folded: str, spans: list[tuple[int, int]]) -> None:
    found = leaf(query)
    assert not isinstance(found, Near)
    assert occurrences(found, folded) == spans


@pytest.mark.parametrize(
    ("query", "folded", "spans"),
    [
        ('"三务" NEAR/2 "公示"', "三务公开公示", [(0, 2), (4, 6)]),
        ('"三务" NEAR/1 "公示"', "三务公开公示", []),
        ('"公示" NEAR/2 "三务"', "三务公开公示", [(0, 2), (4, 6)]),
        ('"三务" NEAR/9 "公示"', "三务\n公示", []),
        ('"三务" NEAR/0 "务公"', "三务公", []),
        ('"公开" NEAR/0 "公开"', "公开公开", [(0, 2), (2, 4)]),
        ('"公开" NEAR/9 "公开"', "公开", []),
        (
            '"三务" NEAR/3 "公示"',
            "三务公示三务三务三务公示",
            [(0, 2), (2, 4), (4, 6), (6, 8), (8, 10), (10, 12)],
        ),
    ],
)
def test_near(query: str, folded: str, spans: list[tuple[int, int]]) -> None:
    found = leaf(query)
    assert isinstance(found, Near)
    left, right = occurrences(found.left, folded), occurrences(found.right, folded)
    assert sorted(near(left, right, found.distance, folded)) == spans


@pytest.mark.parametrize(
    ("phrase", "line", "start", "end", "expected"),
    [
        ("“三务”公开", "推进“三务”公开", 3, 8, True),
        ("“三务”公开", "推进“ 三务”公开", 4, 9, False),
        ("“三务”公开", "推进三务公开", 2, 6, False),
        ("三务公开", "推进“三务”公开", 3, 8, False),
        ("三务公开", "推进三务公开", 2, 6, True),
        ("三務公開", "三务公开", 0, 4, False),
        ("公开（", "信息公开(试行)", 2, 4, True),
        ("（公开", "……(公开", 3, 5, True),
        ("…公开", "……公开", 2, 4, True),
        (" 公开 ", "公开", 0, 2, True),
    ],
)
def test_literal(phrase: str, line: str, start: int, end: int, expected: bool) -> None:
    assert literal_phrase(phrase).stands_at(line, start, end) is expected
