"""What a report is: genre, year, dates, issuer, number; and what metadata.csv says instead."""

from __future__ import annotations

import pytest

from indexer.messages import Message
from indexer.model import Genre, Region, Report
from indexer.parsing import facts
from indexer.parsing.dates import first_date, is_date, named_years
from indexer.parsing.genres import genre_of
from indexer.parsing.issuers import issuer_of, signature
from indexer.parsing.overrides import Override, overrides_of
from indexer.parsing.parse import parse
from indexer.reading.document import Document, RawLine

COUNTY = Region("350125", "永泰县", "county")


def _parse(lines: list[str], source: str = "a.txt", override: Override | None = None) -> Report:
    raw = tuple(RawLine(line) for line in lines)
    return parse(source, Document(raw, {}, (), "utf-8", "text"), override)


DATES = [
    ("2018-03-30 14:28", "2018-03-30"),
    ("2018/3/5", "2018-03-05"),
    ("2018.12.31", "2018-12-31"),
    ("2018年3月30日", "2018-03-30"),
    ("２０１８年３月３０日", "2018-03-30"),
    ("二〇一八年三月三十日", "2018-03-30"),
    ("二○一二年十二月三十一日", "2012-12-31"),
    ("发布于 2018-03-30，更新于 2018-04-01", "2018-03-30"),
    ("2018-02-30", None),
    ("2018年3月", None),
    ("索引号 12018-03-301", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "iso"), DATES)
def test_first_date(text: str, iso: str | None) -> None:
    assert first_date(text) == iso


@pytest.mark.parametrize(
    ("text", "whole"),
    [("2018年1月5日", True), ("（2018年1月5日）", True), ("2018-01-05 09:30", True),
     ("二〇一八年一月五日", True), ("2018年1月5日印发", False), ("2018年1月", False)],
)  # fmt: skip
def test_is_date(text: str, whole: bool) -> None:
    assert is_date(text) is whole


NAMED = [
    ("某县2017年政府信息公开年度报告", [2017]),
    ("某县 2 0 1 8 年政府工作报告", [2018]),
    ("政府工作报告（2025）", [2025]),
    ("二〇一一年某县政府工作报告", [2011]),
    ("政府工作报告（2018年1月5日）", []),
    ("2012-2017年工作回顾", []),
    ("2035年远景目标纲要", []),
    ("2016年度报告（2017年发布）", [2016, 2017]),
]


@pytest.mark.parametrize(("title", "years"), NAMED)
def test_named_years(title: str, years: list[int]) -> None:
    assert named_years(title) == years


GENRES: list[tuple[str, str, list[str], Genre]] = [
    ("某县2017年政府信息公开年度报告", "a.txt", [], "disclosure"),
    ("某縣2012年政府資訊公開工作年度報告", "a.txt", [], "disclosure"),
    ("2017年某县政务公开工作总结", "a.txt", [], "disclosure"),
    ("2018年某县政府工作报告", "a.txt", [], "work_report"),
    ("某县人民政府工作报告", "a.txt", [], "work_report"),
    (
        "在某县人民代表大会上的讲话",
        "a.txt",
        ["各位代表：", "我代表县政府报告工作。"],
        "work_report",
    ),
    ("2018", "政府工作报告/2018.txt", [], "work_report"),
    ("2018", "某县/政府信息公开年度报告/2018.txt", [], "disclosure"),
    ("某县国民经济统计公报", "a.txt", ["各位读者"], "other"),
    (
        "007",
        "a.txt",
        ["一、概述", "很好。", "二、主动公开情况", "三、依申请公开情况"],
        "disclosure",
    ),
    (
        "007",
        "a.txt",
        ["二、主动公开政府信息情况", "四、政府信息公开行政复议、行政诉讼情况"],
        "disclosure",
    ),
    (
        "007",
        "a.txt",
        ["一、概述很好。三、收到和處理政府信息公開申請情況沒有。四、收費及減免情況無。"],
        "disclosure",
    ),
    ("007", "a.txt", ["一、概述", "三、依申请公开情况", "四、依申请公开的不足"], "other"),
    ("007", "政府工作报告/a.txt", ["二、主动公开情况", "三、依申请公开情况"], "work_report"),
]


@pytest.mark.parametrize(("title", "path", "lines", "genre"), GENRES)
def test_genre(title: str, path: str, lines: list[str], genre: Genre) -> None:
    assert genre_of([title], path, lines) == genre


PERIOD = "统计期限为2014年1月1日至12月31日。"
YEARS: list[tuple[str, str, list[str], Genre, str | None, int | None, bool]] = [
    ("某县2017年年报", "2016/a.txt", [PERIOD], "disclosure", "2018-01-30", 2017, False),
    ("某县年报", "某县/2016-年报.txt", [PERIOD], "disclosure", "2018-01-30", 2016, False),
    ("某县年报", "2015/2016.txt", [PERIOD], "disclosure", None, 2016, False),
    ("某县年报", "a.txt", ["2013年很好。", PERIOD], "disclosure", "2018-01-30", 2014, False),
    ("某縣年報", "a.txt", ["統計期限自2014年1月1日起至12月31日止。"], "disclosure", None, 2014, False),
    ("某县年报", "a.txt", ["2013年公开百条。", "比2012年多。", "2013年收费为零。"], "disclosure", "2018-01-30", 2013, False),
    ("某县年报", "a.txt", ["公开百条。"], "disclosure", "2018-01-30", 2017, True),
    ("政府工作报告", "a.txt", ["各位代表："], "work_report", "2018-01-30", 2018, True),
    ("政府工作报告", "a.txt", ["各位代表："], "work_report", None, None, False),
    ("政府工作报告", "a.txt", ["2018年1月5日在某县人民代表大会上"], "work_report", "2019-01-30", 2018, False),
    ("政府工作报告", "a.txt", ["（2018年12月25日）", "一、2018年工作回顾", "二、2019年工作安排"], "work_report", None, 2019, False),
    ("政府工作报告", "a.txt", ["一、2017年工作回顾", "二、2018年工作安排"], "work_report", None, 2018, False),
    ("政府工作报告", "a.txt", ["一、2017年工作回顾"], "work_report", None, 2018, False),
]  # fmt: skip


@pytest.mark.parametrize(("title", "path", "lines", "genre", "published", "year", "doubt"), YEARS)
def test_the_year_is_never_the_publishing_date_s_while_another_is_there(
    title: str,
    path: str,
    lines: list[str],
    genre: Genre,
    published: str | None,
    year: int | None,
    doubt: bool,
) -> None:
    found = facts.year_of([title], path, lines, genre, published)
    assert (found.value, found.doubtful) == (year, doubt)


PUBLISHED: list[tuple[dict[str, str], list[str], str | None]] = [
    ({"published": "2018-01-30 09:42", "written": "2018-01-29"}, [], "2018-01-30"),
    ({"written": "2018-01-29"}, ["某县人民政府", "2018年1月5日"], "2018-01-29"),
    ({}, ["正文。", "某县人民政府办公室", "2018年1月5日"], "2018-01-05"),
    ({}, ["正文。", "2018年1月5日", "（联系电话：000）"], "2018-01-05"),
    ({}, ["（2018年1月5日）", "各位代表：", "一。", "二。", "三。", "四。"], None),
    ({}, ["2018年1月5日公开了百条。"], None),
]


@pytest.mark.parametrize(("told", "lines", "iso"), PUBLISHED)
def test_published(told: dict[str, str], lines: list[str], iso: str | None) -> None:
    assert facts.published_of(told, lines) == iso


SIGNED = ["正文。", "某县人民政府办公室", "2018年1月5日"]
ISSUERS: list[tuple[dict[str, str], str, list[str], str | None]] = [
    ({"issuer": "某县政府办", "origin": "某网"}, "某县2017年年报", SIGNED, "某县政府办"),
    ({"origin": "某网"}, "某县2017年年报", SIGNED, "某县人民政府办公室"),
    ({"origin": "某网"}, "某镇人民政府2017年年报", [], "某镇人民政府"),
    ({"origin": "某镇"}, "某地2017年年报", [], "某镇"),
    ({"origin": "Gongkai 示例（数字均为虚构）"}, "年报", [], None),
    ({"origin": "本站原创"}, "年报", [], None),
    ({"origin": "www.example.org"}, "年报", [], None),
    ({}, "某县某镇2017年年报", [], "某县某镇"),
    ({}, "关于于洪区某局2017年年报", [], "于洪区某局"),
    ({}, "某县某局政府信息公开工作2017年度报告", [], "某县某局"),
    ({}, "关岭县某局2017年年报", [], "关岭县某局"),
    ({}, "2017年某县人民政府办公室政府信息公开年报", [], "某县人民政府办公室"),
    ({}, "2017年某县政府信息公开年报", [], None),
    ({}, "年报", ["本报告由某县政府办公室编制。"], "某县政府办公室"),
    ({}, "年报", ["照条例的要求，某县教育局公开年报。"], "某县教育局"),
    ({}, "年报", ["某县审批办公室（某中心）按照通知写成年报。"], "某县审批办公室"),
    ({"origin": "某镇人民政府"}, "年报", ["本报告由某镇人民政府办公室编写。"], "某镇人民政府"),
    ({"origin": "某网"}, "年报", ["2018年，市财政局推进公开。"], "市财政局"),
    ({}, "年报", ["在县委、县政府的领导下，公开百条。", "我局积极公开。"], None),
    ({}, "年报", ["国务院办公厅公布了条例。"], None),
    ({}, "年报", ["正文。", "廈門市人民政府辦公廳", "2013年3月20日"], "廈門市人民政府辦公廳"),
]


@pytest.mark.parametrize(("told", "title", "lines", "issuer"), ISSUERS)
def test_issuer(told: dict[str, str], title: str, lines: list[str], issuer: str | None) -> None:
    assert issuer_of(told, [title], lines, "disclosure", []) == issuer


SIGNATURES: list[tuple[str, tuple[str | None, str | None]]] = [
    ("某县人民政府办公室  2018年1月5日", ("某县人民政府办公室", "2018-01-05")),
    ("某县教育局（2018年1月5日）", ("某县教育局", "2018-01-05")),
    ("某县教育局于 2018年1月5日", (None, None)),
    ("某县教育局 2018年1月至5月", (None, None)),
]


@pytest.mark.parametrize(("line", "signed"), SIGNATURES)
def test_a_signature_in_one_line(line: str, signed: tuple[str | None, str | None]) -> None:
    assert signature(["正文。", line]) == signed


def test_a_work_report_is_its_government_s() -> None:
    country = Region("000000", "全国", "country")
    assert issuer_of({}, ["报告"], [], "work_report", [COUNTY]) == "永泰县人民政府"
    assert issuer_of({}, ["报告"], [], "work_report", [country]) == "国务院"
    assert issuer_of({}, ["报告"], ["某市人民政府市长 ×××"], "work_report", []) == "某市人民政府"


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("城街〔2018〕4号", "城街〔2018〕4号"),
        ("文号 城街[2018]4号 有效", "城街[2018]4号"),
        ("第4号", "第4号"),
        ("〔〕号", None),
        ("无号", None),
        ("", None),
    ],
)
def test_number(number: str, found: str | None) -> None:
    assert facts.number_of({"number": number}) == found


CSV = "source,title,year,region,issuer,published,url\na.txt,甲年报,2022,350125,某办,2023/1/12,https://example.org/a\nb.txt,,,,,,\n"


def test_overrides_win_over_what_was_read() -> None:
    told = overrides_of("\ufeff" + CSV, "某县").facts["某县/a.txt"]
    report = _parse(["某县2017年年报", "来源：某处 时间：2018-01-30", "正文。"], "某县/a.txt", told)
    assert (report.title, report.year, report.published) == ("甲年报", 2022, "2023-01-12")
    assert (report.issuer, report.url) == ("某办", "https://example.org/a")
    assert [region.name for region in report.region] == ["福建省", "福州市", "永泰县"]


def test_empty_cells_keep_what_was_read() -> None:
    assert overrides_of(CSV, "").facts["b.txt"] == Override()
    report = _parse(["某县2017年年报", "正文。"], override=Override())
    assert (report.title, report.year) == ("某县2017年年报", 2017)


PRINTED = "永泰县某局2012年政府信息公开年度报告"
RETITLED: list[tuple[str, str, Genre, int, str]] = [
    ("年度情况", "2019/a.txt", "disclosure", 2012, "永泰县某局"),
    ("永泰县某委员会2013年年报", "2019/a.txt", "disclosure", 2013, "永泰县某委员会"),
    ("2013年政府工作报告", "2019/a.txt", "work_report", 2013, "永泰县人民政府"),
    ("年度情况", "政府工作报告/a.txt", "disclosure", 2012, "永泰县某局"),
]


@pytest.mark.parametrize(("title", "path", "genre", "year", "issuer"), RETITLED)
def test_a_title_in_metadata_csv_leaves_what_the_printed_one_tells(
    title: str, path: str, genre: Genre, year: int, issuer: str
) -> None:
    report = _parse([PRINTED, "正文。"], path, Override(title=title))
    assert (report.title, report.genre, report.year) == (title, genre, year)
    assert report.issuer == issuer
    assert report.region[-1] == COUNTY


def test_warnings_say_what_is_in_doubt() -> None:
    assert Message("year_unknown") in _parse(["年报", "正文。"]).warnings
    doubtful = _parse(["政府信息公开年度报告", "时间：2018-01-30", "正文。"])
    assert (doubtful.year, Message("year_from_date", year=2017) in doubtful.warnings) == (
        2017,
        True,
    )
