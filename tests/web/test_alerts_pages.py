"""The page of saved searches, its forms, and feeds."""

from __future__ import annotations

import json
import re
import sqlite3
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import fake_reports as samples
import pytest
from fake_engine import FakeEngine
from fake_reports import HOSTILE, TOWN
from flask.testing import FlaskClient
from saved_samples import NAME, saved_searches
from test_openapi import _check
from werkzeug.test import TestResponse

from search.model import SearchRequest
from search.saved import database as database_module
from search.saved import searches
from search.saved.asked import kept, request_of
from search.saved.database import Database
from search.saved.looking import look
from search.source import FixedSource
from web.app import create_app

HERE = {"Sec-Fetch-Site": "same-origin"}
ATOM = "{http://www.w3.org/2005/Atom}"
Q = quote("“三务”公开")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return saved_searches(tmp_path)


@pytest.fixture
def reader(database: Database) -> FlaskClient:
    return create_app(FixedSource(samples.engine()), saved=database).test_client()


def sent(reader: FlaskClient, path: str, fields: dict[str, object]) -> TestResponse:
    """A form of a page of ours."""
    token = re.search(r'name="token" value="(\w+)"', reader.get("/saved").text)
    assert token
    return reader.post(path, data={"token": token[1], **fields}, headers=HERE)


def test_the_page_lists_them(reader: FlaskClient) -> None:
    page = reader.get("/saved").text
    assert page.index("&lt;b&gt;三务") < page.index("坏了的") < page.index("青山省没有说的")
    assert "<b>三务</b>" not in page
    assert "没有比对" in page  # of the one that can no longer be asked
    assert page.count('class="new"') == 1
    assert page.count('class="gone"') == 1
    assert f"/reports/{HOSTILE.id}?q=" in page
    assert "也送往一个网址" in page
    assert "127.0.0.1:1" not in page  # whoever sees the page need not know where


def many(database: Database, count: int) -> None:
    """So many more, of long names."""
    for number in range(count):
        request = SearchRequest(q=f"公开{number}")
        found = look(FakeEngine(()), request)
        searches.add(database, f"{'很长的名字' * 19}{number}", request, found, 1_700_000_000)


def listed(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<article id="search-(\d+)"', page)]


def test_many_are_listed_page_by_page(reader: FlaskClient, database: Database) -> None:
    """Those with news first, then those with trouble; who is sent to one comes to its page."""
    assert 'name="name"' not in reader.get("/saved").text
    many(database, 120)
    pages = [reader.get(f"/saved?page={number}").text for number in (1, 2, 3)]
    every = [number for page in pages for number in listed(page)]
    assert every == [1, 3, *range(123, 3, -1), 2]
    assert [len(listed(page)) for page in pages] == [50, 50, 23]
    for page in pages:
        assert page.count("<h2") == len(re.findall('<section class="group', page))
        assert "<b>123</b>" in page
    assert "/saved?page=3" in pages[0]
    assert listed(reader.get("/saved?page=99").text) == listed(pages[2])
    assert reader.get("/saved?page=0").status_code == 400
    fields = {"q": "公开", "region": "青山省", "silent": "1"}
    assert sent(reader, "/saved", dict(fields)).location == "/saved?page=3#search-2"


def test_one_of_many_is_found_by_its_name(reader: FlaskClient, database: Database) -> None:
    many(database, 60)
    assert listed(reader.get("/saved", query_string={"name": " 名字7 "}).text) == [11]
    page = reader.get("/saved?name=名字&page=2").text
    assert len(listed(page)) == 10
    assert 'value="名字"' in page
    for name in ("<script>", "没有的"):
        page = reader.get("/saved", query_string={"name": name}).text
        assert f"没有名称里有“{escape(name)}”的检索" in page
        assert listed(page) == []


def test_who_removes_one_of_many_stays_there(reader: FlaskClient, database: Database) -> None:
    many(database, 60)
    page = reader.get("/saved?page=2").text
    (back,) = {*re.findall('name="back" value="([^"]*)"', page)}
    number = listed(page)[0]
    answer = sent(reader, f"/saved/{number}/remove", {"back": back})
    assert answer.location == back == "/saved?page=2"
    assert number not in listed(reader.get(back).text)
    for elsewhere in ("https://a.example/saved", "//a.example/saved", "/?q=x", ""):
        answer = sent(reader, f"/saved/{number}/remove", {"back": elsewhere})
        assert answer.location == "/saved"


def test_the_first_news_are_in_sight_the_others_folded(
    reader: FlaskClient, database: Database
) -> None:
    with database.writing() as open_:
        open_.executemany(
            "INSERT INTO news (search, at, what, report, told) VALUES (2, ?, 'gone', 'x', ?)",
            [(at, json.dumps({"title": f"第{at}份", "passages": []})) for at in range(60)],
        )
    page = reader.get("/saved").text
    article = page[page.index('<article id="search-2"') :].partition("</article>")[0]
    seen, folded = article.split("<details>")
    assert seen.count("<li") == 3
    assert folded.count("<li") == 47
    assert "再看 47 条" in folded
    assert "另有 10 条" in folded
    assert article.index("第59份") < article.index("第10份")
    assert "第9份" not in article
    (shown,) = re.findall('name="shown" value="([^"]*)"', article)
    assert len(shown.split()) == 50


@pytest.mark.parametrize("asked", ['{"sort": "weather"}', '{"weather": "雨"}', "[", '{"q": "("}'])
def test_one_that_can_no_longer_be_asked_is_listed(
    reader: FlaskClient, database: Database, asked: str
) -> None:
    with database.writing() as open_:
        open_.execute("UPDATE search SET asked = ? WHERE id = 1", (asked,))
    assert "没有比对" in reader.get("/saved").text
    assert len(reader.get("/api/saved").get_json()["searches"]) == 3


def test_programs_are_told_the_same(reader: FlaskClient) -> None:
    body = reader.get("/api/saved").get_json()
    _check(body, "SavedSearches")
    first, second, third = body["searches"]
    assert (first["name"], first["reports"], first["unread"]) == (NAME, 1, 2)
    assert [news["what"] for news in first["news"]] == ["new", "gone"]
    assert reader.get(first["news"][0]["url"]).status_code == 200
    assert first["news"][1]["url"] is None
    assert reader.get(first["feed"]).status_code == 200
    assert (second["news"], second["trouble"]) == ([], None)
    assert third["trouble"]["key"] == "bracket_unclosed"
    assert "127.0.0.1" not in json.dumps(body)


def test_one_click_saves_a_search(reader: FlaskClient, database: Database) -> None:
    page = reader.get(f"/?q={Q}&year=2020&silent=1&page=2").text
    form = re.search(r'<form method="post" action="/saved">(.*?)</form>', page, re.S)
    assert form
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
    assert fields.pop("token")
    assert fields == {"q": "“三务”公开", "year": "2020", "silent": "1"}
    answer = sent(reader, "/saved", dict(fields))
    assert answer.status_code == 303
    assert answer.location == "/saved#search-4"
    saved = searches.find(database, "“三务”公开 · 2020 · 没有说的报告")
    assert saved.asked == kept(SearchRequest(q="“三务”公开", year=(2020,), silent=True))
    assert saved.unread == 0
    assert sent(reader, "/saved", dict(fields)).location == "/saved#search-4"  # once
    assert sent(reader, "/saved", {"q": "党务", "name": saved.name}).status_code == 303
    assert searches.every(database)[-1].name == f"{saved.name} 2"


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"q": "(三务"}, 400), ({"q": "x" * 1_001}, 413), ({"year": "x"}, 400)],
)
def test_what_cannot_be_asked_is_not_saved(
    reader: FlaskClient, database: Database, fields: dict[str, object], status: int
) -> None:
    assert sent(reader, "/saved", fields).status_code == status
    assert len(searches.every(database)) == 3


def test_what_is_read_and_removed(reader: FlaskClient, database: Database) -> None:
    news = searches.news(database, 1)
    answer = sent(reader, "/saved/1/read", {"shown": f"{news[0].id} x -1 {'9' * 30}"})
    assert (answer.status_code, answer.location) == (303, "/saved#search-1")
    assert [one.id for one in searches.news(database, 1)] == [one.id for one in news[1:]]
    assert sent(reader, "/saved/1/remove", {}).status_code == 303
    assert NAME not in [saved.name for saved in searches.every(database)]
    assert sent(reader, "/saved/1/remove", {}).status_code == 303
    assert sent(reader, f"/saved/{10**30}/remove", {}).status_code == 404


@pytest.mark.parametrize("path", ["/saved", "/saved/1/read", "/saved/1/remove"])
def test_no_other_site_can(reader: FlaskClient, database: Database, path: str) -> None:
    before = searches.every(database)
    for data, headers in (({}, HERE), ({"token": "0" * 32}, HERE), ({}, {})):
        answer = reader.post(path, data={"q": "x", **data}, headers=headers)
        assert answer.status_code == 403
    assert reader.get(path).status_code == (200 if path == "/saved" else 405)
    assert searches.every(database) == before


def test_a_page_sets_no_address_to_send_to(reader: FlaskClient, database: Database) -> None:
    """Who could would make this machine send requests."""
    before = searches.targets(database)
    fields = {
        "q": "党务",
        "webhook": "http://10.0.0.1/",
        "mail": "a@b",
        "target": "http://10.0.0.1/",
    }
    assert sent(reader, "/saved", dict(fields)).status_code == 303
    assert searches.targets(database) == before


def test_a_site_that_keeps_nothing(client: FlaskClient) -> None:
    page = client.get(f"/?q={Q}").text
    assert "/saved" not in page
    assert "/feed.atom" in page
    assert client.get("/saved").status_code == 404


def test_a_locked_file_is_told(
    reader: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "PATIENCE", 0.01)
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert reader.get(f"/?q={Q}").status_code == 200
    answer = reader.get("/saved")
    assert answer.status_code == 503
    assert "不能读写" in answer.text
    other.close()


# feeds


def feed(client: FlaskClient, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    found = ElementTree.fromstring(answer.data)
    assert found.tag == f"{ATOM}feed"
    check(found)
    return found


def check(found: ElementTree.Element) -> None:
    """What RFC 4287 requires of a feed and its entries, and what it takes of each only one."""
    for element in (found, *found.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (only,) = element.findall(ATOM + name)
            assert only.text
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{ATOM}id") or "")
        for name in ("updated", "published"):
            for time in element.findall(ATOM + name):
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", time.text or "")
        assert element.findall(f"{ATOM}link[@rel='alternate']")
    assert found.findtext(f"{ATOM}author/{ATOM}name")
    assert found.find(f"{ATOM}link[@rel='self']") is not None
    ids = [element.text for element in found.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    for content in found.iter(f"{ATOM}content"):
        assert content.get("type") == "xhtml"
        (div,) = content
        assert div.tag == "{http://www.w3.org/1999/xhtml}div"


def test_a_feed_has_an_entry_a_report(client: FlaskClient) -> None:
    found = feed(client, f"/feed.atom?q={Q}&year=2020")
    entries = found.findall(f"{ATOM}entry")
    (town,) = [e for e in entries if e.findtext(f"{ATOM}title") == TOWN.title]
    assert town.findtext(f"{ATOM}published") == "2023-11-14T22:13:20Z"
    assert town.findtext(f"{ATOM}updated") == "2023-11-16T02:00:00Z"
    assert found.findtext(f"{ATOM}updated") == "2023-11-16T02:00:00Z"
    text = "".join(town.find(f"{ATOM}content").itertext())  # type: ignore[union-attr]
    assert "推进“三务”公开" in text
    links = [a.get("href") or "" for a in town.iter("{http://www.w3.org/1999/xhtml}a")]
    assert links
    for link in links:
        assert client.get(urlsplit(link).path).status_code == 200
    alternate = found.find(f"{ATOM}link[@rel='alternate']").get("href")  # type: ignore[union-attr]
    assert parse_qs(urlsplit(alternate).query) == {"q": ["“三务”公开"], "year": ["2020"]}


def test_ids_of_a_feed_never_change() -> None:
    """On another machine, at another address, with other words found: the same."""
    ids = []
    for public_url, engine in (
        (None, FakeEngine((TOWN,))),
        ("https://a.example/", samples.engine()),
    ):
        client = create_app(FixedSource(engine), public_url=public_url).test_client()
        found = feed(client, f"/feed.atom?q={Q}&size=100")
        ids.append(
            {
                found.findtext(f"{ATOM}id"),
                *(
                    e.findtext(f"{ATOM}id")
                    for e in found.findall(f"{ATOM}entry")
                    if e.findtext(f"{ATOM}title") == TOWN.title
                ),
            }
        )
    assert ids[0] == ids[1]
    assert len(ids[0]) == 2
    other = feed(client, f"/feed.atom?q={Q}&year=2020")
    assert other.findtext(f"{ATOM}id") not in ids[0]


@pytest.mark.parametrize(
    "address",
    [
        "/feed.atom",
        "/feed.atom?q=zzz",
        f"/feed.atom?q={quote('<script>')}&literal=1",
        "/feed.atom?q=%00%01%1b",
        "/feed.atom?q=%ED%A0%80",
        f"/feed.atom?q={quote('公开')}&size=100&passages=50&silent=1",
    ],
)
def test_whatever_is_asked_a_feed_is_well_formed(client: FlaskClient, address: str) -> None:
    feed(client, address)


def test_hostile_reports_in_a_feed(client: FlaskClient) -> None:
    found = feed(client, f"/feed.atom?q={quote('公开')}&size=100")
    tags = {
        element.tag.rpartition("}")[2]
        for element in found.iter(f"{ATOM}content")
        for element in element.iter()
    }
    assert tags <= {"content", "div", "p", "mark", "a"}


def test_what_cannot_be_asked_has_no_feed(client: FlaskClient) -> None:
    assert client.get("/feed.atom?q=(x").status_code == 400


@pytest.mark.parametrize("view", ["/", "/trend", "/concordance"])
def test_every_view_leads_to_its_feed(client: FlaskClient, view: str) -> None:
    """To programs as a link of the page, to readers through a page that says what it is."""
    page = client.get(f"{view}?q={Q}&year=2020&page=1&sort=hits").text
    asked = {"q": ["“三务”公开"], "year": ["2020"]}
    (of_programs,) = re.findall(r'rel="alternate"[^>]* href="(/feed.atom[^"]*)"', page)
    (of_readers,) = re.findall(r'<a href="(/subscribe[^"]*)"', page)
    for link in (of_programs, of_readers):
        assert parse_qs(urlsplit(link.replace("&amp;", "&")).query) == asked
    assert page.count("/feed.atom") == 1
    about = client.get(of_readers.replace("&amp;", "&")).text
    assert f'rel="alternate" type="application/atom+xml" title="订阅" href="{of_programs}"' in about
    assert f'value="http://localhost{of_programs}" readonly' in about


# the page about a feed


def test_the_page_about_a_feed(reader: FlaskClient, database: Database) -> None:
    page = reader.get(f"/subscribe?q={Q}&year=2020&page=2").text
    (address,) = re.findall(r'<input id="address" value="http://localhost([^"]*)" readonly', page)
    feed(reader, address.replace("&amp;", "&"))
    assert parse_qs(urlsplit(address.replace("&amp;", "&")).query) == {
        "q": ["“三务”公开"], "year": ["2020"],
    }  # fmt: skip
    assert "只在这台电脑上打得开" in page
    form = re.search(r'<form method="post" action="/saved">(.*?)</form>', page, re.S)
    assert form
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
    answer = reader.post("/saved", data=fields, headers=HERE)
    assert answer.location == "/saved#search-4"
    assert request_of(searches.every(database)[-1].asked) == SearchRequest(
        q="“三务”公开", year=(2020,)
    )


def test_a_feed_that_others_reach() -> None:
    """A site with an address of its own, which keeps nothing: nothing is said of saving."""
    app = create_app(FixedSource(samples.engine()), public_url="https://a.example/")
    page = app.test_client().get("/subscribe").text
    assert 'value="https://a.example/feed.atom" readonly' in page
    assert "只在这台电脑上打得开" not in page
    assert "/saved" not in page


@pytest.mark.parametrize("q", [HOSTILE.title, "<script>alert(1)</script>", "\u202e三务"])
def test_the_page_about_a_hostile_feed(reader: FlaskClient, q: str) -> None:
    page = reader.get("/subscribe", query_string={"q": q, "literal": 1}).text
    assert "<script>alert" not in page
    assert "\u202e" not in re.sub(' value="[^"]*"', "", page)  # fields have what was typed
    (address,) = re.findall(r'<input id="address" value="http://localhost([^"]*)" readonly', page)
    assert parse_qs(urlsplit(address.replace("&amp;", "&")).query)["q"] == [q]


def test_what_cannot_be_asked_has_no_page_about_it(client: FlaskClient) -> None:
    assert client.get("/subscribe?q=(x").status_code == 400
