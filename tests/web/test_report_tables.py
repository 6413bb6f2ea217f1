"""The tables of a report as files."""

from __future__ import annotations

import csv
from io import StringIO
from urllib.parse import unquote

import pytest
from fake_engine import FakeEngine, make_report
from fake_reports import FORMER_ID, TOWN
from flask.testing import FlaskClient

from search.source import FixedSource
from web.app import create_app
from web.report.tables import tables
from web.texts import t

FIGURES = make_report(
    "表.txt",
    "有表的报告",
    [
        (
            "other",
            "一、数字",
            1,
            [
                "指标\t单位\t增长",
                "产值\t亿元\t-1,234.5%",
                "“价格”, 指数\t\t+0.2",
                "=HYPERLINK(1)\t@SUM\t-见注",
            ],
        ),
        ("other", "二、其他", 1, ["一段。", "甲\t1", "另一段。", "=乙\t2"]),
    ],
)


def _rows(answer: str) -> list[list[str]]:
    """What stands between head and end."""
    *rows, end = csv.reader(StringIO(answer.removeprefix("\ufeff").partition("\r\n\r\n")[2]))
    assert end == ["# 完", str(len(rows) - 1)]
    return rows


def _figures(number: int) -> list[list[str]]:
    client = create_app(FixedSource(FakeEngine((FIGURES,)))).test_client()
    return _rows(client.get(f"/reports/{FIGURES.id}/tables/{number}.csv").text)


def test_the_figures_are_those_of_the_report(client: FlaskClient) -> None:
    answer = client.get(f"/reports/{TOWN.id}/tables/1.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert _rows(answer.text) == [
        line.text.split("\t") for line in TOWN.lines() if "\t" in line.text
    ]
    name = unquote(answer.headers["Content-Disposition"].partition("UTF-8''")[2])
    assert name == f"{TOWN.title}-表-1.csv"


def test_the_file_says_what_it_is(client: FlaskClient) -> None:
    head = client.get(f"/reports/{TOWN.id}/tables/1.csv").text.partition("\r\n\r\n")[0]
    first = tables(TOWN)[0][0]
    for value in (TOWN.title, TOWN.source, f"/reports/{TOWN.id}/{first.start}-{first.end}/"):
        assert value in head


def test_figures_stay_as_printed_and_formulas_are_text() -> None:
    assert _figures(1) == [
        ["指标", "单位", "增长"],
        ["产值", "亿元", "-1,234.5%"],
        ["“价格”, 指数", "", "+0.2"],
        ["'=HYPERLINK(1)", "'@SUM", "'-见注"],
    ]
    assert _figures(2) == [["甲", "1"]]
    assert _figures(3) == [["'=乙", "2"]]


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "1" * 5_000])
def test_a_table_that_is_not_there_is_not_found(client: FlaskClient, number: str) -> None:
    assert client.get(f"/reports/{TOWN.id}/tables/{number}.csv").status_code == 404


def test_a_former_id_leads_to_the_new_one(client: FlaskClient) -> None:
    answer = client.get(f"/reports/{FORMER_ID}/tables/1.csv")
    assert (answer.status_code, answer.location) == (301, f"/reports/{TOWN.id}/tables/1.csv")


def test_every_table_has_its_tools() -> None:
    client = create_app(FixedSource(FakeEngine((FIGURES,)))).test_client()
    html = client.get(f"/reports/{FIGURES.id}").text
    for number in (1, 2, 3):
        assert f'data-table="table-{number}"' in html
        assert f'href="/reports/{FIGURES.id}/tables/{number}.csv"' in html
        assert f'aria-label="{t("table_number", number=number)}" tabindex="0"' in html
    assert "table-4" not in html
