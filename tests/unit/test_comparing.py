"""Two reports beside each other: what is copied, moved, changed, new and dropped."""

from __future__ import annotations

import pytest

from indexer.errors import LimitError
from indexer.likeness.measure import MAX_CHARACTERS, MAX_LINES, RUN
from indexer.model import Report
from search.comparing.carried import carried, carried_spans
from search.comparing.compare import compare
from search.comparing.equal import equal_lines
from search.comparing.increasing import longest_increasing
from search.comparing.model import Carried, Comparison, Pair, Side
from tests.two_years import CHANGED, COPIED, DROPPED, MOVED, NEW, OLD, YOUNG, report


def _marked(side: Side | None) -> list[str]:
    """The spans of a side, as text."""
    if side is None:
        return []
    return [side.line.text[a - side.line.start : b - side.line.start] for a, b in side.spans]


def _pairs(found: Comparison) -> list[Pair]:
    return [pair for section in found.sections for pair in section.pairs]


def _one(text_a: str, text_b: str) -> Pair:
    """The pair of the only lines of two reports."""
    found = compare(report("a", [("other", "", [text_a])]), report("b", [("other", "", [text_b])]))
    return _pairs(found)[1]


def test_two_years_of_one_place() -> None:
    found = compare(OLD, YOUNG)
    told = [
        (pair.state, pair.a.line.text if pair.a else None, pair.b.line.text if pair.b else None)
        for pair in _pairs(found)
    ]
    old, young = CHANGED.format(count=128, readings=12, rate="3.5"), CHANGED.format(
        count="1,306", readings=12, rate="9.1"
    )  # fmt: skip
    assert told == [
        ("changed", OLD.title, YOUNG.title),
        ("copied", COPIED, COPIED.replace("，", ", ")),
        ("copied", "一、总体情况", "一、总体情况"),
        ("changed", old, young),
        ("new", None, NEW),
        ("copied", "二、存在的问题", "二、存在的问题"),
        ("copied", "一是更新不够及时。", "一是更新不够及时。"),
        ("dropped", DROPPED, None),
        ("moved", MOVED, MOVED),
        ("copied", "附表", "附表"),
        *(("copied", row, row) for row in ("申请数量\t3\t0", "结转数量\t1\t2", "公开数量\t9\t4")),
    ]
    changed = _pairs(found)[3]
    assert _marked(changed.a) == ["128", "3.5"]
    assert _marked(changed.b) == ["1,306", "9.1"]
    assert found.counts() == {"changed": 2, "new": 1, "dropped": 1, "moved": 1, "copied": 8}


@pytest.mark.parametrize(
    ("a", "b", "state", "only_a", "only_b"),
    [
        ("“三务”公开目录由镇里编制", "「三務」公开目录，由镇里编制。", "copied", [], []),
        ("加强城市建设和管理工作", "加强乡村建设和管理工作", "changed", ["城市"], ["乡村"]),
        ("全年公开信息八百条左右", "全年公开信息八百条左右并上网", "changed", [], ["并上网"]),
        ("收到申请2019件，办结", "收到申请2020件，办结", "changed", ["2019"], ["2020"]),
        ("增长8.5%，全省第三名", "增长 9.5 %，全省第三名", "changed", ["8.5"], ["9.5"]),
        ("共收到申请１２件办结", "共收到申请12件办结", "copied", [], []),
        ("予以公开\t2\t0\t1", "予以公开\t2\t5\t1", "changed", ["0"], ["5"]),
        ("……", "——", "copied", [], []),
        # what is alike by chance is taken for changed, too
        ("甲乙丙丁戊己庚辛天地玄黄", "甲乙丙丁子庚丑天地玄黄", "changed", ["戊己庚辛"], ["子庚丑"]),
    ],
)
def test_one_line(a: str, b: str, state: str, only_a: list[str], only_b: list[str]) -> None:
    pair = _one(a, b)
    assert (pair.state, _marked(pair.a), _marked(pair.b)) == (state, only_a, only_b)


def test_what_has_nothing_in_common_is_no_pair() -> None:
    found = compare(
        report("a", [("other", "", ["春眠不觉晓，处处闻啼鸟。"])]),
        report("b", [("other", "", ["白日依山尽，黄河入海流。"])]),
    )
    assert [pair.state for pair in _pairs(found)] == ["copied", "dropped", "new"]
    assert found.b == Carried(4 + 10, 4)


def test_a_new_line_shows_what_of_it_is_known() -> None:
    known = "处处闻啼鸟夜来风雨声花落"
    old = f"春眠不觉晓{known}知多少。" * 3
    before, after = "白日依山尽。" * 9, "黄河入海流。" * 9
    found = compare(
        report("a", [("other", "", [old])]), report("b", [("other", "", [before + known + after])])
    )
    new = next(pair.b for pair in _pairs(found) if pair.state == "new")
    assert _marked(new) == [before, after]
    assert found.b.carried == 4 + len(known)


@pytest.mark.parametrize("swapped", [False, True])
def test_the_sides_may_be_exchanged(swapped: bool) -> None:
    left, right = (YOUNG, OLD) if swapped else (OLD, YOUNG)
    found = compare(left, right)
    only_left, only_right = (NEW, DROPPED) if swapped else (DROPPED, NEW)
    alone = {pair.state: (pair.a or pair.b) for pair in _pairs(found) if not (pair.a and pair.b)}
    assert {state: side.line.text for state, side in alone.items() if side} == {
        "dropped": only_left,
        "new": only_right,
    }


def test_a_section_is_found_where_its_heading_has_another_number() -> None:
    lines = [f"第{n}条要求把公开目录按{n * 7}类列明并每月核对一遍" for n in range(4)]
    a = report("a", [("overview", "一、概述", ["写在前面的一段话"]), ("plan", "二、打算", lines)])
    b = report("b", [("plan", "三、明年打算", lines), ("overview", "四、别的", ["完全不同的内容"])])
    sections = [
        (part.a.title if part.a else None, part.b.title if part.b else None)
        for part in compare(a, b).sections
        if not part.title
    ]
    assert ("二、打算", "三、明年打算") in sections
    assert all(pair.state != "moved" for pair in _pairs(compare(a, b)))


def test_chapters_of_one_kind_that_share_nothing_stand_side_by_side() -> None:
    a = report("a", [("review", "过去的事情", ["春眠不觉晓处处闻啼鸟"])])
    b = report("b", [("review", "这一年干了啥", ["白日依山尽黄河入海流"])])
    (part,) = [part for part in compare(a, b).sections if not part.title]
    assert part.a is a.sections[0]
    assert part.b is b.sections[0]


@pytest.mark.parametrize(
    ("lines", "other", "expected"),
    [
        ([], ["甲"], Carried(0, 0)),
        (["甲乙"], ["甲乙"], Carried(2, 2)),
        (["甲乙"], ["甲乙丙"], Carried(2, 0)),
        (["x" * RUN], ["y" + "x" * RUN], Carried(RUN, RUN)),
        (["x" * (RUN - 1) + "y"], ["x" * (RUN - 1) + "z"], Carried(RUN, 0)),
        (["子" + "".join(map(chr, range(0x4E00, 0x4E14))) + "丑"],
         ["".join(map(chr, range(0x4E00, 0x4E14)))], Carried(22, 20)),
        (["甲" * 30], ["甲" * RUN], Carried(30, 30)),
    ],
)  # fmt: skip
def test_the_share_that_is_carried_over(
    lines: list[str], other: list[str], expected: Carried
) -> None:
    assert carried(lines, carried_spans(lines, other)) == expected


def test_a_share_of_nothing_is_nothing() -> None:
    assert Carried(0, 0).share == 0
    assert Carried(8, 2).share == 0.25


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("", "甲", {}),
        ("甲乙丙", "丙甲乙", {0: 1, 1: 2, 2: 0}),
        # rows that repeat go with their neighbours
        ("零零甲零零乙零", "零甲零零乙零零", {1: 0, 2: 1, 3: 2, 4: 3, 5: 4, 6: 5, 0: 6}),
        ("零零零", "零零", {0: 0, 1: 1}),
    ],
)
def test_equal_lines(a: str, b: str, expected: dict[int, int]) -> None:
    assert equal_lines(list(a), list(b)) == expected


def test_figures_are_told_by_the_lines_around_them() -> None:
    a = report("a", [("other", "", ["受理", "9", "12", "结转", "3", "合计", "15"])])
    b = report("b", [("other", "", ["受理", "12", "9", "结转", "3", "4", "合计", "3"])])
    told = [
        (pair.state, pair.a and pair.a.line.text, pair.b and pair.b.line.text)
        for pair in _pairs(compare(a, b))[1:]
    ]
    assert told == [
        ("copied", "受理", "受理"),
        ("changed", "9", "12"),
        ("changed", "12", "9"),
        ("copied", "结转", "结转"),
        ("copied", "3", "3"),
        ("new", None, "4"),
        ("copied", "合计", "合计"),
        ("changed", "15", "3"),
    ]


@pytest.mark.parametrize(
    ("values", "length"),
    [([], 0), ([3], 1), ([3, 2, 1], 1), ([0, 8, 4, 12, 2, 10, 6, 14, 1, 9], 4), ([1, 2, 3], 3)],
)
def test_the_longest_increasing_subsequence(values: list[int], length: int) -> None:
    found = [values[at] for at in longest_increasing(values)]
    assert len(found) == length
    assert found == sorted(found)


HOSTILE = {
    "one line many times": (["十个字的同一行在这里"] * 300, ["十个字的同一行在那里"] * 299),
    "nothing to read": (["——"] * 300, ["……"] * 200),
    "one line without an anchor": (["甲乙" * 4_000], ["乙甲" * 4_000 + "丙"]),
    "one line with anchors": (
        ["".join(chr(0x4E00 + at * 7 % 9_001) for at in range(8_000))],
        ["".join(chr(0x4E00 + at * 7 % 9_001) for at in range(9_000) if at % 50)],
    ),
    "lone surrogates": (["\ud800公开\udfff" * 3], ["\ud800公开" * 3]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_lines_are_told_apart(name: str) -> None:
    a, b = (
        report(source, [("other", "", lines)])
        for source, lines in zip("ab", HOSTILE[name], strict=True)
    )
    pairs = _pairs(compare(a, b))
    assert sum(pair.a is not None for pair in pairs) == len(list(a.lines()))
    assert sum(pair.b is not None for pair in pairs) == len(list(b.lines()))


def test_long_lines_are_compared_between_what_stands_once_in_each() -> None:
    a, b = HOSTILE["one line with anchors"]
    pair = _one(a[0], b[0])
    assert pair.state == "changed"
    assert pair.a
    assert sum(end - start for start, end in pair.a.spans) < len(a[0]) / 20


@pytest.mark.parametrize("lines", [["字" * (MAX_CHARACTERS + 1)], ["字"] * MAX_LINES])
def test_what_is_too_long_is_refused(lines: list[str]) -> None:
    with pytest.raises(LimitError) as refused:
        compare(report("a", [("other", "", lines)]), OLD)
    assert refused.value.message.key == "too_long_to_compare"
    assert refused.value.hint


def test_a_copy_is_copied_as_a_whole() -> None:
    copy = Report(**{**{name: getattr(OLD, name) for name in OLD.__slots__}, "source": "copy"})
    found = compare(OLD, copy)
    assert {pair.state for pair in _pairs(found)} == {"copied"}
    assert found.a.share == found.b.share == 1
