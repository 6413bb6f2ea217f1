"""What is written without a template escapes its text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from search.model import Fragment, Passage, SearchRequest, SectionRef
from web.results import pieces
from web.results.facets import Choice
from web.results.years import Bar, YearChart

ODD = "<b>&\"'</b>\u202e"
SHOWN = re.compile(r"&lt;b&gt;&amp;(&quot;&#x27;)&lt;/b&gt;\u202e")


@pytest.fixture(autouse=True)
def _request() -> Iterator[None]:
    with Flask(__name__).test_request_context("/"):
        yield


def tags(html: str) -> list[str]:
    return re.findall(r"</?(\w+)", html)


def test_a_passage() -> None:
    fragments = (Fragment(ODD, False), Fragment(ODD, True))
    section = SectionRef("other", (ODD, "二"), ("一",))
    html = pieces.passage(
        Passage(section, fragments, 3, 5, "abc"), "0123456789ab", SearchRequest(q=ODD)
    )
    assert len(SHOWN.findall(html)) == 3
    assert "b" not in tags(html)
    assert html.index("<bdi>&lt;b") < html.index("›") < html.index("<bdi>二")
    assert re.search(r'href="/reports/0123456789ab/3-5/abc\?q=[^"<>\']+#passage"', html)
    assert re.search(r"<mark>&lt;b&gt;.*</mark></p>", html)


def test_a_passage_that_begins_with_its_heading_does_not_repeat_it() -> None:
    section = SectionRef("other", ("一、概述", "（一）公开"), ("一", "（一）"))
    fragments = (Fragment("（一）", False), Fragment("公开", True))
    html = pieces.passage(Passage(section, fragments, 0, 2, "abc"), "a", SearchRequest(q="公开"))
    assert html.count("公开") == 1 + html.count("q=公开")
    assert "<bdi>一、概述</bdi>" in html


def test_values_of_a_facet() -> None:
    html = pieces.choices(
        [Choice(ODD, 1_234, True, f"/?issuer={ODD}"), Choice("市", 0, False, "/")]
    )
    assert len(SHOWN.findall(html)) == 2
    assert set(tags(html)) == {"ul", "li", "a", "bdi", "span"}
    assert html.count('aria-current="true"') == 1
    assert html.count('class="zero"') == 1
    assert '<span class="count">1,234</span>' in html


def test_bars() -> None:
    bar = Bar(2019, 1_234, True, f"/?q={ODD}", 0, 5, 0.5, 4, 16, 56, 2.5, 12)
    chart = YearChart((bar,), (), True, True, 2019, 2019, 72, 92)
    html = pieces.bars(chart)
    assert len(SHOWN.findall(html)) == 1
    assert set(tags(html)) == {"a", "title", "rect", "text"}
    assert 'data-year="2019" aria-current="true"' in html
    assert '<text class="count" x="2.5%" y="12">1,234</text>' in html
