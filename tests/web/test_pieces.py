"""What is written without a template escapes its text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from indexer.model import Region
from search.model import Fragment, Passage, ReportHit, SearchRequest, SectionRef
from web.results import pieces
from web.results.facets import Choice
from web.results.listed import items
from web.results.regions import RegionChoice
from web.results.years import Bar, YearChart
from web.show import genre_label
from web.texts import t

ODD = "<b>&\"'</b>\u202e"
SHOWN = re.compile(r"&lt;b&gt;&amp;(&quot;&#x27;)&lt;/b&gt;\u202e")


@pytest.fixture(autouse=True)
def _request() -> Iterator[None]:
    with Flask(__name__).test_request_context("/"):
        yield


def tags(html: str) -> list[str]:
    return re.findall(r"</?(\w+)", html)


def listed_passage(section: SectionRef, fragments: tuple[Fragment, ...], q: str = ODD) -> str:
    shown = Passage(section, fragments, 3, 5, "abc")
    hit = ReportHit("0123456789ab", "", "other", None, None, None, (), "", 1, 1, (shown,))
    found = re.search('<div class="passage">.*</div>', items([hit], SearchRequest(q=q)), re.S)
    assert found
    return found[0]


def test_a_passage() -> None:
    fragments = (Fragment(ODD, False), Fragment(ODD, True))
    html = listed_passage(SectionRef("other", (ODD, "二"), ("一",)), fragments)
    assert len(SHOWN.findall(html)) == 3
    assert "b" not in tags(html)
    assert html.index("<bdi>&lt;b") < html.index("›") < html.index("<bdi>二")
    assert re.search(r'href="/reports/0123456789ab/3-5/abc\?q=[^"<>\']+#passage"', html)
    assert re.search(r"<mark>&lt;b&gt;.*</mark></p>", html)


def test_a_passage_in_a_title() -> None:
    html = listed_passage(SectionRef("title", (), ()), (Fragment("公开", True),))
    assert f'<span class="kind">{t("title_line")}</span></a>' in html


def test_a_passage_that_begins_with_its_heading_does_not_repeat_it() -> None:
    section = SectionRef("other", ("一、概述", "（一）公开"), ("一", "（一）"))
    html = listed_passage(section, (Fragment("（一）", False), Fragment("公开", True)), "三务")
    assert html.count("公开") == 1
    assert "<bdi>一、概述</bdi>" in html


def test_a_report() -> None:
    region = (Region("1", ODD, "province"), Region("2", "市", "city"))
    hit = ReportHit("0123456789ab", ODD, "other", 2019, ODD, ODD, region, ODD, 1, 1_234, ())
    html = items([hit, hit], SearchRequest(q=ODD))
    assert len(SHOWN.findall(html)) == 2 * 4
    assert set(tags(html)) == {"li", "article", "h2", "a", "bdi", "ul", "span", "p"}
    assert re.search(r"<li><bdi>&lt;b.*</bdi><span class=.step.> › </span><bdi>市</bdi></li>", html)
    assert html.count('#hit-1">') == html.count("1,234") == 2


def test_a_report_of_which_little_is_known() -> None:
    hit = ReportHit("0123456789ab", "无", "other", None, None, None, (), "", 1, 0, ())
    html = items([hit], SearchRequest())
    told = re.findall(r"<li>([^<]+)</li>", html)
    assert told == [t("region_unknown"), t("year_unknown"), genre_label("other")]
    assert '<a href="/reports/0123456789ab"><bdi>无</bdi></a>' in html
    assert "#hit-1" not in html


def test_values_of_a_facet() -> None:
    html = pieces.choices(
        [Choice(ODD, 1_234, True, f"/?issuer={ODD}"), Choice("市", 0, False, "/")]
    )
    assert len(SHOWN.findall(html)) == 2
    assert set(tags(html)) == {"ul", "li", "a", "bdi", "span"}
    assert html.count('aria-current="true"') == 1
    assert html.count('class="zero"') == 1
    assert '<span class="count">1,234</span>' in html


def test_regions() -> None:
    county = RegionChoice("3", "县", 0, False, "/", False, None, ())
    city = RegionChoice("2", "市", 5, True, "/", False, None, (county,))
    folded = RegionChoice('"2', ODD, 1, False, f"/?q={ODD}", False, f"/?open={ODD}", ())
    html = pieces.tree([RegionChoice("1", "省", 1_234, False, "/", True, None, (city, folded))])
    assert len(SHOWN.findall(html)) == 4
    assert set(tags(html)) == {"ul", "li", "a", "bdi", "span", "details", "summary"}
    assert re.findall("<details[^>]*>", html) == ["<details open>", "<details>"]
    assert html.count('aria-current="true"') == html.count('class="zero"') == 1
    assert '<li id="region-&quot;2"><a href=' in html
    assert '<a class="unfold" href="/?open=&lt;b' in html


def test_bars() -> None:
    bar = Bar(2019, 1_234, True, f"/?q={ODD}", 0, 5, 0.5, 4, 16, 56, 2.5, 12)
    chart = YearChart((bar,), (), True, True, 2019, 2019, 72, 92)
    html = pieces.bars(chart)
    assert len(SHOWN.findall(html)) == 1
    assert set(tags(html)) == {"a", "title", "rect", "text"}
    assert 'data-year="2019" aria-current="true"' in html
    assert '<text class="count" x="2.5%" y="12">1,234</text>' in html
