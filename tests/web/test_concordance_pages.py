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
from search.local.engine import IndexEngine
from search.model import SearchRequest, Sort
from search.source import FixedSource
from web.app import create_app
from web.results.concordance import LINES, SORTS
from web.shown import Shown
from web.texts import t
from web.urls import passage_url, search_url

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


LINES_VIEW = Shown(view="lines")


@pytest.mark.parametrize(
    ("asked", "shown", "url"),
    [
        (SearchRequest(), LINES_VIEW, "/concordance"),
        (SearchRequest(q="a", size=50), LINES_VIEW, "/concordance?q=a&size=50"),
        (
            SearchRequest(q="a", year=(2015, 2016)),
            LINES_VIEW,
            "/concordance?q=a&year=2015&year=2016",
        ),
        (
            SearchRequest(q="a", page=2),
            Shown(view="lines", order="left", side="left"),
            "/concordance?q=a&page=2&order=left&side=left",
        ),
    ],
)
def test_addresses(asked: SearchRequest, shown: Shown, url: str) -> None:
    assert search_url(asked, shown) == url


def test_a_line_a_hit(client: FlaskClient) -> None:
    html = client.get("/concordance", query_string={"q": Q}).text
    tabs = re.search(r'<nav class="views".*?</nav>', html, re.S)
    assert tabs
    assert re.findall(r'class="count">([^<]*)<', tabs[0]) == ["105", "520"]
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
    assert query_of(href.partition("#")[0]) == {"q": [Q], "view": ["lines"]}
    assert 'title="（一）推进“三务”公开"' in row
    assert '<mark class="quoted" id="passage"' in client.get(unescape(href)).text


def test_the_place_stands_where_the_title_does_not_name_it(client: FlaskClient) -> None:
    other = create_app(FixedSource(FakeEngine((WORK,)))).test_client()
    [row] = rows(other.get("/concordance?q=三务").text)
    assert cells(row)[2:] == ["2021", WORK.title]
    [row] = rows(client.get("/concordance?q=示范单位").text)
    assert cells(row)[3].startswith("临江市 南海省臨江市")


@pytest.mark.parametrize("order", ["left", "right"])
def test_orders_by_context(client: FlaskClient, order: str) -> None:
    html = client.get(f"/concordance?q=三务&year=2020&sort=year&order={order}").text
    sorts = re.search(r'<nav class="sorts".*?</nav>', html, re.S)
    assert sorts
    assert re.findall(r'aria-current="true">([^<]*)<', sorts[0]) == [t("order_" + order)]
    assert t(f"order_{order}_more") in html
    assert t("order_left_more") not in client.get("/concordance?q=三务").text


@pytest.mark.parametrize(("sort", "name"), SORTS)
def test_every_sort(client: FlaskClient, samples: IndexEngine, sort: Sort, name: str) -> None:
    """On the page of the real engine: its own order of lines, and the link that is current."""
    real = create_app(FixedSource(samples)).test_client()
    html = real.get(f"/concordance?q=公开&sort={sort}&size=100").text
    asked = SearchRequest(q="公开", sort=sort, size=100)
    found = samples.concordance(asked)
    hrefs = [re.findall(r'href="(/reports/[^"?]*)', row)[0] for row in rows(html)]
    assert hrefs == [passage_url(one.report, one.start, one.end, one.check) for one in found.lines]
    sorts = re.search(r'<nav class="sorts".*?</nav>', html, re.S)
    assert sorts
    assert re.findall(r'aria-current="true">([^<]*)<', sorts[0]) == [t(name)]
    assert len(links(html, "sorts")) == 8
    years = [one.year for one in samples.every_line(asked) if one.year is not None]
    if sort in ("year", "-year"):
        assert years == sorted(years, reverse=sort == "-year")
        assert len(set(years)) > 2


def test_links_keep_the_state(client: FlaskClient) -> None:
    url = "/concordance?q=三务&genre=disclosure&size=10&page=3&order=left&side=left&year_from=2010"
    html = client.get(url).text
    state = {
        "q": ["三务"],
        "genre": ["disclosure"],
        "size": ["10"],
        "year_from": ["2010"],
        "side": ["left"],
    }
    assert len(rows(html)) == 10
    assert t("concordance_table", first=21, last=30) in html
    assert [query_of(href) for href in links(html, "sorts")] == [
        state,
        *({**state, "sort": [sort]} for sort in ("-year", "year", "hits", "region", "-changed")),
        {**state, "order": ["left"]},
        {**state, "order": ["right"]},
    ]
    nexts = re.findall(r'href="(/concordance[^"]*)" rel="next"', html)
    assert query_of(nexts[0]) == {**state, "order": ["left"], "page": ["4"]}
    for href in links(html, "views"):
        assert query_of(href) == {**state, "order": ["left"]}
    [row, *_] = rows(html)
    [href] = re.findall(r'href="([^"]*)#passage"', row)
    assert query_of(href) == {**state, "order": ["left"], "page": ["3"], "view": ["lines"]}
    chips = re.search(r'<ul class="chips".*?</ul>', html, re.S)
    assert chips
    without = [query_of(href) for href in re.findall(r'href="(/concordance[^"]*)"', chips[0])]
    assert [sorted({*state, "order"} - {*found}) for found in without] == [
        ["year_from"],
        ["genre"],
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
        ("/concordance?q=zzz", t("none")),
        ("/concordance?q=zzz&silent=1", t("concordance_none")),
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
    for tag in ("h1", "main"):
        assert tags.count(tag) == 1
    assert html.partition("</head>")[0].count("<title>") == 1  # bars have theirs
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
