"""The page of a report and its passage links."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from fake_engine import FakeEngine
from fake_reports import EMPTY, FORMER_ID, HOSTILE, LONG_TITLE, TOWN, TRADITIONAL
from flask.testing import FlaskClient

from search.links import checksum
from search.source import FixedSource
from web.app import create_app
from web.texts import t

Q = "“三务”公开"
TEXT = TOWN.text()
QUOTED = "建立“三务”公开台账，"
AT = TEXT.index(QUOTED)
CHECK = checksum(QUOTED)
LINK = f"/reports/{TOWN.id}/{AT}-{AT + len(QUOTED)}/{CHECK}"


def test_report_page(client: FlaskClient) -> None:
    html = client.get(f"/reports/{TOWN.id}", query_string={"q": Q}).text
    assert "<title>绿水县青山镇人民政府2020年政府信息公开工作年度报告 · 公开</title>" in html
    assert html.count('<mark class="hit"') == 5
    assert t("hits_here", count=5) in html
    assert '<td>申请办理与“<mark class="hit" id="hit-5">三务”公开</mark>有关的</td>' in html
    assert html.count("<tr ") == 5
    assert '<th scope="col" class="numeric">社会公益组织</th>' in html
    assert '<td class="numeric">4</td>' in html
    assert '<h3>（一）推进“<mark class="hit" id="hit-1">三务”公开</mark></h3>' in html
    assert 'href="https://example.invalid/zwgk/2020.html" rel="noreferrer external"' in html
    assert "路径写的是白河市" in html
    assert html.count("<span>本段链接</span>") == sum(1 for _ in TOWN.lines())
    assert 'href="/?q=%E2%80%9C' in html


@pytest.mark.parametrize("report", [TOWN, HOSTILE, LONG_TITLE, TRADITIONAL, EMPTY])
def test_the_characters_of_each_line_are_the_reports(client: FlaskClient, report: object) -> None:
    assert isinstance(report, type(TOWN))
    html = client.get(f"/reports/{report.id}", query_string={"q": Q}).text
    for line in report.lines():
        shown = re.search(rf'id="c{line.start}">(.*?)<a class="anchor" href="([^"]*)"', html, re.S)
        assert shown
        cells = re.sub(r'</t[dh]><td class="line-end">', "", shown[1])
        cells = re.sub(r"</t[dh]><t[dh][^>]*>", "\t", cells)
        assert unescape(re.sub(r"<[^>]*>", "", cells)) == line.text
        linked = f"/reports/{report.id}/{line.start}-{line.end}/{checksum(line.text)}#passage"
        assert shown[2] == linked
        exact = client.get(linked).text
        assert t("changed") not in exact
        assert 'class="cited"' in exact


def test_the_other_files_of_a_report_are_named() -> None:
    report = replace(TOWN, copies=("乙/<b>.txt", "丙.zip/丁.docx"))
    client = create_app(FixedSource(FakeEngine((report,)))).test_client()
    html = client.get(f"/reports/{report.id}").text
    assert t("copies") in html
    assert "<li><bdi>乙/&lt;b&gt;.txt</bdi></li><li><bdi>丙.zip/丁.docx</bdi></li>" in html
    sources = client.get(f"/api/reports/{report.id}").get_json()["sources"]
    assert sources == [report.source, *report.copies]


def test_a_query_that_fails_does_not_hide_the_report(client: FlaskClient) -> None:
    for query in ("q=(", "q=" + "x" * 2_000, "q=三务&literal=maybe"):
        answer = client.get(f"/reports/{TOWN.id}?{query}")
        assert answer.status_code == 200
        assert "检索词没有标出：" in answer.text
        assert '<mark class="hit"' not in answer.text
        assert 'class="steps"' not in answer.text
        assert 'class="map"' not in answer.text
    assert t("no_hits_here") in client.get(f"/reports/{TOWN.id}?q=zzz").text


def test_passage_exact(client: FlaskClient) -> None:
    answer = client.get(LINK)
    assert answer.status_code == 200
    assert (
        f'autofocus></span><mark class="quoted" id="passage" tabindex="-1">{QUOTED}</mark>'
        in answer.text
    )
    assert 'class="cited"' in answer.text
    cited = f'<a href="{LINK}">{t("cite")}</a> <code id="address">http://localhost{LINK}</code>'
    assert cited in answer.text
    assert cited in client.get(LINK, query_string={"q": Q}).text
    marked = client.get(LINK, query_string={"q": Q}).text
    assert 'tabindex="-1">建立“<mark class="hit" id="hit-4">三务”公开</mark>台账，</mark>' in marked


def test_passage_moved(client: FlaskClient) -> None:
    html = client.get(f"/reports/{TOWN.id}/{AT - 30}-{AT - 30 + len(QUOTED)}/{CHECK}").text
    assert f'id="passage" tabindex="-1">{QUOTED}</mark>' in html
    assert t("moved", first=AT - 29, now=AT + 1) in html
    assert f'<code id="address">http://localhost{LINK}</code>' in html


def test_passage_changed(client: FlaskClient) -> None:
    answer = client.get(f"/reports/{TOWN.id}/{AT}-{AT + 5}/00000000")
    assert answer.status_code == 200
    assert 'id="passage"' not in answer.text
    assert t("changed") in answer.text
    assert t("cite") not in answer.text
    assert f'href="#c{AT}"' in answer.text


def test_passage_over_several_lines(client: FlaskClient) -> None:
    start, end = AT - 3, AT + 40
    html = client.get(f"/reports/{TOWN.id}/{start}-{end}/{checksum(TEXT[start:end])}").text
    pieces = re.findall(r'<mark class="quoted"[^>]*>(.*?)</mark>', html)
    assert "".join(pieces) == TEXT[start:end].replace("\n", "")
    assert html.count('id="passage"') == 1


@pytest.mark.parametrize(
    "tail",
    [
        "5-5/00000000",
        "9-5/00000000",
        "-5-5/00000000",
        "5/00000000",
        "x-9/00000000",
        "１-９/00000000",
        "0-9/0000",
        "0-9/0000000G",
        "0-9/000000000",
        "0-" + "9" * 5_000 + "/00000000",
        "0-9/../../etc",
    ],
)
def test_what_cannot_be_a_passage_is_not_found(client: FlaskClient, tail: str) -> None:
    assert client.get(f"/reports/{TOWN.id}/{tail}").status_code == 404


def test_a_huge_passage_is_only_changed(client: FlaskClient) -> None:
    answer = client.get(f"/reports/{TOWN.id}/0-999999999/00000000")
    assert answer.status_code == 200
    assert t("changed") in answer.text


@pytest.mark.parametrize(
    "tail", ["", "?q=%E4%B8%89", f"/{AT}-{AT + 3}/00000000", f"/{AT}-{AT + 3}/00000000?q=a%26b"]
)
def test_a_former_id_leads_to_the_new_one(client: FlaskClient, tail: str) -> None:
    answer = client.get(f"/reports/{FORMER_ID}{tail}")
    assert answer.status_code == 301
    assert answer.location == f"/reports/{TOWN.id}{tail}"


def test_a_million_characters_in_one_line() -> None:
    report = replace(TOWN, title="长" * 1_000_000 + "三务", sections=())
    client = create_app(FixedSource(FakeEngine((report,)))).test_client()
    assert client.get(f"/reports/{report.id}?q=三务").status_code == 200
