"""The day printed with a speech: taken for the date of publication, and held against the year."""

from __future__ import annotations

import pytest

from indexer.messages import Message
from indexer.model import Report
from indexer.parsing.dates import first_date, is_span
from indexer.parsing.overrides import Override
from indexer.parsing.parse import parse
from indexer.reading.document import Document, RawLine


def _parse(lines: list[str], override: Override | None = None, path: str = "a.txt") -> Report:
    raw = tuple(RawLine(line) for line in lines)
    return parse(path, Document(raw, {}, (), "utf-8", "text"), override)


SPEECH = ["各位代表：", "现在，我代表县人民政府报告工作。", "一、过去的一年", "很好。"]
TITLE = "2018年永泰县政府工作报告"
DAYS: list[tuple[list[str], str | None]] = [
    ([TITLE, "——2018年1月5日在永泰县第十届人民代表大会第二次会议上", *SPEECH], "2018-01-05"),
    ([TITLE, "在永泰县第十届人民代表大会第二次会议上（2018年1月5日）", "县长 某某", *SPEECH], "2018-01-05"),
    ([TITLE, "——二0一八年一月五日在永泰县第十届人大二次会议上", *SPEECH], "2018-01-05"),
    (["永泰县政府工作报告（2018年1月5日 某某）", *SPEECH], "2018-01-05"),
    (["政府工作报告", "——2018年1月5日在永泰县第十届人民代表大会第二次会议上", *SPEECH], "2018-01-05"),
    ([TITLE, "（2017年12月28日）", *SPEECH], "2017-12-28"),
    ([TITLE, *SPEECH, "（2018年1月5日永泰县第十届人民代表大会第二次会议通过）"], "2018-01-05"),
    ([TITLE, "发布时间：2018-02-01", "（2018年1月5日）", *SPEECH], "2018-02-01"),
    ([TITLE, "2018年1月", *SPEECH], None),
    ([TITLE, "2018年1月1日至12月31日", *SPEECH], None),
    ([TITLE, "各位代表：", "2018年1月5日，我们开会", "很好。"], None),
    ([TITLE, "我们在2018年1月5日开会；", *SPEECH], None),
    (["永泰县2018年政府信息公开年度报告", "（2019年1月30日）", "一、概述", "很好。"], "2019-01-30"),
    (["永泰县2018年政府信息公开年度报告", "自2018年1月1日起", "一、概述", "很好。"], None),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "day"), DAYS)
def test_the_day_of_a_speech(lines: list[str], day: str | None) -> None:
    report = _parse(lines)
    assert report.published == day
    assert not {w.key for w in report.warnings} & {"year_not_of_date", "date_far_from_year"}


DOUBTS: list[tuple[str, str | None, str]] = [
    ("——2019年1月14日在永泰县第十届人民代表大会第二次会议上", "2019-01-14", "year_not_of_date"),
    ("（2017年2月19日 某某）", "2017-02-19", "year_not_of_date"),
    ("（2010年2月20日 某某）", None, "date_far_from_year"),
]


@pytest.mark.parametrize(("line", "day", "doubt"), DOUBTS)
def test_a_day_that_does_not_suit_the_year_is_a_doubt(
    line: str, day: str | None, doubt: str
) -> None:
    report = _parse([TITLE, line, *SPEECH])
    printed = first_date(line) or ""
    assert (report.year, report.published) == (2018, day)
    assert Message(doubt, year=2018, date=printed) in report.warnings


LOOKS = [
    "各位代表：",
    "现在，我代表县人民政府报告工作。",
    "一、2011年工作回顾",
    "很好。",
    "二、2012年工作安排",
    "更好。",
]
PLACED: list[tuple[str, list[str], int, str | None, str]] = [
    ("（2012年1月31日 某某）", LOOKS, 2012, "2012-01-31", "year_against_path"),
    ("（2013年1月31日 某某）", LOOKS, 2014, "2013-01-31", "year_not_of_date"),
    ("（2012年1月31日 某某）", SPEECH, 2014, None, "date_far_from_year"),
]


@pytest.mark.parametrize(("line", "speech", "year", "day", "doubt"), PLACED)
def test_a_speech_in_another_year_s_place_is_of_its_own_year_where_all_of_it_agrees(
    line: str, speech: list[str], year: int, day: str | None, doubt: str
) -> None:
    report = _parse(["永泰县政府工作报告" + line, *speech], path="永泰县/2014.txt")
    assert (report.year, report.published) == (year, day)
    assert doubt in {warning.key for warning in report.warnings}


def test_a_title_that_names_a_year_is_not_overruled() -> None:
    report = _parse(
        ["2014年永泰县政府工作报告", "（2012年1月31日）", *LOOKS], path="永泰县/2014.txt"
    )
    assert (report.year, report.published) == (2014, None)


def test_the_first_day_that_suits_the_year_is_taken() -> None:
    lines = [TITLE, "2010年2月20日", "——2018年1月5日在永泰县第十届人民代表大会第二次会议上"]
    assert _parse([*lines, *SPEECH]).published == "2018-01-05"


def test_a_year_from_metadata_csv_is_not_doubted() -> None:
    lines = [TITLE, "——2019年1月14日在永泰县第十届人民代表大会第二次会议上", *SPEECH]
    report = _parse(lines, Override(year=2018))
    assert report.published == "2019-01-14"
    assert "year_not_of_date" not in {w.key for w in report.warnings}


def test_a_bulletin_is_dated_after_its_year() -> None:
    report = _parse(["永泰县2018年国民经济统计公报", "2019年2月28日", "一、综合", "很好。"])
    assert (report.year, report.published) == (2018, "2019-02-28")
    assert "year_not_of_date" not in {w.key for w in report.warnings}


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2018年1月1日至12月31日", True),
        ("2017年1月1日起", True),
        ("2018年1月5日至8日在某地", False),
        ("2018年1月5日", False),
    ],
)
def test_is_span(text: str, span: bool) -> None:
    assert is_span(text) is span
