"""Boxes of a scan in reading order: paragraphs, rows, columns, page numbers; no recognition here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from indexer.model import Place
from indexer.reading.document import RawLine
from indexer.reading.scans.cells import Cell
from indexer.reading.scans.layout import lines_of, page_text
from indexer.reading.scans.ocr import RecognisedLine
from indexer.reading.scans.paragraphs import join
from indexer.reading.scans.strips import strips

EM, PITCH = 30, 50
FULL = "全县各乡镇深入推进三务公开工作并主动公开政府信息二千三百五十六条其中"  # 34 characters
LEFT = 150


def at(
    text: str, x: float, row: float, *, confidence: int = 99, cell: Cell | None = None
) -> RecognisedLine:
    """A line that begins so many characters from the margin, in a row of the page."""
    width = sum(EM if char > "\x7f" else EM / 2 for char in text)
    left, top = LEFT + x * EM, 100 + row * PITCH
    return RecognisedLine(text, (left, top, left + width, top + 40), confidence, cell)


def read(*lines: RecognisedLine) -> list[str]:
    return [line.text for line in lines_of(lines, 1)]


def test_lines_of_a_paragraph_are_one_and_as_sure_as_the_least_sure() -> None:
    lines = (
        at(FULL[:32], 2, 0, confidence=98),
        at(FULL, 0, 1, confidence=71),
        at("有两件。", 0, 2),
        at("另一段。", 2, 3, confidence=88),
    )
    assert lines_of(lines, 4) == [
        RawLine(FULL[:32] + FULL + "有两件。", place=Place(4, 4, 71)),
        RawLine("另一段。", place=Place(4, 4, 88)),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # a line that ends short of the margin ends its paragraph
        ((at(FULL, 0, 0), at("第一段到此", 0, 1), at(FULL, 0, 2)), [FULL + "第一段到此", FULL]),
        # an indent begins one, though the line above is full
        ((at(FULL, 0, 0), at(FULL[:32], 2, 1), at(FULL, 0, 2)), [FULL, FULL[:32] + FULL]),
        # without indents a full line that ends a sentence ends its paragraph
        ((at(FULL[:33] + "。", 0, 0), at(FULL, 0, 1)), [FULL[:33] + "。", FULL]),
        # with them it goes on
        (
            (at(FULL[:32], 2, 0), at(FULL[:33] + "。", 0, 1), at("还有。", 0, 2)),
            [FULL[:32] + FULL[:33] + "。还有。"],
        ),
        # a wide gap parts
        ((at(FULL, 0, 0), at(FULL, 0, 1), at(FULL, 0, 3)), [FULL * 2, FULL]),
        # a title shows no margin
        ((at("永泰县政府信息公开年度报告", 0, 0), at("一、概述", 0, 1)), ["永泰县政府信息公开年度报告", "一、概述"]),
        # letters of two lines stay apart, digits together
        ((at(FULL[:31] + "hello", 0, 0), at("world", 0, 1)), [FULL[:31] + "hello world"]),
        ((at(FULL[:33] + "20", 0, 0), at("18年", 0, 1)), [FULL[:33] + "2018年"]),
        # pieces of a line, and cells without rules
        ((at("一、", 0, 0), at("概述", 2.5, 0)), ["一、概述"]),
        ((at("合计", 0, 0), at("12", 8, 0), at("3", 16, 0)), ["合计\t12\t3"]),
    ],
)  # fmt: skip
def test_paragraphs(lines: Sequence[RecognisedLine], expected: list[str]) -> None:
    assert read(*lines) == expected
    assert read(*reversed(lines)) == expected


@pytest.mark.parametrize(
    "number", ["3", "- 3 -", "—3—", "第3页", "第 3 页 共 12 页", "3/12", "·3·"]
)
def test_page_numbers_are_dropped(number: str) -> None:
    page = page_text([at(FULL, 0, 0), at("完。", 0, 1), at(number, 16, 40)], 3)
    assert [line.text for line in page.lines] == [FULL + "完。"]
    assert [(piece.text, piece.reason.key) for piece in page.dropped] == [
        (number, "dropped_page_number")
    ]


@pytest.mark.parametrize("last", ["2019", "2019年3月", "12件", "0.5", "一、"])
def test_what_only_looks_like_a_page_number_stays(last: str) -> None:
    assert read(at(FULL, 0, 0), at("完。", 0, 1), at(last, 16, 40))[-1] == last


def test_columns_are_read_one_after_the_other() -> None:
    title = at("公报二〇一九年第三期", 10, 0)
    left = [at(FULL[:13], 2, 2), *(at(FULL[:15], 0, 3 + row) for row in range(7))]
    right = [at(FULL[15:30], 18, 2 + row) for row in range(7)] + [at("止。", 18, 9)]
    below = at("永泰县人民政府办公室", 12, 11)
    expected = [title.text, FULL[:13] + FULL[:15] * 7, FULL[15:30] * 7 + "止。", below.text]
    found = read(title, *left, *right, below)
    assert "".join(found) == "".join(expected)
    assert [found[0], found[-1]] == [title.text, below.text]


def test_a_table_without_rules_is_no_columns() -> None:
    rows = [(at(f"指标{row}", 0, row), at(f"{row}00", 18, row)) for row in range(9)]
    assert read(*(line for row in rows for line in row)) == [f"指标{n}\t{n}00" for n in range(9)]


def test_ruled_tables_are_rows_among_the_text() -> None:
    def cell(row: int, column: int) -> Cell:
        return Cell(0, row, column)

    page = page_text(
        [
            at("四、复议", 2, 0),
            at("结果", 0, 2, cell=cell(0, 0)),
            at("维持", 0, 3, cell=cell(0, 0)),
            at("总计", 8, 2.5, cell=cell(0, 2)),
            at("0", 0, 4, cell=cell(1, 0), confidence=60),
            at("12", 8, 4, cell=cell(1, 2)),
            at("五、问题", 2, 6),
        ],
        2,
    )
    assert [line.text for line in page.lines] == [
        "四、复议",
        "结果维持\t\t总计",
        "0\t\t12",
        "五、问题",
    ]
    assert [line.row for line in page.lines] == [False, True, True, False]
    assert page.lines[2].place == Place(2, 2, 60)


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = page_text([at(FULL[:32], 2, 0), at(FULL, 0, 1), at(FULL, 0, 2), at("1", 16, 40)], 1)
    second = page_text([at(FULL, 0, 0), at("完。", 0, 1), at(FULL[:32], 2, 2)], 2)
    lines, dropped = join([first, second])
    assert [line.text for line in lines] == [FULL[:32] + FULL * 3 + "完。", FULL[:32]]
    assert [line.place[:2] for line in lines] == [(1, 2), (2, 2)]
    assert len(dropped) == 1
    ended = page_text([at(FULL[:32], 2, 0), at(FULL, 0, 1), at("完。", 0, 2)], 1)
    assert len(join([ended, second])[0]) == 3


def test_nothing_recognised_is_no_text() -> None:
    assert page_text([], 1).lines == ()
    assert page_text([at(" ", 0, 0)], 1).lines == ()
    assert [line.text for line in page_text([at("12", 0, 0)], 1).lines] == ["12"]


def test_what_cannot_be_made_out_is_dropped_but_for_figures_in_tables() -> None:
    figure = at("12", 8, 2, confidence=40, cell=Cell(0, 0, 0))
    page = page_text(
        [at("看不清", 0, 0, confidence=59), at("看得清", 0, 1, confidence=60), figure], 1
    )
    assert [line.text for line in page.lines] == ["看得清", "12"]
    assert [(piece.text, piece.reason.key) for piece in page.dropped] == [
        ("看不清", "dropped_unreadable")
    ]


def test_long_pictures_are_cut_between_lines() -> None:
    sheet = np.full((140, 100, 3), 255, dtype=np.uint8)
    assert [strip.shape[0] for strip in strips(sheet)] == [140]
    long = np.full((1_000, 100, 3), 255, dtype=np.uint8)
    long[::10, 20:60] = 0
    long[5::10, 20:60] = 128
    found = list(strips(long))
    assert len(found) > 5
    assert np.array_equal(np.concatenate(found), long)
    assert all(strip.shape[0] <= 140 for strip in found)
    assert all((strip[-1] == 255).all() for strip in found[:-1])
