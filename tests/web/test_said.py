"""What engine and indexer say, in the reader's language: on pages, and in JSON."""

from __future__ import annotations

import pytest
from fake_engine import BrokenEngine
from flask import Flask

from indexer.errors import GongkaiError
from indexer.messages import Message
from search.source import FixedSource
from web.app import create_app
from web.language import COOKIE, outside
from web.said import said, told

REGION = Message("no_such_region", name="<b>青山")


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(FixedSource(BrokenEngine(GongkaiError(REGION, hint=REGION))))


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        (
            Message("no_such_report", id="0a1b"),
            [("There is no report with the id ", 0), ("0a1b", 0)],
        ),
        (REGION, [('There is no region called "', 0), ("<b>青山", "zh"), ('"', 0)]),
        (
            Message("region_contradicted", place=Message("place_title"), region="青海省"),
            [("The title", 0), (" says ", 0), ("青海省", "zh"), (", unlike the rest.", 0)],
        ),
        (Message("这句话不在表里"), [("这句话不在表里", "zh")]),
    ],
)
def test_values_that_are_chinese_are_marked_on_english_pages(
    app: Flask, message: Message, parts: list[tuple[str, object]]
) -> None:
    with app.test_request_context(headers={"Cookie": f"{COOKIE}=en"}):
        assert [(part.text, part.lang or 0) for part in said(message)] == parts
    with app.test_request_context():
        assert {part.lang for part in said(message)} == {None}


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [
        ("zh", "<bdi>没有名为“&lt;b&gt;青山”的地区</bdi>"),
        (
            "en",
            '<bdi>There is no region called &#34;<span lang="zh">&lt;b&gt;青山</span>&#34;</bdi>',
        ),
    ],
)
def test_pages_show_it_escaped(app: Flask, cookie: str, expected: str) -> None:
    client = app.test_client(use_cookies=False)
    html = client.get("/", headers={"Cookie": f"{COOKIE}={cookie}"}).text
    assert html.count(expected) == 2


@pytest.mark.parametrize(
    ("url", "method", "chinese", "english"),
    [
        ("/nothing", "GET", "没有这个页面。", "There is no such page."),
        (
            "/search?q=x",
            "POST",
            "这个地址不接受这种请求方法。",
            "This address does not accept this request method.",
        ),
        (
            "/search?q=x",
            "GET",
            "程序出了意外，详情已记入日志。",
            "The program failed unexpectedly; the details are in the log.",
        ),
    ],
)
def test_pages_and_api_speak_the_readers_language(
    url: str, method: str, chinese: str, english: str
) -> None:
    client = create_app(FixedSource(BrokenEngine(ZeroDivisionError()))).test_client(
        use_cookies=False
    )
    for cookie, expected in (("zh", chinese), ("", chinese), ("en", english)):
        headers = {"Cookie": f"{COOKIE}={cookie}"}
        assert (
            expected
            in client.open(url.replace("/search", "/"), method=method, headers=headers).text
        )
        answer = client.open(f"/api{url}", method=method, headers=headers).json
        assert answer is not None
        assert answer["error"]["message"] == expected


def test_outside_requests_the_terminal_has_its_own_language(app: Flask) -> None:
    """A server that was started in English still serves Chinese pages to who has no cookie."""
    assert told(REGION) == "没有名为“<b>青山”的地区"
    with outside("en"):
        assert told(REGION) == 'There is no region called "<b>青山"'
        with app.test_request_context():
            assert told(REGION) == "没有名为“<b>青山”的地区"
    assert told(REGION) == "没有名为“<b>青山”的地区"
