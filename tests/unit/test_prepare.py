"""A report as arrays: code units, kept ones, word starts, lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from indexer.arrays.prepare import PreparedReport, prepare
from indexer.model import Line, Report, Section
from indexer.text.fold_array import text_of

EMPTY = Report("a.txt", "", "other", None, None, None, None, None, (), ())


def section(heading: str | None, *lines: str) -> Section:
    printed = None if heading is None else Line(heading, 0)
    return Section("other", printed, 1, (), tuple(Line(line, 0) for line in lines))


def prepared(title: str, *sections: Section) -> PreparedReport:
    return prepare(replace(EMPTY, title=title, sections=sections))


def marked(text: Sequence[int], bits: bytes) -> str:
    """The text with "|" before every code unit whose bit is set; a surrogate as "*"."""
    flags = np.unpackbits(np.frombuffer(bits, np.uint8), count=len(text)).tolist()
    shown = ["*" if 0xD800 <= code_unit <= 0xDFFF else chr(code_unit) for code_unit in text]
    return "".join(f"|{c}" if flag else c for c, flag in zip(shown, flags, strict=True))


@pytest.mark.parametrize(
    ("title", "kept", "word_starts"),
    [
        ("", "|\n", "|\n"),
        ("，。", "，。|\n", "|\n"),
        ("“三务”公开", "“|三|务”|公|开|\n", "|三务|公开|\n"),
        ("政府，信息 公開。", "|政|府，|信|息 |公|開。|\n", "|政府|信息|公开|\n"),
        ("Open  Data，2020", "|O|p|e|n|  |D|a|t|a|，|2|0|2|0|\n", "|open| |data| |2020|\n"),
        ("增3.5，减1,234", "|增|3|.|5，|减|1,|2|3|4|\n", "|增|3.5|减|1234|\n"),
        ("1,23", "|1|,|2|3|\n", "|1| |23|\n"),
        ("1,2345", "|1|,|2|3|4|5|\n", "|1| |2345|\n"),
        ("a.5．6", "|a|.|5|．|6|\n", "|a| |5.6|\n"),
        ("3㎡", "|3|㎡|\n", "|3m2|\n"),
        ("⑴公开", "|⑴|公|开|\n", "|1|公开|\n"),
        ("𠮷、公开", "|*|*、|公|开|\n", "|**|公开|\n"),
        ("𝟏公开", "|**|公|开|\n", "|1|公开|\n"),
        ("\ud800公开\udc00", "*|公|开*|\n", "|公开|\n"),
        ("a\ud800b", "|a|*|b|\n", "|a| |b|\n"),
    ],
)
def test_one_line(title: str, kept: str, word_starts: str) -> None:
    found = prepared(title)
    assert marked(found.printed.tolist(), found.kept) == kept
    assert marked(found.folded.tolist(), found.word_starts) == word_starts


def test_the_lines_of_title_and_sections() -> None:
    found = prepared(
        "公开年报", section(None), section("一、概述", "共 12 件。", "——"), section(None, "Ⅱ类𠮷")
    )
    assert text_of(found.printed) == "公开年报\n一、概述\n共 12 件。\n——\nⅡ类𠮷\n"
    assert text_of(found.folded) == "公开年报\n一概述\n共12件\n\nii类𠮷\n"
    assert found.line_printed.tolist() == [5, 5, 8, 3, 5]
    assert found.line_folded.tolist() == [5, 4, 5, 1, 6]
    assert found.block_lines.tolist() == [1, 0, 3, 1]
    assert {lengths.dtype for lengths in (found.line_printed, found.line_folded)} == {
        np.dtype(np.uint32)
    }


def test_no_word_spans_two_lines() -> None:
    found = prepared("政府", section("信息", "公", "开"))
    assert marked(found.folded.tolist(), found.word_starts) == "|政府|\n|信息|\n|公|\n|开|\n"
