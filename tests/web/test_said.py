"""What engine and indexer say in Chinese is said in English on an English page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from string import Formatter

import pytest
from fake_engine import BrokenEngine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from said_in_sources import HAN, VALUE, messages

from indexer.errors import GongkaiError
from search.source import FixedSource
from web.app import create_app
from web.language import COOKIE
from web.texts.said import TWINS, said

MESSAGES = messages()
ENGLISH = {"Cookie": f"{COOKIE}=en"}


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(FixedSource(BrokenEngine(GongkaiError(""))))


@pytest.fixture
def english_page(app: Flask) -> Iterator[None]:
    with app.test_request_context(headers=ENGLISH):
        yield


def _holes(pattern: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    """The pattern in the words of `re`."""
    parts = [re.escape(t) + ("(.*?)" if n else "") for t, n, _, _ in Formatter().parse(pattern)]
    return re.compile("".join(parts), re.DOTALL)


def _values(names: list[str], values: Iterable[str]) -> dict[str, str]:
    kept = dict(zip(names, values, strict=True))
    return {name: kept[name].replace("、", ", ") if name == "list" else kept[name] for name in kept}


def test_the_sources_are_read() -> None:
    """One message of every kind of source; without them the test below would prove nothing."""
    assert {
        "引号里没有可检索的文字",  # hint and message of an error
        "请缩短查询。",
        "“？”按通配符处理，代表任意一个字；要当作标点，请删去它。",  # a constant, appended
        "年份写成四位数字，例如 year:2015 或 year:2015..2018。",
        f"名为“{VALUE}”的地区有 {VALUE} 个，都包括在内",  # yielded
        f"年份 {VALUE} 仅由发布日期推断",  # returned
        f"标题写的是{VALUE}，与其他依据不一致。",  # a value from a table of another module
        f"应为 {VALUE} 到 {VALUE} 的整数。",  # put together
        "文件头的 YAML 有误，已按正文处理",
    } <= set(MESSAGES)


@pytest.mark.usefixtures("english_page")
@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_has_an_english_twin(message: str) -> None:
    shown = said(message)
    ours = "".join(part.text for part in shown.parts if part.lang is None)
    assert not HAN.search(ours.replace(VALUE, "")), f"{MESSAGES[message]} has no twin: {message}"
    assert str(shown) != message, f"{MESSAGES[message]} has no twin: {message}"
    assert str(shown).count(VALUE) == message.count(VALUE)


@pytest.mark.parametrize(("chinese", "english"), TWINS)
def test_twins_have_the_same_holes(chinese: str, english: str) -> None:
    assert sorted(_holes(chinese)) == sorted(_holes(english))
    assert len(set(_holes(chinese))) == len(_holes(chinese))
    assert not HAN.search(english)
    assert "}{" not in chinese


@pytest.mark.usefixtures("english_page")
@pytest.mark.parametrize(("chinese", "english"), TWINS)
def test_no_twin_hides_another(chinese: str, english: str) -> None:
    values = {name: f"v{number}" for number, name in enumerate(_holes(chinese))}
    assert str(said(chinese.format(**values))) == english.format(**values)


@pytest.mark.parametrize("chinese", [chinese for chinese, _ in TWINS])
def test_no_twin_is_of_something_that_nothing_says(chinese: str) -> None:
    http = {"没有这个页面。", "这个地址不接受这种请求方法。", "程序出了意外，详情已记入日志。"}
    fits = _regex(chinese)
    assert "HTTP" in chinese or chinese in http or any(map(fits.fullmatch, MESSAGES))


@pytest.mark.usefixtures("english_page")
@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("没有编号为 0a1b 的报告", [("There is no report with the id ", 0), ("0a1b", 0)]),
        (
            "没有名为“青山”的地区",
            [('There is no region called "', 0), ("青山", "zh"), ('"', 0)],
        ),
        (
            "没有名为“<b>\n”的地区”的地区",
            [('There is no region called "', 0), ("<b>\n”的地区", "zh"), ('"', 0)],
        ),
        ("参数 size 不能是“”", [("size", 0), (' cannot be "', 0), ('"', 0)]),
        ("这句话没有英文", [("这句话没有英文", "zh")]),
        ("no Chinese", [("no Chinese", 0)]),
        ("没有名为“青山”的地区。", [("没有名为“青山”的地区。", "zh")]),
        ("可用的值：year、hits", [("Allowed values: ", 0), ("year, hits", 0)]),
        ("参数 sort 不能是“a、b”", [("sort", 0), (' cannot be "', 0), ("a、b", 0), ('"', 0)]),
        ("", [("", 0)]),
    ],
)
def test_what_is_kept_is_marked_as_chinese(message: str, parts: list[tuple[str, object]]) -> None:
    assert [(part.text, part.lang or 0) for part in said(message).parts] == parts


@pytest.mark.parametrize("message", [*MESSAGES, "随便什么", ""])
def test_a_chinese_page_says_it_as_it_is(app: Flask, message: str) -> None:
    with app.test_request_context():
        shown = said(message)
    assert (str(shown), [part.lang for part in shown.parts]) == (message, [None])


@given(st.data())
def test_patterns_fit_as_regular_expressions_would(app: Flask, data: st.DataObject) -> None:
    pattern, _ = data.draw(st.sampled_from(TWINS))
    texts = [text for text, _, _, _ in Formatter().parse(pattern) if text]
    message = "".join(data.draw(st.lists(st.sampled_from([*texts, "甲", "”", "\n"]), max_size=9)))
    fitting = (
        english.format(**_values(_holes(chinese), found.groups()))
        for chinese, english in TWINS
        if (found := _regex(chinese).fullmatch(message))
    )
    with app.test_request_context(headers=ENGLISH):
        assert str(said(message)) == next(fitting, message)


@pytest.mark.usefixtures("english_page")
@pytest.mark.parametrize("chinese", [chinese for chinese, _ in TWINS])
def test_long_hostile_values_are_no_trouble(chinese: str) -> None:
    """Regular expressions would take hours here."""
    texts = [text for text, _, _, _ in Formatter().parse(chinese)]
    message = texts[0] + "".join(texts[1:] or texts) * 20_000
    assert said(message).parts
    assert said(message + "\n").parts


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
def test_pages_show_it_escaped(cookie: str, expected: str) -> None:
    error = GongkaiError("没有名为“<b>青山”的地区", hint="没有名为“<b>青山”的地区")
    client = create_app(FixedSource(BrokenEngine(error))).test_client(use_cookies=False)
    html = client.get("/", headers={"Cookie": f"{COOKIE}={cookie}"}).text
    assert html.count(expected) == 2


@pytest.mark.parametrize(
    ("url", "method", "message"),
    [
        ("/nothing", "GET", "There is no such page."),
        ("/?q=x", "POST", "This address does not accept this request method."),
        ("/?q=出错", "GET", "The program failed unexpectedly; the details are in the log."),
    ],
)
def test_the_api_speaks_chinese_and_pages_do_not(url: str, method: str, message: str) -> None:
    client = create_app(FixedSource(BrokenEngine(ZeroDivisionError()))).test_client(
        use_cookies=False
    )
    assert message in client.open(url, method=method, headers=ENGLISH).text
    answer = client.open(f"/api/search{url[1:]}", method=method, headers=ENGLISH).json
    assert answer is not None
    assert HAN.search(answer["error"]["message"])
