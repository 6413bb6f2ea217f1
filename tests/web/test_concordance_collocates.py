"""The words beside the hits on the page of lines: the engine's numbers, and where they lead."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import quote

import pytest
from fake_engine import FakeEngine, make_report
from fake_reports import RLO
from flask.testing import FlaskClient
from reading_pages import query_of

from search.local.engine import IndexEngine
from search.model import MAX_QUERY, SearchRequest
from search.source import FixedSource
from search.spread import Side
from web.app import create_app
from web.params import read
from web.results.collocates import FEW, MOST
from web.texts import t


def section(html: str) -> str:
    """The part of the page, "" where there is none."""
    found = re.search(r'<section class="collocates".*?</section>', html, re.S)
    return found[0] if found else ""


def words(part: str) -> list[tuple[str, str]]:
    """Each word with its numbers, in the order of the page."""
    items = re.findall(r"<li>(?!<a [^>]*>[^<]*</a></li>)(.*?)</li>", part, re.S)
    told = [re.findall(r'<bdi>(.*?)</bdi>.*?class="count">(.*?)<', item, re.S) for item in items]
    return [(unescape(word), counts) for found in told for word, counts in found]


def word_links(part: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'<a href="([^"]*)" title=', part)]


def of(*lines: str) -> FlaskClient:
    """A reader of one report of these lines."""
    report = make_report("a.txt", "题", [("other", "", 1, list(lines))])
    return create_app(FixedSource(FakeEngine((report,)))).test_client()


@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize(
    "asked",
    [
        SearchRequest(q="公开"),
        SearchRequest(q="工作", year_from=2019),
        SearchRequest(q="信息 OR 公开", genre=("disclosure",)),
        SearchRequest(q="公开 NEAR/10 信息", section=("overview", "proactive")),
        SearchRequest(q="“三务”公开", whole=True),
        SearchRequest(q="政府信息公开", words=True),
    ],
)
def test_numbers_are_those_of_the_engine(
    samples: IndexEngine, asked: SearchRequest, side: Side
) -> None:
    client = create_app(FixedSource(samples)).test_client()
    options = {
        name: list(map(str, value)) if isinstance(value, tuple) else str(value)
        for name in ("q", "year_from", "genre", "section", "whole", "words")
        if (value := getattr(asked, name))
    }
    part = section(client.get("/concordance", query_string={**options, "side": side}).text)
    found = samples.collocates(asked, side, MOST)
    assert words(part) == [
        (one.word, t("collocate_counts", hits=f"{one.hits:,}", reports=f"{one.reports:,}"))
        for one in found.found
    ]
    bare = t(f"bare_{side}", count=f"{found.bare:,}")
    assert (bare in part) == (found.bare > 0)
    left_out = t("collocates_left_out", count=f"{found.words - len(found.found):,}")
    assert (left_out in part) == (found.words > len(found.found))
    in_view = words(part.partition("<details")[0])
    assert len(in_view) == min(FEW, len(found.found))
    assert found.hits == samples.search(replace(asked, size=1)).total.hits > 0


def test_more_than_what_is_in_view_is_folded(samples: IndexEngine) -> None:
    client = create_app(FixedSource(samples)).test_client()
    part = section(client.get("/concordance?q=公开").text)
    assert t("more", count=MOST - FEW) in part
    assert len(words(part)) == MOST


@pytest.mark.parametrize(
    ("q", "line", "side", "joined"),
    [
        pytest.param("公开", "推进公开工作", "right", "“公开工作”", id="what follows"),
        pytest.param("公开", "推进公开工作", "left", "“推进公开”", id="what precedes"),
        pytest.param("“三务”公开", "“三務”公開栏", "right", "“三务公开栏”", id="as folded"),
        pytest.param("pdf", "a pdf file", "right", "“pdf file”", id="ASCII words stay apart"),
        pytest.param("pdf", "a pdf file", "left", "“a pdf”", id="before them, too"),
        pytest.param("pdf", "一份pdf文件", "right", "“pdf文件”", id="beside Han they do not"),
    ],
)
def test_a_word_leads_to_hit_and_word_in_one(q: str, line: str, side: str, joined: str) -> None:
    client = of(line)
    url = f"/concordance?q={quote(q)}&year=2020&size=10&order=left&side={side}"
    part = section(client.get(url).text)
    [href] = word_links(part)
    assert t("collocate_search", phrase=joined) in part
    kept = {"year": ["2020"], "size": ["10"], "order": ["left"]}
    shown = {"side": [side]} if side == "left" else {}
    assert query_of(href) == {"q": [joined], **kept, **shown}
    assert 'role="row"' in client.get(href).text


@pytest.mark.parametrize(
    ("q", "option"),
    [
        ("公开 OR 信息", ""),
        ("公开 NEAR/5 信息", ""),
        ("“公?信”", ""),
        ("公开 -没有的词", ""),
        ("信息公开", "&words=1"),
        ("公开", "&literal=1"),
    ],
)
def test_of_other_queries_words_are_told_without_links(
    samples: IndexEngine, q: str, option: str
) -> None:
    client = create_app(FixedSource(samples)).test_client()
    part = section(client.get(f"/concordance?q={quote(q)}{option}").text)
    assert words(part)
    assert word_links(part) == []
    assert "＋" not in part
    assert t("collocates_counted") not in part
    assert '<ul class="words-beside" tabindex="0"' in part


def test_links_of_the_real_engine_find_something(samples: IndexEngine) -> None:
    """Where no quote or comma hides in between: these are the commonest words."""
    client = create_app(FixedSource(samples)).test_client()
    hrefs = word_links(section(client.get("/concordance?q=公开").text))[:FEW]
    assert len(hrefs) == FEW
    for href in hrefs:
        with client.application.test_request_context(href) as context:
            asked = read(context.request.args)
        assert samples.count(asked).hits > 0


@pytest.mark.parametrize("side", ["right", "left"])
def test_a_click_finds_characters_as_the_heading_says(samples: IndexEngine, side: Side) -> None:
    """Those of longer words, too: more than the words that are counted, never fewer."""
    client = create_app(FixedSource(samples)).test_client()
    part = section(client.get("/concordance", query_string={"q": "公开", "side": side}).text)
    assert t("collocates_counted") in part.partition('<ul class="words-beside"')[0]
    more = 0
    words_counted = samples.collocates(SearchRequest(q="公开"), side, MOST).found
    for word, href in zip(words_counted, word_links(part), strict=True):
        found = samples.count(SearchRequest(q=query_of(href)["q"][0])).hits
        assert found >= word.hits
        more += found > word.hits
    assert more


def test_too_long_for_a_query(client: FlaskClient) -> None:
    phrase = "长" * (MAX_QUERY - 2)
    part = section(of(phrase + "公开").get(f"/concordance?q={phrase}").text)
    assert len(words(part)) == 1
    assert word_links(part) == []


@pytest.mark.parametrize(
    "url", ["/concordance", "/concordance?q=zzz", "/concordance?q=三务&silent=1"]
)
def test_none_without_hits(client: FlaskClient, url: str) -> None:
    assert section(client.get(url).text) == ""


def test_hostile_words_are_isolated() -> None:
    part = section(of(f"公开<script>alert(5)</script>{RLO}右").get("/concordance?q=公开").text)
    assert "<script" not in part
    outside = re.sub(r"<bdi.*?</bdi>", "", part, flags=re.S)
    assert RLO not in outside


def test_english(client: FlaskClient) -> None:
    client.set_cookie("gongkai-language", "en")
    html = client.get("/concordance?q=三务").text
    client.delete_cookie("gongkai-language")
    assert "Words beside it" in section(html)
    assert re.search(r"hits \d+ · reports \d+", section(html))
