"""Nothing of a report is lost, doubled or moved, whatever its lines are."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.parsing.headings import pieces
from indexer.parsing.page import sort_page
from indexer.parsing.parse import parse
from indexer.parsing.sections import sections
from indexer.reading.document import Document, RawLine
from tests.depth import draws

PARTS = [
    "一、",
    "二、",
    "三、",
    "（一）",
    "（二）",
    "(三)",
    "1.",
    "2、",
    "（1）",
    "第一章",
    "第一部分",
    "第一，",
    "首先，",
    "概述",
    "主动公开情况",
    "存在的问题",
    "情况",
    "附表",
    "引言",
    "工作回顾",
    "2017年",
    "全年公开三百条",
    "各镇",
    "我县认真落实",
    "。",
    "，",
    "；",
    "：",
    "！",
    "“三务”公开",
    "政府工作报告",
    "各位代表：",
    "来源：",
    "某镇",
    "发布日期",
    "2018-01-30",
    "字号：",
    "打印",
    "【关闭】",
    "首页",
    ">",
    "年报",
    "条",
    "310",
    "—",
    "相关阅读",
    "主办单位：",
    "某县2017年政府信息公开年度报告",
    "目前位置：",
    "##",
]
TEXTS = st.lists(
    st.sampled_from([*PARTS, " ", "  ", "\u3000", "\xa0"]) | st.text(max_size=3), max_size=12
).map(lambda parts: " ".join("".join(parts).splitlines()).strip())

MARK = re.compile(r"^#{1,6}[ \t\u3000]+(?=\S)")


@st.composite
def raw_lines(draw: st.DrawFn) -> RawLine:
    """A line as the readers make them: never empty, bold up to some place, perhaps a row."""
    text = draw(TEXTS.filter(bool))
    return RawLine(
        text,
        heading=draw(st.sampled_from([0, 0, 0, 1, 2, 3])),
        bold=draw(st.integers(0, len(text))),
        row=draw(st.sampled_from([False, False, False, True])),
    )


LINES = st.lists(raw_lines(), max_size=12)


def _solid(texts: list[str]) -> str:
    return "".join("".join(text.split()) for text in texts)


@settings(max_examples=draws(300), deadline=None)
@given(LINES)
@example(
    [RawLine("一、概述2011年，设立。（一）甲情况县长听取。（二）乙。二、情况全年三条。四、其他。")]
)
def test_sections_hold_every_line_once_and_in_order(lines: list[RawLine]) -> None:
    found = sections(list(pieces(lines)), 7, "disclosure", 2017)
    held = [line for section in found for line in section.all_lines()]
    assert _solid([line.text for line in held]) == _solid([line.text for line in lines])
    start = 7
    for line in held:
        assert line.start == start
        assert line.text == line.text.strip() != ""
        start = line.end + 1


@settings(max_examples=draws(200), deadline=None)
@given(LINES)
def test_every_line_of_a_page_is_kept_or_dropped_or_its_title(lines: list[RawLine]) -> None:
    page = sort_page(_document(lines), "a.txt")
    dropped = {dropped.text for dropped in page.dropped}
    kept = iter(page.lines)
    following = next(kept, None)
    for line in lines:
        text = line.text if line.row else MARK.sub("", line.text)
        if following is not None and following.text == text:
            following = next(kept, None)
        else:
            assert text in dropped or text in page.title
    assert following is None


@settings(max_examples=draws(200), deadline=None)
@given(LINES)
def test_offsets_count_in_the_canonical_text(lines: list[RawLine]) -> None:
    report = parse("a.txt", _document(lines))
    text = report.text()
    assert [text[line.start : line.end] for line in report.lines()] == text.split("\n")


def _document(lines: list[RawLine]) -> Document:
    return Document(tuple(lines), {}, (), "utf-8", "text")
