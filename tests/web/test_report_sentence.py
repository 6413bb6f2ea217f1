"""The sentence around a passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.report.sentence import LONGEST, around

TEXT = (
    "题目\n甲一。乙说：“丙！”丁，戊；己？庚\n前言\n指标\t三务\t3\n"
    + "子，" * 400
    + "丑。"
    + "寅" * 900
)


@pytest.mark.parametrize(
    ("passage", "sentence"),
    [
        ("甲", "甲一。"),
        ("。", "甲一。"),
        ("说", "乙说：“丙！”"),
        ("！", "乙说：“丙！”"),
        ("丁", "丁，戊；己？"),
        ("庚", "庚"),
        ("一。乙", "甲一。乙说：“丙！”"),
        ("庚\n前", "庚\n前言"),
        ("三务", "指标\t三务\t3"),
        ("题", "题目"),
        ("丑", "丑。"),
        ("子，丑", "子，丑。"),
        ("寅寅", "寅寅"),
    ],
)
def test_sentences(passage: str, sentence: str) -> None:
    at = TEXT.index(passage)
    start, end = around(TEXT, at, at + len(passage))
    assert TEXT[start:end] == sentence


@given(st.text("甲乙。！？”\n\t ，", min_size=1, max_size=60), st.data())
def test_a_sentence_holds_its_passage_and_no_other_line(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = around(text, start, end)
    assert 0 <= first <= start < end <= last <= len(text)
    assert "\n" not in text[first:start] + text[end:last]
    assert last - first <= max(LONGEST, end - start)
