"""The concordance page: a line a hit, its links, and what it says where there is none."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fake_engine import FakeEngine
from fake_reports import HOSTILE, HOSTILE_ISSUER, PDI, RLO, TOWN, WORK
from flask.testing import FlaskClient
from reading_pages import Elements, query_of

from search.links import checksum
from search.model import SearchRequest
from search.source import FixedSource
from web.app import create_app
from web.results.concordance import LINES
from web.texts import t
from web.urls import concordance_url

Q = "“三务”公开"


def rows(html: str) -> list[str]:
    body = re.search(r"<tbody.*?</tbody>", html, re.S)
    return re.findall(r"<tr.*?</tr>", body[0], re.S) if body else []


def cells(row: str) -> list[str]:
    """The text of each cell."""
    found = re.findall(r"<td.*?</td>", row, re.S)
    return [unescape(re.sub(r"<[^>]*>", "", cell)) for cell in found]


def links(html: str, name: str) -> list[str]:
    found = re.search(rf'<nav class="{name}".*?</nav>', html, re.S)
    return re.findall(r'href="([^"]*)"', found[0]) if found else []


@pytest.mark.parametrize(
    ("asked", "url"),
    [
        (SearchRequest(), "/concordance"),
        (SearchRequest(q="a", page=3, size=50), "/concordance?q=a&size=50"),
        (SearchRequest(q="a", year=(2015, 2016)), "/concordance?q=a&year=2015&year=2016"),
    ],
)
def test_the_address_starts_at_the_first_page(asked: SearchRequest, url: str) -> None:
    assert concordance_url(asked) == url


def test_the_address_of_an_order_and_a_page() -> None:
    assert concordance_url(SearchRequest(q="a"), "left", 2) == "/concordance?q=a&page=2&order=left"


def test_a_line_a_hit(client: FlaskClient) -> None:
    html = client.get("/concordance", query_string={"q": Q}).text
    assert t("concordance_totals", hits=520, reports=105) in html
    assert f"<title>{Q}：逐处列出 · 公开</title>" in html
    assert len(rows(html)) == LINES
    row = rows(html)[0]
    assert cells(row) == ["（一）推进“", "三务”公开", "2020", TOWN.title]
    start = TOWN.text().index("三务”公开")
    quoted = TOWN.text()[start : start + 5]
    [href] = re.findall(r'href="([^"]*)"', row)
    path = f"/reports/{TOWN.id}/{start}-{start + 5}/{checksum(quoted)}"
    assert unescape(href).partition("?")[0] == path
    assert href.endswith("#passage")
    assert query_of(href.partition("#")[0]) == {"q": [Q]}
    assert '<mark class="quoted" id="passage"' in client.get(unescape(href)).text


def test_the_place_stands_where_the_title_does_not_name_it(client: FlaskClient) -> None:
    other = create_app(FixedSource(FakeEngine((WORK,)))).test_client()
    [row] = rows(other.get("/concordance?q=三务").text)
    assert cells(row)[2:] == ["2021", WORK.title]
    [row] = rows(client.get("/concordance?q=示范单位").text)
    assert cells(row)[3].startswith("临江市 南海省臨江市")


@pytest.mark.parametrize("order", ["left", "right"])
def test_orders(client: FlaskClient, order: str) -> None:
    html = client.get(f"/concordance?q=三务&year=2020&order={order}").text
    assert f'aria-current="true">{t("order_" + order)}<' in html
    assert t(f"order_{order}_more") in html
    assert t("order_left_more") not in client.get("/concordance?q=三务").text


def test_links_keep_the_state(client: FlaskClient) -> None:
    url = "/concordance?q=三务&genre=disclosure&size=10&page=3&order=left&year_from=2010"
    html = client.get(url).text
    state = {"q": ["三务"], "genre": ["disclosure"], "size": ["10"], "year_from": ["2010"]}
    assert len(rows(html)) == 10
    assert t("concordance_table", first=21, last=30) in html
    assert [query_of(href) for href in links(html, "sorts")] == [
        state,
        {**state, "order": ["left"]},
        {**state, "order": ["right"]},
    ]
    nexts = re.findall(r'href="(/concordance[^"]*)" rel="next"', html)
    assert query_of(nexts[0]) == {**state, "order": ["left"], "page": ["4"]}
    back = re.search(r'<nav class="views".*?<a href="(/\?[^"]*)"', html, re.S)
    assert back
    assert query_of(back[1]) == state
    chips = re.search(r'<ul class="chips".*?</ul>', html, re.S)
    assert chips
    without = [query_of(href) for href in re.findall(r'href="(/concordance[^"]*)"', chips[0])]
    assert [sorted({*state, "order"} - {*found}) for found in without] == [
        ["genre"],
        ["year_from"],
        ["genre", "year_from"],
    ]


def test_chips_name_what_codes_stand_for(client: FlaskClient) -> None:
    url = "/concordance?q=三务&region=150000&region=朝阳&section=fees&genre=other&year=2015"
    chips = re.search(r'<ul class="chips".*?</ul>', client.get(url).text, re.S)
    assert chips
    found = re.findall(r"<bdi>([^<]*)</bdi>", chips[0])
    assert found == ["内蒙古自治区", "朝阳", "2015", "收费及减免", "其他"]


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("/concordance", t("concordance_silent")),
        ("/concordance?year=2020&order=left", t("concordance_silent")),
        ("/concordance?q=zzz", t("concordance_none")),
        ("/concordance?q=三务&page=999", t("no_page", number=999)),
    ],
)
def test_no_lines(client: FlaskClient, url: str, text: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    assert text in answer.text
    assert t("view_list") in answer.text
    assert rows(answer.text) == []


@pytest.mark.parametrize("order", ["middle", '"><script>', "left&order=right"])
def test_orders_that_are_none(client: FlaskClient, order: str) -> None:
    answer = client.get(f"/concordance?q=三务&order={order}")
    assert answer.status_code == 400
    assert "参数 order" in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "url",
    [
        f"/concordance?q={Q}",
        f"/concordance?q={Q}&issuer=" + HOSTILE_ISSUER.replace("<", "%3C"),
        "/concordance?q=zzz&year=2020",
        '/concordance?q="><script>alert(5)</script>&region="><script>&order=right',
        "/concordance?q=(",
        "/concordance?q=的",
        "/concordance",
    ],
)
def test_every_page_is_sound(client: FlaskClient, url: str) -> None:
    html = client.get(url).text
    page = Elements(html)
    tags = [tag for tag, _ in page.all]
    for tag in ("h1", "main", "title"):
        assert tags.count(tag) == 1
    scripts = [attributes["src"] for tag, attributes in page.all if tag == "script"]
    assert all(source.startswith("/static/js/") for source in scripts)
    assert "img" not in tags
    assert len(page.ids) == len(set(page.ids))
    for _, attributes in page.all:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "/").startswith(("/", "#"))
    assert "{{" not in html.replace("{{ 7*7 }}", "")


def test_text_of_reports_is_isolated_and_whole(client: FlaskClient) -> None:
    html = client.get("/concordance", query_string={"q": Q, "issuer": HOSTILE_ISSUER}).text
    found = [cells(row) for row in rows(html)]
    assert len(found) == 4
    assert found[1][0] == f"<img src=x onerror=alert(1)> {RLO}“"
    assert found[2][:2] == ["格\t<td>“", "三务”公开\t格"]
    assert found[3][0] == "长" * 39 + "“"
    assert {row[3] for row in found} == {HOSTILE.title}
    outside = re.sub(r"<bdi.*?</bdi>|<[^>]*>", "", html, flags=re.S)
    assert not set(outside) & {RLO, PDI}


def test_every_cell_has_a_header(client: FlaskClient) -> None:
    page = Elements(client.get("/concordance?q=三务").text)
    heads = [attributes for _, attributes in page.all if attributes.get("role") == "columnheader"]
    assert [head["scope"] for head in heads] == ["col"] * 4
    assert sum(attributes.get("role") == "cell" for _, attributes in page.all) == 4 * LINES


def test_english(client: FlaskClient) -> None:
    client.set_cookie("gongkai-language", "en")
    html = client.get("/concordance?q=三务&order=right").text
    client.delete_cookie("gongkai-language")
    assert "三务: every hit in its line" in html
    assert "By what follows" in html
