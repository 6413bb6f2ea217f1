"""Folding and segmentation."""

from __future__ import annotations

import pytest

from indexer.text.fold import cuts_word, fold, fold_with_origins, literal_form
from indexer.text.segment import tokens, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“三务”公开", "三务公开"),
        ("“ 三务” 公开", "三务公开"),
        ("「三務」公開", "三务公开"),
        ("示範", "示范"),
        ("ＡＢＣ１２", "abc12"),
        ("3.5%", "3.5"),
        ("1,234,567元", "1234567元"),
        ("1,23", "1 23"),
        ("1,2345", "1 2345"),
        ("12.条", "12条"),
        ("2017-2018年", "2017 2018年"),
        ("2 0 1 8 年", "2 0 1 8年"),
        ("a……b", "a b"),
        ("①⑴⒈", "111"),
        ("3.⑴", "3 1"),
        ("第3号〔2018〕", "第3号2018"),
        ("……，。", ""),
        ("加强城市。建设", "加强城市。建设"),
        ("城市 ！？… 建设。", "城市。建设"),
        ("。城市", "城市"),
        ("”。城市", "城市"),
        ("城市；”建设", "城市。建设"),
        ("城市，建设", "城市建设"),
        ("a。b", "a b"),
        ("a。城", "a。城"),
        ("城;3", "城。3"),
        ("城。⑴", "城。1"),
        ("⑴。城", "1。城"),
        ("城！𠮷", "城。𠮷"),
        ("\u200b公\u200c开\ufeff", "公开"),
        ("\ud800公开", "公开"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("“三务”公开", [1, 2, 4, 5]),
        ("1,234", [0, 2, 3, 4]),
        ("3.5", [0, 1, 2]),
        ("a——b", [0, 1, 3]),
        ("½条", [0, 0, 1]),
        ("城 。” 建", [0, 1, 5]),
    ],
)
def test_origins(text: str, origins: list[int]) -> None:
    assert fold_with_origins(text) == (fold(text), origins)


@pytest.mark.parametrize(
    ("folded", "cut", "expected"),
    [
        ("312条", 1, True),
        ("312条", 3, False),
        ("3.5", 1, True),
        ("3.5", 2, True),
        ("条12", 1, False),
        ("ab", 0, False),
        ("ab", 2, False),
    ],
)
def test_cuts_word(folded: str, cut: int, expected: bool) -> None:
    assert cuts_word(folded, cut) is expected


def test_tokens_make_up_the_folded_line() -> None:
    line = "推进“三务” 公开，2017-2018年，1,234 条"
    found = list(tokens(line))
    assert "".join(token for _, token in found) == fold(line)
    assert all(fold(line).startswith(token, start) for start, token in found)


def test_words_never_span_a_separator() -> None:
    assert words("“三务”公开，政府信息") == ["三务", "公开", "政府", "信息"]


def test_the_end_of_a_sentence_is_no_word() -> None:
    assert words("城市。建设") == ["城市", "建设"]
    assert [token for _, token in tokens("城市。建设")] == ["城市", "。", "建设"]


def test_literal_form_keeps_punctuation() -> None:
    assert literal_form("“三務”，Ａ") == "“三務”,A"
