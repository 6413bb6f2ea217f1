"""A file of many headings or short lines takes work in proportion to them: counted in calls, not in time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from indexer.arrays.prepare import prepare
from indexer.pipeline.work import report_of

FEW, TIMES = 300, 4
SHAPES: dict[str, tuple[str, Callable[[int], str]]] = {
    "headings": (".txt", lambda n: f"第{n}章 工作情况\n"),
    "levels": (".txt", lambda n: ("一、", "（一）", "1．", "（1）")[n % 4] + f"工作{n}\n"),
    "short lines": (".txt", lambda n: f"甲{n}\n"),
    "one line again and again": (".txt", lambda _: "甲乙丙\n"),
    "dates": (".txt", lambda n: f"2019年1月{n % 28 + 1}日\n"),
    "places": (".txt", lambda n: f"北京市朝阳区建设{n}\n"),
    "titles": (".txt", lambda n: f"某市{1990 + n % 30}年政府工作报告\n"),
    "Markdown": (".md", lambda n: f"{'#' * (1 + n % 6)} 标题{n}\n\n"),
    "HTML": (".html", lambda n: f"<h{1 + n % 6}>标题{n}</h{1 + n % 6}><p>文{n}</p>"),
    "rows": (".html", lambda n: f"<table><tr><td>{n}</td><td>文</td></tr></table>"),
}


def calls(name: str, text: str) -> int:
    """How many functions are called, of Python and of C, while a file is read."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        prepare(report_of(name, text.encode(), None))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_lines(shape: str) -> None:
    ending, line = SHAPES[shape]
    head = "某市2019年政府信息公开工作年度报告\n\n"
    few, many = (
        head + "".join(line(number) for number in range(count)) for count in (FEW, FEW * TIMES)
    )
    calls(f"甲{ending}", few)  # tables that are made once
    assert calls(f"甲{ending}", many) < 1.3 * TIMES * calls(f"甲{ending}", few)
