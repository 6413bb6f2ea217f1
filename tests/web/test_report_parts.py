"""The pure parts of a report's page: text fragments, tables, the hit map, steps."""

from __future__ import annotations

import pytest
from fake_engine import make_report

from indexer.model import Line
from search.model import Hit
from web.report.hit_map import TICKS, ticks
from web.report.stepping import Ends, number_in, numbered, steps
from web.report.tables import has_header, is_number, numeric_columns
from web.report.text import report_view
from web.report.text_fragment import with_fragment

PAGE = "https://example.invalid/a"


@pytest.mark.parametrize(
    ("address", "passage", "expected"),
    [
        (PAGE, "a-b, c&d", PAGE + "#:~:text=a%2Db%2C%20c%26d"),
        (PAGE + "#x", "三务", PAGE + "#x:~:text=%E4%B8%89%E5%8A%A1"),
        (PAGE, " \n\t ", PAGE),
        (PAGE, "甲\t乙", PAGE + "#:~:text=%E7%94%B2,%E4%B9%99"),
        (PAGE, "1" * 60, PAGE + "#:~:text=" + "1" * 60),
        (PAGE, "1" * 30 + "2" * 31, PAGE + "#:~:text=" + "1" * 20 + "," + "2" * 20),
        (PAGE, "first\nlast", PAGE + "#:~:text=first,last"),
        (PAGE, "x\ud800", PAGE + "#:~:text=x%3F"),
    ],
)
def test_text_fragments(address: str, passage: str, expected: str) -> None:
    assert with_fragment(address, passage) == expected


NUMBERS = ("0", "1,234.5", "-3", "−3", "12.5%", " 7 ", "３５", "+0.2")
WORDS = ("", "-", "3 件", "2020年", "一", "3-5", "%")


@pytest.mark.parametrize("cell", [*NUMBERS, *WORDS])
def test_numbers(cell: str) -> None:
    assert is_number(cell) is (cell in NUMBERS)


@pytest.mark.parametrize(
    ("table", "header", "numeric"),
    [
        ([["指标", "数量", "说明"], ["甲", "1", "好"], ["乙", "—", ""]], True, {1}),
        ([["指标", "2019", "2020"], ["甲", "1", "2"]], True, {1, 2}),
        ([["甲", "1"], ["乙", "2"]], False, {1}),
        ([["甲", "乙"], ["丙", "丁"]], False, set()),
        ([["指标", "数量"]], False, set()),
        ([["2019", "2020"], ["1", "2"]], False, {0, 1}),
        ([["合计", ""], ["甲", "1"]], False, {1}),
        ([["指标", "数量"], ["甲", "1", "2"]], False, {2}),
        ([["指标", "数量"], ["甲", "3 件"], ["乙", "4"]], True, set()),
    ],
)
def test_tables(table: list[list[str]], header: bool, numeric: set[int]) -> None:
    assert has_header(table) is header
    assert numeric_columns(table, header) == numeric


def test_ticks_stand_where_their_hits_do() -> None:
    lines = [Line("题", 0), Line("字" * 400, 2), Line("字" * 400, 403)]
    hits = list(enumerate([Hit(0, 1), Hit(2, 3), Hit(3, 4), Hit(403, 404), Hit(802, 803)], 1))
    found = ticks(lines, hits)
    assert [tick.hit for tick in found] == [1, 2, 4, 5]
    assert [tick.y for tick in found] == [0, 12, 106, 199]
    assert ticks([Line("", 0)], []) == ()
    many = [(n, Hit(2 + n % 400, 3 + n % 400)) for n in range(5_000)]
    assert len(ticks(lines, many)) <= TICKS


@pytest.mark.parametrize(
    ("at", "current", "before", "after"),
    [
        ("", 0, 4, 1),
        ("1", 1, 4, 2),
        ("2", 2, 1, 4),
        ("4", 4, 2, 1),
        ("3", 0, 4, 1),  # it has no mark of its own
        *((odd, 0, 4, 1) for odd in ("0", "5", "-1", "x", "１", "9" * 5_000)),
    ],
)
def test_steps_lead_round(at: str, current: int, before: int, after: int) -> None:
    marked = [n for n, _ in numbered([Hit(0, 2), Hit(4, 8), Hit(5, 6), Hit(8, 9)])]
    assert marked == [1, 2, 4]
    found = steps("/reports/x", [("q", "a&b")], marked, 4, number_in(at), None)
    assert (found.current, found.count) == (current, 4)
    assert found.previous == f"/reports/x?q=a%26b&hit={before}#hit-{before}"
    assert found.next == f"/reports/x?q=a%26b&hit={after}#hit-{after}"
    assert found.leaves == (False, False)


ENDS = Ends("/before", "/after")
STEP = "/reports/x?hit={0}#hit-{0}"


@pytest.mark.parametrize(
    ("marked", "at", "ends", "before", "after"),
    [
        ([1, 2, 4], 1, ENDS, "/before", STEP.format(2)),
        ([1, 2, 4], 2, ENDS, STEP.format(1), STEP.format(4)),
        ([1, 2, 4], 4, ENDS, STEP.format(2), "/after"),
        ([1, 2, 4], 0, ENDS, "/before", STEP.format(1)),
        ([1], 1, Ends("", ""), "", ""),
        ([], 0, ENDS, "/before", "/after"),
    ],
)
def test_steps_lead_on(marked: list[int], at: int, ends: Ends, before: str, after: str) -> None:
    found = steps("/reports/x", [], marked, len(marked), at, ends)
    assert (found.previous, found.next) == (before, after)
    assert found.leaves == (not before.startswith("/r"), not after.startswith("/r"))


def test_hits_of_sections_add_up() -> None:
    body = [
        ("intro", "", 1, ["公开公开"]),
        ("other", "一、公开", 1, []),
        ("other", "二", 1, ["无"]),
    ]
    report = make_report("公开.txt", "公开", [(k, h, level, x) for k, h, level, x in body])
    text = report.text()
    hits = [Hit(at, at + 2) for at in range(len(text)) if text.startswith("公开", at)]
    sections = report_view(report, hits, None).sections
    assert [(s.hits, s.first_hit) for s in sections] == [(2, 2), (1, 4), (0, 5)]
