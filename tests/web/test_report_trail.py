"""The way through a result on a report's page: back, the reports beside, hits across reports, finding."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest
from fake_engine import FakeEngine, make_report
from fake_reports import TOWN
from flask.testing import FlaskClient
from reading_pages import query_of

from indexer.model import Report
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.source import FixedSource
from web.app import create_app
from web.report.trail import trail
from web.shown import Shown
from web.texts import t
from web.urls import report_url

FIRST, SECOND, NONE, LAST = (
    make_report(f"{name}.txt", f"{name}报告", [("other", "", 1, lines)], year=year)
    for name, year, lines in (
        ("甲", 2019, ["公开一，公开二。", "农业。"]),
        ("乙", 2020, ["公开三；农业，公开四，农业。"]),
        ("丙", 2020, ["没有。"]),
        ("丁", 2020, ["公开五。"]),
    )
)
ENGINE = FakeEngine((FIRST, SECOND, NONE, LAST))
Q = "q=%E5%85%AC%E5%BC%80"


@pytest.fixture
def reader() -> FlaskClient:
    return create_app(FixedSource(ENGINE)).test_client()


def _part(html: str, name: str) -> str:
    found = re.search(rf'<(nav|form) class="{name}".*?</\1>', html, re.S)
    return found[0] if found else ""


def _links(html: str, name: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="([^"]*)"', _part(html, name))]


def test_a_report_knows_its_place_in_the_result(reader: FlaskClient) -> None:
    html = reader.get(f"/reports/{SECOND.id}?{Q}").text
    assert t("trail_place", number=2, count=3) in html
    back, before, after = _links(html, "trail")
    assert back == f"/?{Q}#report-{SECOND.id}"
    assert before == f"/reports/{FIRST.id}?{Q}"
    assert after == f"/reports/{LAST.id}?{Q}"


def test_the_result_is_as_it_was(reader: FlaskClient) -> None:
    state = f"{Q}&year=2020&sort=-year&page=2&side=left&order=left"
    html = reader.get(f"/reports/{SECOND.id}?{state}&view=lines").text
    back, after = _links(html, "trail")
    assert back.startswith("/concordance?")
    assert query_of(back) == query_of(f"/?{state}")
    assert query_of(after) == query_of(f"/?{state}&view=lines")
    assert t("trail_first") in _part(html, "trail")
    assert t("trail_place", number=1, count=2) in html


@pytest.mark.parametrize(
    "address",
    [
        f"/reports/{SECOND.id}",
        f"/reports/{SECOND.id}?find=%E5%86%9C%E4%B8%9A",
        f"/reports/{NONE.id}?{Q}",
        f"/reports/{FIRST.id}?{Q}&year=2020",
        f"/reports/{SECOND.id}?q=(",
        f"/reports/{SECOND.id}?{Q}&view=nothing",
    ],
)
def test_outside_a_result_there_is_no_place(reader: FlaskClient, address: str) -> None:
    html = reader.get(address).text
    assert 'rel="next"' not in _part(html, "trail")
    assert 'rel="prev"' not in _part(html, "trail")
    assert 'class="place"' not in html


def test_hits_are_stepped_across_reports_by_links_alone(reader: FlaskClient) -> None:
    address, seen = f"/reports/{FIRST.id}?{Q}", []
    while address:
        html = reader.get(address).text
        report, number = re.search(r"/reports/(\w+).*?(\d*)$", address).groups()  # type: ignore[union-attr]
        if number and "hit=" in address:
            assert f'id="hit-{number}"' in html
            seen.append((report, int(number)))
        links = re.findall(r"<a( href=\"[^\"]*\")?[^>]*>", _part(html, "steps"))
        address = unescape(links[1][7:-1])
    assert seen == [(FIRST.id, 1), (FIRST.id, 2), (SECOND.id, 1), (SECOND.id, 2), (LAST.id, 1)]
    assert t("step_last") in html
    back = []
    address = f"/reports/{LAST.id}?{Q}&hit=1"
    while address:
        html = reader.get(address).text
        links = re.findall(r"<a( href=\"[^\"]*\")?[^>]*>", _part(html, "steps"))
        address = unescape(links[0][7:-1])
        back += re.findall(r"/reports/(\w+)\?.*#hit-(\d)", address)
    assert [(report, int(number)) for report, number in back] == seen[-2::-1]
    assert t("step_first") in html


def test_a_report_that_only_a_field_finds_is_led_to_at_its_top(samples: IndexEngine) -> None:
    asked = SearchRequest(q="三务公开 OR 地区:福建", size=100)
    reader, reports = create_app(FixedSource(samples)).test_client(), []
    for number in (1, 2):
        reports += samples.search(replace(asked, page=number)).reports
    at = next(n for n, (a, b) in enumerate(pairwise(reports)) if a.hits and not b.hits)
    html = reader.get(report_url(reports[at].id, asked, Shown())).text
    after = re.findall(r'data-after="([^"]*)"', html)
    assert after
    assert unescape(after[0]) == report_url(reports[at + 1].id, asked, Shown())


def test_what_is_found_within_a_report_stays_in_it(reader: FlaskClient) -> None:
    html = reader.get(f"/reports/{SECOND.id}?{Q}&find=%E5%86%9C%E4%B8%9A&hit=2").text
    assert re.findall(r'<mark class="hit"[^>]*>(.*?)</mark>', html) == ["农业", "农业"]
    assert t("step_at", number=2, count=2) in html
    assert _links(html, "trail")[0] == f"/?{Q}#report-{SECOND.id}"
    for link in _links(html, "steps"):
        assert link == f"/reports/{SECOND.id}?{Q}&find=%E5%86%9C%E4%B8%9A&hit=1#hit-1"
    assert f'<a href="/reports/{SECOND.id}?{Q}">{t("find_end")}</a>' in html
    assert 'data-after="' not in html


def test_the_find_box_is_not_the_search_box(reader: FlaskClient) -> None:
    html = reader.get(f"/reports/{SECOND.id}?{Q}&view=trend&find=%E5%86%9C").text
    form = _part(html, "find")
    assert f'action="/reports/{SECOND.id}#hit-1"' in form
    assert f'<label for="find">{t("find_here")}</label>' in form
    assert 'name="find" type="search" value="农"' in form
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert hidden == {"q": "公开", "view": "trend"}
    assert re.search(r'<input id="q" name="q" type="search" value="公开"', html)


@pytest.mark.parametrize(
    ("find", "said"),
    [("(", t("find_problem")), ("x" * 2_000, t("find_problem")), ("zzz", t("find_none"))],
)
def test_what_cannot_be_found_says_so(reader: FlaskClient, find: str, said: str) -> None:
    answer = reader.get(f"/reports/{SECOND.id}", query_string={"q": "公开", "find": find})
    assert answer.status_code == 200
    assert said in answer.text
    assert '<mark class="hit"' not in answer.text
    assert 'class="place"' in answer.text


def test_a_passage_is_where_steps_begin(client: FlaskClient) -> None:
    at = TOWN.text().index("三务”公开台账")
    html = client.get(f"/reports/{TOWN.id}/{at}-{at + 2}?q=三务", follow_redirects=True).text
    assert t("step_at", number=4, count=5) in html


def test_a_result_without_a_query_has_a_way_but_no_hits() -> None:
    every = trail(
        ENGINE, SECOND.id, SearchRequest(year=(2020,)), Shown(view="trend"), has_hits=False
    )
    assert every is not None
    assert (every.number, every.reports, every.previous, every.ends) == (1, 3, "", None)
    assert every.next == f"/reports/{NONE.id}?year=2020&view=trend"


@pytest.mark.parametrize(("report", "page"), [(FIRST, 1), (SECOND, 2), (LAST, 3)])
def test_back_to_the_report_in_its_list(reader: FlaskClient, report: Report, page: int) -> None:
    """Also where one has gone on from report to report, over the end of the page."""
    html = reader.get(f"/reports/{report.id}?{Q}&sort=year&size=1").text
    back = re.search(r'<p class="back"><a href="([^"]+)"', html)
    assert back
    address, _, place = unescape(back[1]).partition("#")
    assert query_of(address).get("page", ["1"]) == [str(page)]
    assert f'id="{place}"' in reader.get(address).text
