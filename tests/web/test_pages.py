"""The results."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from reading_pages import facet_links, query_of, read, year_links

from web.texts import t

Q = "“三务”公开"


def test_results(client: FlaskClient) -> None:
    html = client.get("/", query_string={"q": Q}).text
    assert read(html, "totals") == "105 份 / 106 份报告 208 个章节 · 520 处，其中整词 520 处"
    assert re.search(rf"<h1[^>]*>{Q}</h1>", html)
    assert f"<title>{Q} · 公开</title>" in html
    assert 'value="“三务”公开"' in html
    assert "<mark>三务” 公开</mark>" in html
    assert '<span class="regions"><bdi>青山省</bdi><bdi>白河市</bdi>' in html
    assert "2021年1月31日 发布" in html
    assert "年份不详" in html
    assert re.search(r'href="[^"]*#hit-1">5 处</a>', html)
    assert html.count("<article>") == 20
    assert "<mark>三務」公開</mark>" in client.get(f"/?q={Q}&year=2015").text


def test_sorts_pages_and_range_keep_the_state(client: FlaskClient) -> None:
    html = client.get("/?q=三务&genre=disclosure&size=10&page=3&year_from=2010").text
    expected = {"q": ["三务"], "genre": ["disclosure"], "size": ["10"], "year_from": ["2010"]}
    sorts = re.search(r'<nav class="sorts".*?</nav>', html, re.S)
    assert sorts
    hrefs = re.findall(r'href="([^"]*)"', sorts[0])
    assert [query_of(href).pop("sort", ["relevance"])[0] for href in hrefs] == [
        "relevance",
        "-year",
        "year",
        "hits",
        "region",
        "-changed",
    ]
    assert query_of(hrefs[0]) == expected
    pager = re.search(r'<nav class="pager".*?</nav>', html, re.S)
    assert pager
    assert 'aria-label="第 3 页" aria-current="page"' in pager[0]
    assert query_of(re.findall(r'href="([^"]*)" rel="next"', pager[0])[0]) == {
        **expected,
        "page": ["4"],
    }
    form = re.search(r'<form class="range".*?</form>', html, re.S)
    assert form
    assert re.findall(r'type="hidden" name="(\w+)"', form[0]) == ["q", "genre", "size"]
    assert 'value="2010"' in form[0]


def test_a_page_past_the_end_leads_back(client: FlaskClient) -> None:
    html = client.get("/?q=三务&page=99").text
    assert t("no_page", number=99) in html
    assert f'href="/?q=%E4%B8%89%E5%8A%A1">{t("first_page")}' in html


def test_a_facet_value_toggles_itself(client: FlaskClient) -> None:
    html = client.get("/?q=三务&year=2015&page=2").text
    years = year_links(html)
    assert query_of(years["2015"]) == {"q": ["三务"]}
    assert query_of(years["2018"]) == {"q": ["三务"], "year": ["2015", "2018"]}
    assert re.findall(r'data-year="(\d+)" aria-current="true"', html) == ["2015"]
    kinds = facet_links(client.get("/?q=三务&section=overview").text, "section")
    assert query_of(kinds["概述/总体情况"]) == {"q": ["三务"]}
    assert query_of(kinds["主动公开"]) == {"q": ["三务"], "section": ["overview", "proactive"]}


def test_years_of_a_range_become_single_years(client: FlaskClient) -> None:
    years = year_links(client.get("/?q=三务&year_from=2015&year_to=2018&year=2020").text)
    assert query_of(years["2016"]) == {"q": ["三务"], "year": ["2015", "2017", "2018", "2020"]}
    ranged = {"q": ["三务"], "year_from": ["2015"], "year_to": ["2018"]}
    assert query_of(years["2020"]) == ranged
    assert query_of(years["2009"]) == {**ranged, "year": ["2020", "2009"]}


def test_what_is_chosen_stays_in_sight_with_no_hits(client: FlaskClient) -> None:
    html = client.get("/?q=zzz&year=2015&issuer=没有的机构&year_from=2001").text
    chips = re.search(r'<ul class="chips".*?</ul>', html, re.S)
    assert chips
    assert re.findall(r"<bdi>([^<]*)</bdi>", chips[0]) == ["2015", "2001 年起", "没有的机构"]
    hrefs = [query_of(href) for href in re.findall(r'href="([^"]*)"', chips[0])]
    assert hrefs[0] == {"q": ["zzz"], "issuer": ["没有的机构"], "year_from": ["2001"]}
    assert hrefs[1] == {"q": ["zzz"], "year": ["2015"], "issuer": ["没有的机构"]}
    assert hrefs[2] == {"q": ["zzz"], "year": ["2015"], "year_from": ["2001"]}
    assert hrefs[3] == {"q": ["zzz"]}
    assert t("none") in html


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ("year_from=2015&year_to=2018", "2015–2018"),
        ("year_from=2015", "2015 年起"),
        ("year_to=2018", "2018 年止"),
    ],
)
def test_a_range_of_years_is_one_filter(client: FlaskClient, given: str, label: str) -> None:
    html = client.get(f"/?q=三务&{given}").text
    chips = re.search(r'<ul class="chips".*?</ul>', html, re.S)
    assert chips
    assert re.findall(r"<bdi>([^<]*)</bdi>", chips[0]) == [label]
    assert [query_of(href) for href in re.findall(r'href="([^"]*)"', chips[0])] == [{"q": ["三务"]}]


def test_size_of_a_page_is_chosen_by_link(client: FlaskClient) -> None:
    html = client.get("/?q=三务&size=50&page=2&genre=disclosure").text
    sizes = re.search(r'<nav class="sizes".*?</nav>', html, re.S)
    assert sizes
    hrefs = [query_of(href) for href in re.findall(r'href="([^"]*)"', sizes[0])]
    kept = {"q": ["三务"], "genre": ["disclosure"]}
    assert hrefs == [kept, {**kept, "size": ["50"]}, {**kept, "size": ["100"]}]
    assert 'aria-current="true">50</a>' in sizes[0]
    assert 'class="sizes"' not in client.get("/?q=三务&year=2015&genre=other").text


def test_english_page_has_labels_in_english(client: FlaskClient) -> None:
    client.set_cookie("gongkai-language", "en")
    html = client.get("/?q=三务&section=overview").text
    client.delete_cookie("gongkai-language")
    assert {"Overview", "Proactive disclosure"} <= set(facet_links(html, "section"))
    chips = re.search(r'<ul class="chips".*?</ul>', html, re.S)
    assert chips
    assert "<bdi>Overview</bdi>" in chips[0]
    before = html.partition("<main")[2].partition('<div class="results" ')[0]
    text = re.sub(r"<(bdi|code)\b.*?</\1>|<[^>]*>", "", before, flags=re.S).replace("三务", "")
    assert "104 of 104 reports" in text
    assert not re.search("[\u3400-\u9fff]", text)
