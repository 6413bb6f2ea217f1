"""Chart and matrix to take away: well-formed, with what they are about, and with the spread's numbers."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlencode
from xml.etree import ElementTree

import pytest
from fake_engine import make_report
from flask.testing import FlaskClient
from taken import read

from indexer.model import Region
from indexer.regions.table import table as region_table
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.source import FixedSource
from search.spread import Group
from tests.oracle.direct import engine_of
from web.app import create_app
from web.trend.drawing import wrapped, xml_text

Q = "三务公开"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "公开\x00\ud800\uffff\u202e<g onload=alert(1)>"


@pytest.fixture(scope="module")
def reader(samples: IndexEngine) -> FlaskClient:
    return create_app(FixedSource(samples)).test_client()


def table(client: FlaskClient, url: str) -> tuple[list[list[str]], list[dict[str, str]]]:
    """The head of a CSV file and its rows."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.text[-1_000:]
    assert answer.content_type == "text/csv; charset=utf-8"
    found = read("csv", answer.get_data())
    return [[f"# {name}", value] for name, value in found.head], found.dicts()


REST = [
    ({}, "其余"),
    ({"region": "江苏"}, "江苏本级等"),
    ({"region": "320100"}, "南京市本级等"),
    ({"region": "新疆"}, "新疆本级等"),
    ({"region": "320000", "below": "city"}, "江苏本级等"),
    ({"region": "320000", "below": "county"}, "其余"),
    ({"region": ["320000", "330000"]}, "其余"),
    ({"q": f"地区:江苏 {Q}"}, "江苏本级等"),
    ({"q": f"(地区:江苏 OR 地区:浙江) {Q}"}, "其余"),
]


@pytest.mark.parametrize(("asked", "name"), REST)
def test_reports_in_none_of_the_rows(
    tmp_path: Path, asked: dict[str, str | list[str]], name: str
) -> None:
    """Of one region asked for they are its own; the page, the drawing and the table say the same."""
    places: list[tuple[Region, ...]] = [
        region_table().chain(code)
        for code in ("320000", "320100", "320102", "330000", "330102", "650000")
    ]
    reports = [
        make_report(f"{at}.txt", "报告", [("other", "", 1, [Q])], year=2020, region=place)
        for at, place in enumerate([*places, ()])
    ]
    client = create_app(FixedSource(engine_of(tmp_path, [reports]))).test_client()
    query = urlencode({"q": Q} | asked, doseq=True)
    assert rest_on_page(client, query) == [name]
    svg = client.get(f"/matrix.svg?{query}").get_data(as_text=True)
    assert f">{name}<title>" in svg
    _, rows = table(client, f"/matrix.csv?{query}")
    assert {row["地区"] for row in rows if not row["地区代码"]} == {name}
    client.set_cookie("gongkai-language", "en")
    place = name.removesuffix("本级等")
    english = "The rest" if place == name else f"{place} itself and others"
    assert rest_on_page(client, query) == [english]


def rest_on_page(client: FlaskClient, query: str) -> list[str]:
    html = client.get(f"/trend?{query}").get_data(as_text=True)
    return re.findall('<th scope="row"><span title="[^"]+">([^<]*)</span>', html)


def numbers(row: dict[str, str]) -> list[int]:
    return [int(row[name]) for name in ("全部报告", "说到的报告", "处数", "字数")]


def test_the_chart_as_a_table(samples: IndexEngine, reader: FlaskClient) -> None:
    query = urlencode({"q": Q, "also": "依申请公开\n(", "region": "350000"})
    head, rows = table(reader, f"/trend.csv?{query}")
    asked = {q: SearchRequest(q=q, region=("350000",)) for q in (Q, "依申请公开")}
    expected = [
        (q, str(year), group)
        for q, request in asked.items()
        for spread in [samples.spread(request)]
        for year, group in zip(spread.years, spread.chart, strict=True)
    ]
    assert [(row["检索词"], row["年份"]) for row in rows] == [e[:2] for e in expected]
    for row, (_, _, group) in zip(rows, expected, strict=True):
        assert numbers(row) == [*(group.reports, group.matching, group.hits, group.characters)]
        if group.reports:
            assert float(row["占比"]) == round(group.matching / group.reports, 4)
            assert float(row["每万字处数"]) == round(10_000 * group.hits / group.characters, 4)
    told = {line[0]: line[1] for line in head}
    assert told["# 检索词"] == Q
    assert told["# 地区"] == "福建省"
    assert "份报告" in told["# 分母"]
    assert "括号" in told["# 有误的检索词"]


@pytest.mark.parametrize("below", ["children", "city"])
def test_the_matrix_as_a_table(samples: IndexEngine, reader: FlaskClient, below: str) -> None:
    spread = samples.spread(SearchRequest(q=Q), below)  # type: ignore[arg-type]
    _, rows = table(reader, f"/matrix.csv?{urlencode({'q': Q, 'below': below})}")
    found = {(row["地区代码"], row["年份"]): numbers(row) for row in rows}
    expected = {
        (row.region.code if row.region else "", str(year)): list(group)
        for row in spread.rows
        for year, group in zip(spread.years, row.years, strict=True)
    }
    assert found == {
        key: [reports, matching, hits, characters]
        for key, (reports, matching, hits, characters) in expected.items()
    }
    assert len(rows) == len(expected)


@pytest.mark.parametrize("name", ["trend", "matrix"])
def test_years_that_are_not_chosen_have_no_row(
    samples: IndexEngine, reader: FlaskClient, name: str
) -> None:
    """What the rows sum up to is what the head says."""
    _, rows = table(reader, f"/{name}.csv?{urlencode({'q': Q, 'year': 2018})}")
    assert {row["年份"] for row in rows} == {"2018"}
    total = samples.spread(SearchRequest(q=Q, year=(2018,))).total
    assert [sum(column) for column in zip(*map(numbers, rows), strict=True)] == [
        *(total.reports, total.matching, total.hits, total.characters)
    ]


@pytest.mark.parametrize("name", ["trend", "matrix"])
@pytest.mark.parametrize(
    "asked",
    [
        {"q": Q},
        {"q": Q, "measure": "rate", "also": "公开\n("},
        {"q": Q, "measure": "reports", "year_from": "2015", "region": "350000"},
        {"q": "-公开", "silent": "1"},
        {"q": "没有一份报告这样说"},
        {"year": "1900"},
        {"q": "公开<g onload=alert(1)>&amp;"},
        {},
    ],
    ids=str,
)
def test_drawings(reader: FlaskClient, name: str, asked: dict[str, str]) -> None:
    """Read by themselves: no style, no script, nothing from elsewhere; who made it, of what, when."""
    answer = reader.get(f"/{name}.svg?{urlencode(asked)}")
    assert answer.status_code == 200
    assert answer.content_type == "image/svg+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.get_data())
    assert root.tag == f"{SVG}svg"
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {
        *("svg", "title", "defs", "pattern", "line", "rect", "path", "text", "tspan", "g")
    }
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {a for a in attributes if a.startswith("on") or "href" in a or a == "style"}
    told = " ".join(root.itertext())
    for words in ("检索词：", "分母：", "制作日期：", "来源：", "网址："):
        assert words in told
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for rect in root.iter(f"{SVG}rect"):
        if rect.attrib["width"] != "100%":
            assert float(rect.attrib["width"]) > 0
            assert float(rect.attrib.get("x", 0)) + float(rect.attrib["width"]) <= width
            assert float(rect.attrib.get("y", 0)) + float(rect.attrib["height"]) <= height


def test_files_are_named(reader: FlaskClient) -> None:
    for kind in ("trend.svg", "matrix.svg", "trend.csv", "matrix.csv"):
        header = reader.get(f"/{kind}?{urlencode({'q': Q})}").headers["Content-Disposition"]
        assert header.isascii()
        assert Q in unquote(header.partition("filename*=UTF-8''")[2])


def test_hostile_text(tmp_path: Path) -> None:
    report = make_report(
        "a.txt", "公开", [("other", "", 1, ["公开<g onload=alert(1)>"])], year=2020
    )
    client = create_app(FixedSource(engine_of(tmp_path, [[report]]))).test_client()
    query = urlencode({"q": HOSTILE, "also": "=1+1\n" + HOSTILE}, errors="replace")
    for name in ("trend.svg", "matrix.svg"):
        root = ElementTree.fromstring(client.get(f"/{name}?{query}").get_data())
        assert "<g onload" in " ".join(root.itertext())
    assert '\r\n"\'=1+1",' in client.get(f"/trend.csv?{query}").text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("三务\x00公开", "三务公开"),
        ("a\ud800b", "a�b"),
        ("a\uffffb\ufffe", "a�b�"),
        ("\u202e三", "三"),
    ],
)
def test_what_xml_cannot_hold(text: str, kept: str) -> None:
    assert xml_text(text) == kept


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("三务公开", 2, ["三务", "公开"]),
        ("", 5, []),
        ("abcd", 1.2, ["ab", "cd"]),
        ("长", 0.5, ["长"]),
    ],
)
def test_long_lines_are_broken(text: str, most: float, lines: list[str]) -> None:
    assert wrapped(text, most) == lines


def test_groups_have_four_numbers() -> None:
    """The order in which rows of files have them."""
    assert Group._fields == ("reports", "matching", "hits", "characters")
