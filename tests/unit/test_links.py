from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import links
from search.links import Resolved, State, checksum, resolve

TEXT = "年报\n一、概述\n建立“三务”公开台账。\n二、其他\n建立“三务”公开台账。"
QUOTE = "“三务”公开"
AT = TEXT.index(QUOTE)
AGAIN = TEXT.rindex(QUOTE)


def test_checksum_is_the_beginning_of_sha256() -> None:
    assert checksum(QUOTE) == hashlib.sha256(QUOTE.encode()).hexdigest()[:8]
    assert len(checksum("\ud800")) == 8


@pytest.mark.parametrize(
    ("start", "end", "quote", "expected"),
    [
        (AT, AT + 6, QUOTE, Resolved("exact", AT, AT + 6)),
        (AGAIN, AGAIN + 6, QUOTE, Resolved("exact", AGAIN, AGAIN + 6)),
        (0, len(TEXT), TEXT, Resolved("exact", 0, len(TEXT))),
        (AT - 3, AT + 3, QUOTE, Resolved("moved", AT, AT + 6)),
        (AT + 1, AT + 7, QUOTE, Resolved("moved", AT, AT + 6)),
        (AGAIN - 1, AGAIN + 5, QUOTE, Resolved("moved", AGAIN, AGAIN + 6)),
        (0, 6, QUOTE, Resolved("moved", AT, AT + 6)),
        (900_000_000, 900_000_006, QUOTE, Resolved("moved", AGAIN, AGAIN + 6)),
        (-9, -3, QUOTE, Resolved("moved", AT, AT + 6)),
        (AT, AT + 6, "四务公开了", Resolved("changed", AT, AT + 6)),
        (AT, AT + 7, QUOTE, Resolved("changed", AT, AT + 7)),
        (AT, AT, "", Resolved("changed", AT, AT)),
        (AT, AT - 2, QUOTE, Resolved("changed", AT, AT)),
        (0, 10**9, QUOTE, Resolved("changed", 0, len(TEXT))),
        (10**9, 10**9 + 5, "没有", Resolved("changed", len(TEXT), len(TEXT))),
    ],
)
def test_resolve(start: int, end: int, quote: str, expected: Resolved) -> None:
    assert resolve(TEXT, start, end, checksum(quote)) == expected


def test_of_two_as_near_the_earlier_wins() -> None:
    assert resolve("甲乙丙乙丁", 2, 3, checksum("乙")) == Resolved("moved", 1, 2)


@given(
    st.text("甲乙丙\n", min_size=1, max_size=30),
    st.integers(-5, 40),
    st.integers(1, 6),
    st.text("甲乙丙\n", min_size=1, max_size=6),
)
def test_resolve_finds_the_nearest_window(text: str, start: int, length: int, quote: str) -> None:
    windows = [at for at in range(len(text) - length + 1) if text[at : at + length] == quote]
    found = resolve(text, start, start + length, checksum(quote))
    if not windows:
        assert found.state == "changed"
        assert 0 <= found.start <= found.end <= len(text)
    else:
        nearest = min(windows, key=lambda at: (abs(at - start), at))
        state: State = "exact" if nearest == start else "moved"
        assert found == Resolved(state, nearest, nearest + length)


def test_a_long_passage_far_away_is_found_where_a_line_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(links, "MAX_HASHED", 400)
    line, inside = "甲" * 99 + "乙", "丙" * 50 + "丁" * 50
    text = "\n".join(["题", *["戊" * 60] * 20, line, "己" + inside])
    at = text.index(line)
    assert resolve(text, 0, 100, checksum(line)) == Resolved("moved", at, at + 100)
    assert resolve(text, 0, 100, checksum(inside)).state == "changed"
    near = text.index(inside)
    assert resolve(text, near - 1, near + 99, checksum(inside)).state == "moved"


def test_a_search_hashes_no_more_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[int] = []

    def counted(quoted: str) -> str:
        hashed.append(len(quoted))
        return "another"

    monkeypatch.setattr(links, "MAX_HASHED", 100_000)
    monkeypatch.setattr(links, "checksum", counted)
    resolve("字\n" * 50_000, 100, 2_100, "00000000")
    assert sum(hashed) <= 100_000 + 2_000
