"""What a cluster's index holds of a text: its words stand exactly where the hits of a phrase do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import pytest

from indexer.arrays.prepare import prepare
from indexer.text.fold import fold
from search.query.tree import Wildcard
from search.remote.alphabet import CAPTURED, GAP, encode, encodings
from search.remote.documents import document
from search.remote.dsl import Query, occurrences
from tests.oracle import drawn
from tests.oracle.folded import folded_report
from tests.unit.records import plain_record

_PATTERNS = [re.compile(pattern) for pattern in CAPTURED]


def indexed(words: str) -> list[set[str]]:
    """The words of the index at each position, as the cluster's analyzer makes them."""
    return [
        {match[1] for pattern in _PATTERNS if (match := pattern.match(word))} or {word}
        for word in words.split()
    ]


def count(index: Sequence[set[str]], query: Query) -> int:
    """How often a query of `occurrences` stands there."""
    [(kind, fields)] = query.items()
    [(_, asked)] = fields.items()
    if kind == "term":
        return sum(asked["value"] in here for here in index)
    words = asked["query"].split(" ")
    return sum(
        all(
            word in here or word == GAP
            for word, here in zip(words, index[at : at + len(words)], strict=True)
        )
        for at in range(len(index) - len(words) + 1)
    )


def hits(block: Any, phrase: str) -> Iterator[tuple[int, int]]:
    """Where a folded phrase stands in a block and cuts no ASCII word: the definition, step by step."""
    text = block.folded
    for at in range(len(text) - len(phrase) + 1):
        end = at + len(phrase)
        if text.startswith(phrase, at) and not cuts(text, at) and not cuts(text, end):
            yield at, end


def cuts(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    both = all(c.isascii() and c.isalnum() for c in (left, right))
    return both or "." in left + right


@pytest.mark.parametrize("seed", range(12))
def test_a_phrase_is_counted_where_it_stands(seed: int) -> None:
    chooser = Random(seed)
    report = drawn.report(chooser, "a.txt")
    prepared = prepare(report)
    units = document(prepared, plain_record(prepared))["units"]
    blocks = folded_report(report).blocks
    assert [unit["kind"] for unit in units] == [block.kind for block in blocks]
    phrases = {phrase for phrase in (cut(chooser, blocks) for _ in range(150)) if phrase}
    for unit, block in zip(units, blocks, strict=True):
        index = indexed(unit.get("text", ""))
        for phrase in phrases:
            found = list(hits(block, phrase))
            coded = encode(phrase)
            assert count(index, occurrences(coded)) == len(found), (phrase, block.folded)
            whole = sum(map(block.on_word_boundaries, found))
            assert count(index, occurrences(coded, whole=True)) == whole, (phrase, block.folded)


def cut(chooser: Random, blocks: Sequence[Any]) -> str:
    """A phrase of 1 to 7 characters of a line, its ASCII words cut or not; at times with one changed."""
    lines = [line for block in blocks for line in block.folded.split("\n") if line]
    line = chooser.choice(lines or ["公开"])
    at = chooser.randrange(len(line))
    found = line[at : at + chooser.randint(1, 7)].strip(" .。")
    return fold(found.replace(found[:1], "1") if chooser.random() < 0.1 else found)


def test_one_code_point_for_each() -> None:
    text = fold("2019年 Open Data 3.5% 𠮷公开")
    assert len(encode(text)) == len(text)
    assert encode("12条") not in encode("312条")
    assert encode("12条") in encode("第12条")
    assert encode("5") not in encode("3.5")


@pytest.mark.parametrize(
    ("piece", "left", "right"),
    [("12", True, True), ("公开", True, True), ("a公", True, False), ("公a", False, True)],
)
def test_a_piece_of_a_wildcard_is_found_in_whatever_stands_beside_it(
    piece: str, left: bool, right: bool
) -> None:
    found = encodings(piece, open_left=left, open_right=right)
    for before in ("", "9", "x", "公") if left else ("", "公"):
        for after in ("", "9", "x", "公") if right else ("", "公"):
            assert any(one in encode(before + piece + after) for one in found)
    assert Wildcard((piece, ""), ((1, 1),), f"{piece}?")  # what such a piece is of
