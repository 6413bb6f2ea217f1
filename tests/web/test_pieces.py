"""What a page of results has by the dozen (results/rows.html): it says all it is given, escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.model import Region
from search.model import Fragment, Passage, ReportHit, SearchRequest, SectionRef
from web.results.facets import Choice
from web.results.listed import report_rows
from web.results.regions import RegionChoice
from web.results.years import Bar, YearChart
from web.show import genre_label
from web.shown import NOTHING_SHOWN
from web.texts import t

ODD = "<b>&\"'</b>\u202e"
SHOWN = re.compile(r"&lt;b&gt;&amp;&#34;&#39;&lt;/b&gt;\u202e")


@pytest.fixture
def rows(client: FlaskClient) -> Iterator[Any]:
    """The macros of the template, during a request."""
    with client.application.test_request_context("/"):
        yield client.application.jinja_env.get_template("results/rows.html").module


def tags(html: str) -> list[str]:
    return re.findall(r"</?(\w+)", html)


def listed(rows: Any, *hits: ReportHit, q: str = "") -> str:
    return str(rows.listed(report_rows(hits, SearchRequest(q=q), NOTHING_SHOWN), False, t))


def listed_passage(
    rows: Any, section: SectionRef, fragments: tuple[Fragment, ...], q: str = ODD
) -> str:
    shown = Passage(section, fragments, 3, 5, "abc")
    hit = ReportHit("0123456789ab", "", "other", None, None, None, (), "", 1, 1, (shown,))
    found = re.search('<div class="passage">.*</div>', listed(rows, hit, q=q), re.S)
    assert found
    return found[0]


def test_a_passage(rows: Any) -> None:
    fragments = (Fragment(ODD, False), Fragment(ODD, True))
    html = listed_passage(rows, SectionRef("other", (ODD, "二"), ("一",)), fragments)
    assert len(SHOWN.findall(html)) == 3
    assert "b" not in tags(html)
    assert html.index("<bdi>&lt;b") < html.index("›") < html.index("<bdi>二")
    assert re.search(r'href="/reports/0123456789ab/3-5/abc\?q=[^"<>\']+#passage"', html)
    assert re.search(r"<mark>&lt;b&gt;.*</mark></span></p>", html)


def test_a_passage_in_a_title(rows: Any) -> None:
    html = listed_passage(rows, SectionRef("title", (), ()), (Fragment("公开", True),))
    assert f'<span class="kind">{t("title_line")}</span></a>' in html


def test_a_passage_that_begins_with_its_heading_does_not_repeat_it(rows: Any) -> None:
    section = SectionRef("other", ("一、概述", "（一）公开"), ("一", "（一）"))
    html = listed_passage(
        rows, section, (Fragment("（一）", False), Fragment("公开", True)), "三务"
    )
    assert html.count("公开") == 1
    assert "<bdi>一、概述</bdi>" in html


def test_a_report(rows: Any) -> None:
    region = (Region("1", ODD, "province"), Region("2", "市", "city"))
    hit = ReportHit("0123456789ab", ODD, "other", 2019, ODD, ODD, region, ODD, 1, 1_234, ())
    html = listed(rows, hit, hit, q=ODD)
    assert len(SHOWN.findall(html)) == 2 * 4
    assert set(tags(html)) == {"li", "article", "h2", "a", "bdi", "ul", "p"}
    assert re.search(r"<li><bdi>&lt;b.*</bdi><bdi>市</bdi></li>", html)
    assert html.count('#hit-1">') == html.count("1,234") == 2


def test_a_report_of_which_much_is_known_is_called_by_it(rows: Any) -> None:
    region = (Region("1", ODD, "province"), Region("2", "乙市", "city"))
    issuer, title = "乙市人民政府", "乙市政府工作报告"
    hit = ReportHit("0123456789ab", title, "work_report", 2019, None, issuer, region, "", 1, 3, ())
    html = listed(rows, hit, q=ODD)
    heading = re.search("<h2>.*</h2>", html)
    assert heading
    assert re.sub("<[^>]*>", "", heading[0]).endswith("乙市 · 2019 · 政府工作报告")
    assert SHOWN.search(heading[0])
    assert title not in html
    assert issuer not in html


def test_of_a_title_that_says_more_all_is_said(rows: Any) -> None:
    region = (Region("1", "甲省", "province"),)
    title = f"名单{ODD}"
    hit = ReportHit("0123456789ab", title, "work_report", 2019, None, None, region, "", 1, 3, ())
    html = listed(rows, hit)
    assert re.search(rf'<li class="printed-title"><bdi>名单{SHOWN.pattern}</bdi></li>', html)


def test_more_passages_are_folded_away_unless_all_are_asked_for(rows: Any) -> None:
    one = Passage(SectionRef("other", (), ()), (Fragment("公开", True),), 3, 5, "abc", 2)
    hit = ReportHit("0123456789ab", "", "other", 1, None, None, (), "", 1, 3, (one, one, one))
    found = report_rows([hit], SearchRequest(q="公开"), NOTHING_SHOWN)
    for full, opened in (
        (False, '<details class="further">'),
        (True, '<details class="further" open>'),
    ):
        html = str(rows.listed(found, full, t))
        assert f"{opened}<summary>{t('further', count=2)}</summary>" in html
        assert html.count(t("repeats", count=2)) == html.count('<div class="passage">') == 3


def test_a_report_of_which_little_is_known(rows: Any) -> None:
    hit = ReportHit("0123456789ab", "无", "other", None, None, None, (), "", 1, 0, ())
    html = listed(rows, hit)
    told = re.findall(r"<li>([^<]+)</li>", html)
    assert told == [t("region_unknown"), t("year_unknown"), genre_label("other")]
    assert '<a href="/reports/0123456789ab"><bdi class="own">无</bdi></a>' in html
    assert "#hit-1" not in html


def test_values_of_a_facet(rows: Any) -> None:
    html = rows.values([Choice(ODD, 1_234, True, f"/?issuer={ODD}"), Choice("市", 0, False, "/")])
    assert len(SHOWN.findall(html)) == 2
    assert set(tags(html)) == {"ul", "li", "a", "bdi", "span"}
    assert html.count('aria-current="true"') == 1
    assert html.count('class="zero"') == 1
    assert '<span class="count">1,234</span>' in html


def test_regions(rows: Any) -> None:
    county = RegionChoice("3", "县", 0, False, "/", False, None, ())
    city = RegionChoice("2", "市", 5, True, "/", False, None, (county,))
    folded = RegionChoice('"2', ODD, 1, False, f"/?q={ODD}", False, f"/?open={ODD}", ())
    province = RegionChoice("1", "省", 1_234, False, "/", True, None, (city, folded))
    html = rows.tree([province], t)
    assert len(SHOWN.findall(html)) == 4
    assert set(tags(html)) == {"ul", "li", "a", "bdi", "span", "details", "summary"}
    assert re.findall("<details[^>]*>", html) == ["<details open>", "<details>"]
    assert html.count('aria-current="true"') == html.count('class="zero"') == 1
    assert '<li id="region-&#34;2"><a href=' in html
    assert '<a class="unfold" href="/?open=&lt;b' in html


def test_bars(rows: Any) -> None:
    bar = Bar(2019, True, f"/?q={ODD}", ODD, 16, 56, 0, 5, 0.5, 4, 38)
    html = rows.bars(YearChart((bar,), "M0 0", (), 2019, 2019, 72, 92), "#filters")
    assert len(SHOWN.findall(html)) == 3
    assert set(tags(html)) == {"a", "title", "rect", "text"}
    assert re.search(r'href="/\?q=[^"]*#filters" data-year="2019" aria-current="true"', html)
    assert re.search(
        f'<text class="told" x="38%" y="11" aria-hidden="true">{SHOWN.pattern}</', html
    )
