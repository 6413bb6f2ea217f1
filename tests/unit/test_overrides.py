"""metadata.csv as people and Excel write it: what is good in it counts, what is bad is named."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.messages import word
from indexer.parsing.overrides import Override, Overrides, overrides_of

A, B = "甲.txt", "乙.txt"

GOOD: list[tuple[str, str, dict[str, Override]]] = [
    ("BOM", "\ufeffsource,year\n甲.txt,2015\n", {A: Override(year=2015)}),
    ("CRLF", "source,year\r\n甲.txt,2015\r\n", {A: Override(year=2015)}),
    ("CR alone", "source,year\r甲.txt,2015\r", {A: Override(year=2015)}),
    ("no end of line", "source,year\n甲.txt,2015", {A: Override(year=2015)}),
    ("empty columns", "source,year,,,\n甲.txt,2015,,,\n乙.txt,,,,,,\n",
     {A: Override(year=2015), B: Override()}),
    ("short row", "source,title,year\n甲.txt\n", {A: Override()}),
    ("case and spaces", " Source , YEAR \n 甲.txt , 2015 \n", {A: Override(year=2015)}),
    ("wide letters", "ＳＯＵＲＣＥ,Ｙｅａｒ\n甲.txt,2015\n", {A: Override(year=2015)}),
    ("Chinese names", "文件,标题,年份,地区,机构,发布日期,网址\n甲.txt,某题,2015,350125,某办,2016/1/5,https://example.org/a\n",
     {A: Override("某题", 2015, "350125", "某办", "2016-01-05", "https://example.org/a")}),
    ("Traditional names", "來源文件,標題\n甲.txt,某题\n", {A: Override(title="某题")}),
    ("semicolons", "source;title;year\n甲.txt;一,二;2015\n", {A: Override(title="一,二", year=2015)}),
    ("tabs", "source\ttitle\n甲.txt\t一,二;三\n", {A: Override(title="一,二;三")}),
    ("one column", "source\n甲.txt\n", {A: Override()}),
    ("quoted header", '"source";"year"\n甲.txt;2015\n', {A: Override(year=2015)}),
    ("sep=;", "sep=;\nsource;year\n甲.txt;2015\n", {A: Override(year=2015)}),
    ("BOM, SEP=", "\ufeffSEP=\t\nsource\tyear\n甲.txt\t2015\n", {A: Override(year=2015)}),
    ("blank lines", "\n  \nsource,year\n\n甲.txt,2015\n,,\n\n乙.txt,2016\n",
     {A: Override(year=2015), B: Override(year=2016)}),
    ("a cell of two lines", 'source,title\n甲.txt,"某题\n二〇一五"\n乙.txt,某题\n',
     {A: Override(title="某题 二〇一五"), B: Override(title="某题")}),
    ("doubled quotes", 'source,title\n甲.txt,"某""题"""\n', {A: Override(title='某"题"')}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "facts"), [row[1:] for row in GOOD], ids=[r[0] for r in GOOD])
def test_what_people_write_is_read(text: str, facts: dict[str, Override]) -> None:
    found = overrides_of(text, "")
    assert (found.facts, found.faults) == (facts, ())
    assert set(found.rows) == set(facts)


YEARS = ["2015", "2015.0", "2015年", "2015 年", "２０１５", "２０１５年"]
DATES = ["2018/3/30", "2018年3月30日", "2018-03-30", "2018/3/30 0:00", "2018.3.30"]
REGIONS = ["350125", "永泰县", "永泰", "福建省福州市永泰县", "福建省 永泰县", "全国", "000000"]
SOURCES = [
    ("./甲.txt", "", "甲.txt"),
    (".\\甲.txt", "", "甲.txt"),
    (".//甲.txt", "", "甲.txt"),
    ("sub\\甲.txt", "", "sub/甲.txt"),
    ("  甲.txt\u3000", "", "甲.txt"),
    ("./sub/甲.txt", "某县", "某县/sub/甲.txt"),
    ("..甲.txt", "", "..甲.txt"),
    (".甲.txt", "", ".甲.txt"),
    ("e\u0301.txt", "某县", "某县/\u00e9.txt"),
]


@pytest.mark.parametrize("cell", YEARS)
def test_year_cells(cell: str) -> None:
    assert overrides_of(f"source,year\n甲.txt,{cell}\n", "") == Overrides(
        {A: Override(year=2015)}, {A: 2}, ()
    )


@pytest.mark.parametrize("cell", DATES)
def test_date_cells(cell: str) -> None:
    assert overrides_of(f"source,published\n甲.txt,{cell}\n", "") == Overrides(
        {A: Override(published="2018-03-30")}, {A: 2}, ()
    )


@pytest.mark.parametrize("cell", REGIONS)
def test_region_cells(cell: str) -> None:
    assert overrides_of(f"source,region\n甲.txt,{cell}\n", "") == Overrides(
        {A: Override(region=cell)}, {A: 2}, ()
    )


@pytest.mark.parametrize(("cell", "folder", "source"), SOURCES)
def test_source_cells(cell: str, folder: str, source: str) -> None:
    assert overrides_of(f"source,year\n{cell},2015\n", folder) == Overrides(
        {source: Override(year=2015)}, {source: 2}, ()
    )


IGNORED = "；这一格已忽略"
FAULTY: list[tuple[str, dict[str, Override], dict[str, int], list[str]]] = [
    (
        "source,year,title\n甲.txt,2015,\n\n乙.txt,20x5,某题\n",
        {A: Override(year=2015), B: Override(title="某题")},
        {A: 2, B: 4},
        ["第 4 行：year 应为四位数字，读到的是“20x5”" + IGNORED],
    ),
    (
        "source,year,published,region,title\n甲.txt,17,去年,某某县,某题\n",
        {A: Override(title="某题")},
        {A: 2},
        [
            "第 2 行：year 应为四位数字，读到的是“17”" + IGNORED,
            "第 2 行：region 应为全国地区表中的名称或代码，读到的是“某某县”" + IGNORED,
            "第 2 行：published 应为 2018-03-30 这样的日期，读到的是“去年”" + IGNORED,
        ],
    ),
    (
        "source,published\n甲.txt,2018-02-30\n",
        {A: Override()},
        {A: 2},
        ["第 2 行：published 应为 2018-03-30 这样的日期，读到的是“2018-02-30”" + IGNORED],
    ),
    (
        "source,titel,year\n甲.txt,某题,2015\n",
        {A: Override(year=2015)},
        {A: 2},
        [
            "第 1 行：不认识的列“titel”，已忽略；"
            "可用的列是 source、title、year、region、issuer、published、url"
        ],
    ),
    (
        "source,title,标题\n甲.txt,某题,另题\n",
        {A: Override(title="某题")},
        {A: 2},
        ["第 1 行：列“标题”与前面的列重复，已忽略"],
    ),
    (
        "source,year\n甲.txt,2015\n乙.txt,2014\n./甲.txt,2016\n",
        {A: Override(year=2016), B: Override(year=2014)},
        {A: 4, B: 3},
        ["第 4 行：“./甲.txt”在第 2 行已写过；以第 4 行为准"],
    ),
    (
        "source,year\n,2015\n甲.txt,2016\n",
        {A: Override(year=2016)},
        {A: 3},
        ["第 2 行：没有写 source；这一行已忽略"],
    ),
    (
        "source,title,year,,\n甲.txt,一,2015,二,\n乙.txt,某题,2015\n",
        {A: Override(title="一", year=2015), B: Override(title="某题", year=2015)},
        {A: 2, B: 3},
        ["第 2 行：“二”没有对应的列，已忽略；内容含分隔符的格子应加英文双引号"],
    ),
    (
        'source,title,year\n甲.txt,"某题,2015\n乙.txt,"某题",2015\n',
        {B: Override(title="某题", year=2015)},
        {A: 2, B: 3},
        ["第 2 行：英文双引号没有配对，或格子过长；这一行已忽略"],
    ),
    (
        'source,title,year\n乙.txt,某题,2015\n甲.txt,"某题,2015\n',
        {B: Override(title="某题", year=2015)},
        {A: 3, B: 2},
        ["第 3 行：英文双引号没有配对，或格子过长；这一行已忽略"],
    ),
    (
        f"source,title\n乙.txt,某题\n甲.txt,{'长' * 140_000}\n丙.txt,某题\n",
        {B: Override(title="某题"), "丙.txt": Override(title="某题")},
        {B: 2, "丙.txt": 4},
        ["第 3 行：英文双引号没有配对，或格子过长；这一行已忽略"],
    ),
    (
        'source,title\n乙.txt,某题\n甲.txt,"' + "很长\n" * 50_000 + '"\n丙.txt,某题\n',
        {B: Override(title="某题")},
        {A: 3, B: 2},
        ["第 3 行：英文双引号没有配对，或格子过长；从这一行起都已忽略"],
    ),
    (
        f"source,year\n甲.txt,{'9' * 500}\n",
        {A: Override()},
        {A: 2},
        [f"第 2 行：year 应为四位数字，读到的是“{'9' * 40}…”" + IGNORED],
    ),
    (
        "title,year\n某题,2017\n",
        {},
        {},
        ["第 1 行：表头里没有 source 列，读到的是“title、year”；整个文件已忽略"],
    ),
    (
        "\n甲.txt,2017\n乙.txt,2018\n",
        {},
        {},
        ["第 2 行：表头里没有 source 列，读到的是“甲.txt、2017”；整个文件已忽略"],
    ),
    ("", {}, {}, ["文件是空的，没有表头"]),
    ("sep=;\n\n", {}, {}, ["文件是空的，没有表头"]),
    (
        'source,"year\n甲.txt,2015\n',
        {},
        {},
        ["第 1 行：英文双引号没有配对，或格子过长；整个文件已忽略"],
    ),
]


@pytest.mark.parametrize(("text", "facts", "rows", "faults"), FAULTY)
def test_one_bad_cell_costs_no_more_than_itself(
    text: str, facts: dict[str, Override], rows: dict[str, int], faults: list[str]
) -> None:
    found = overrides_of(text, "")
    assert [word(fault, "zh") for fault in found.faults] == faults
    assert (found.facts, found.rows) == (facts, rows)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = 'sep=,\n\nsource,title,year\n甲.txt,"某\n题",x\n乙.txt,,y\n'
    found = overrides_of(text, "")
    assert found.rows == {A: 4, B: 6}
    assert [dict(fault.values)["line"] for fault in found.faults] == [4, 6]


@given(st.text("sourceyart,;\t\"'\r\n\0=./\\25年\ufeff甲\u2028\ud800", max_size=80))
def test_nothing_raises(tail: str) -> None:
    overrides_of(tail, "某县")
    found = overrides_of("source,title,year\n乙.txt,某题,2015\n" + tail, "")
    assert B in found.facts
    assert set(found.facts) <= set(found.rows)


def test_the_limit_of_a_cell_is_the_library_s() -> None:
    assert csv.field_size_limit() == 131_072
