"""Where a report's page leads: spans without a check, elsewhere, the original, other reports."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from fake_engine import FakeEngine, make_report
from fake_reports import FORMER_ID, TOWN, many
from flask.testing import FlaskClient
from reading_pages import query_of

from indexer.messages import Message
from search.links import checksum
from search.model import SearchRequest
from search.query.phrase import MAX_PHRASE
from search.source import FixedSource
from web.app import create_app
from web.report.others import MOST_NEIGHBOURS, others
from web.report.spans import elsewhere_url
from web.said import told
from web.texts import t

TEXT = TOWN.text()
QUOTED = "建立“三务”公开台账，"
AT = TEXT.index(QUOTED)
SPAN = f"{AT}-{AT + len(QUOTED)}"
LINK = f"/reports/{TOWN.id}/{SPAN}/{checksum(QUOTED)}"


@pytest.mark.parametrize("report_id", [TOWN.id, FORMER_ID])
def test_a_span_leads_to_its_passage_link(client: FlaskClient, report_id: str) -> None:
    answer = client.get(f"/reports/{report_id}/{SPAN}?q=a%26b")
    assert (answer.status_code, answer.location) == (303, f"{LINK}?q=a%26b")
    assert client.get(f"/reports/{report_id}/{SPAN}").location == LINK


def test_a_quotation_for_scripts(client: FlaskClient) -> None:
    answer = client.get(f"/reports/{TOWN.id}/{SPAN}/quote")
    assert answer.json["url"] == f"http://localhost{LINK}"
    first, middle, last = answer.json["quotation"].splitlines()[:3]
    assert (first, last) == (f"“{QUOTED}”", f"http://localhost{LINK}")
    assert middle.startswith("青山镇人民政府. ")


@pytest.mark.parametrize("tail", ["", "/quote", "/elsewhere"])
@pytest.mark.parametrize(
    "span", ["5-5", "9-5", "0-99999", "x", "-1-3", "0-" + "9" * 5_000, "１-２", "0-3-4"]
)
def test_what_is_no_span_says_so(client: FlaskClient, span: str, tail: str) -> None:
    answer = client.get(f"/reports/{TOWN.id}/{span}{tail}")
    assert answer.status_code == 404
    assert told(Message("no_such_span")) in answer.text
    assert client.get(f"/reports/nothing/0-3{tail}").status_code == 404


def test_a_passage_is_searched_for_elsewhere(client: FlaskClient) -> None:
    answer = client.get(f"/reports/{TOWN.id}/{SPAN}/elsewhere")
    assert answer.status_code == 303
    assert query_of(answer.location) == {"q": ['"建立三务公开台账，"']}
    html = client.get(LINK).text
    assert f'<a href="{answer.location}">{t("elsewhere")}</a>' in html


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("公开\n下一行", "公开"),
        ('“甲”「乙」『丙』＂丁"戊', "甲乙丙丁戊"),
        ("怎么办？是*吗", "怎么办！是 吗"),
        ("字" * 130, "字" * MAX_PHRASE),
        ("字" * 118 + "2020年", "字" * 118),
        ("a" * 200, "a" * MAX_PHRASE),
        ("格\t2", "格\t2"),
    ],
)
def test_the_phrase_searched_for(text: str, phrase: str) -> None:
    assert query_of(elsewhere_url(text)) == {"q": [f'"{phrase}"']}


def test_the_link_to_the_original_opens_at_the_passage(client: FlaskClient) -> None:
    html = client.get(LINK).text
    hrefs = re.findall(r'href="(https://example.invalid/[^"]*)"', html)
    assert len(hrefs) == 2
    assert {unescape(href) for href in hrefs} == {
        "https://example.invalid/zwgk/2020.html#:~:text=%E5%BB%BA%E7%AB%8B%E2%80%9C%E4%B8%89"
        "%E5%8A%A1%E2%80%9D%E5%85%AC%E5%BC%80%E5%8F%B0%E8%B4%A6%EF%BC%8C"
    }
    changed = client.get(f"/reports/{TOWN.id}/{SPAN}/00000000").text
    assert ":~:text" not in changed
    assert t("citations_passage") not in changed


def test_every_hit_is_reached_by_links_alone(client: FlaskClient) -> None:
    html = client.get(f"/reports/{TOWN.id}?find=三务").text
    steps = re.search(r'<nav class="steps".*?</nav>', html, re.S)
    assert steps
    assert t("step_none", count=5) in steps[0]
    for number in (1, 2, 3, 4, 5, 1):
        href = unescape(re.findall(r'href="([^"]*)"', steps[0])[1])
        assert href.endswith(f"&hit={number}#hit-{number}")
        html = client.get(href).text
        assert f'id="hit-{number}"' in html
        steps = re.search(r'<nav class="steps".*?</nav>', html, re.S)
        assert steps
        assert t("step_at", number=number, count=5) in steps[0]
    assert re.findall(r'class="count" href="#hit-(\d)"[^>]*>(\d)<', html) == [
        ("1", "4"),
        ("5", "1"),
    ]
    assert len(re.findall(r'<a href="#hit-\d" tabindex="-1"><rect', html)) == 5


REPORTS = many()
ONE = REPORTS[3]
ENGINE = FakeEngine((*REPORTS, TOWN))


def test_other_years_of_the_same_body() -> None:
    again = tuple(
        replace(r, issuer=ONE.issuer, region=ONE.region) if r.region[1] == ONE.region[1] else r
        for r in REPORTS
    )
    found = others(FakeEngine(again), again[3])
    assert [hit.year for _, hit in found.years] == list(range(2009, 2019))
    assert query_of(found.all_years)["issuer"] == [ONE.issuer]
    html = (
        create_app(FixedSource(FakeEngine(again)))
        .test_client()
        .get(f"/reports/{ONE.id}?q=三务")
        .text
    )
    assert f'href="/reports/{again[4].id}?q=%E4%B8%89%E5%8A%A1"><bdi>2013</bdi></a>' in html
    assert 'aria-current="page"><bdi>2012</bdi></a>' in html


def test_neighbours_are_one_a_region_and_have_the_same_part() -> None:
    home = TOWN.region[-2]
    towns = [replace(TOWN.region[-1], code=f"9{n:08}", name=f"{n}镇") for n in range(20)]
    made = [
        replace(
            make_report(f"{town.code}/{part}", f"{town.name}{part}年报", []),
            region=(*TOWN.region[:-1], town),
            issuer=f"{town.name}{part}",
        )
        for town in towns
        for part in ("财政所", "人民政府")
    ]
    above = replace(make_report("县", "县年报", []), region=TOWN.region[:-1], issuer=home.name)
    found = others(FakeEngine((TOWN, above, *made)), TOWN)
    assert [hit.issuer for hit in found.neighbours] == [
        f"{n}镇人民政府" for n in range(MOST_NEIGHBOURS)
    ]
    assert query_of(found.all_neighbours) == {
        "region": [home.code], "year": ["2020"], "genre": ["disclosure"], "sort": ["region"],
    }  # fmt: skip
    assert found.years == ()


def test_a_report_of_no_place_has_no_others() -> None:
    class NoSearch(FakeEngine):
        def search(self, request: SearchRequest) -> object:  # type: ignore[override]
            raise AssertionError(request)

    found = others(NoSearch(()), replace(TOWN, region=()))
    assert (found.years, found.all_years, found.neighbours, found.all_neighbours) == (
        (),
        "",
        (),
        "",
    )
