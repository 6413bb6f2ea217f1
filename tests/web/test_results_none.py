"""Where nothing is found, the page says what to drop and what that gives."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
from flask.testing import FlaskClient
from reading_pages import query_of, read

from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.source import FixedSource
from web.app import create_app
from web.texts import t


def _ways(html: str) -> list[tuple[str, dict[str, list[str]], int]]:
    """Words, query and count of each way out."""
    listed = re.search(r'<ul class="ways-out">.*?</ul>', html, re.S)
    found = re.findall(
        r'<a href="([^"]*)">(.*?)</a>\s*<span class="count">(\d+) ',
        listed[0] if listed else "",
        re.S,
    )
    return [
        (" ".join(unescape(re.sub("<[^>]*>", "", words)).split()), query_of(href), int(count))
        for href, words, count in found
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            "q=三务&year=2015&genre=work_report",
            [
                ("去掉 体裁 政府工作报告", {"q": ["三务"], "year": ["2015"]}, 11),
                ("去掉 年份 2015", {"q": ["三务"], "genre": ["work_report"]}, 1),
            ],
        ),
        (
            "q=三务&year_from=1990&year_to=1999",
            [("去掉 年份 1990–1999", {"q": ["三务"]}, 105)],
        ),
        ("q=zzz&year=2015&literal=1", []),
        ("q=zzz", []),
    ],
)
def test_each_filter_that_helps_is_offered(
    client: FlaskClient, given: str, expected: list[tuple[str, dict[str, list[str]], int]]
) -> None:
    html = client.get(f"/?{given}").text
    assert t("none") in html
    assert _ways(html) == expected
    for _, query, count in expected:
        assert read(client.get("/", query_string=query).text, "totals").startswith(f"{count} 份")


def test_all_filters_together_may_be_what_is_wrong(client: FlaskClient) -> None:
    html = client.get("/?q=三务&year=1990&genre=other").text
    assert _ways(html) == []
    assert t("none_no_way") in html
    assert re.search(rf'{t("none_without")}</a> <span class="count">105 ', html)


def test_many_filters_are_not_all_tried(client: FlaskClient) -> None:
    years = "&".join(f"year={year}" for year in range(1900, 1960))
    html = client.get(f"/?q=三务&{years}").text
    assert t("none_without") in html
    assert t("none_ways") not in client.get("/?q=三务").text


def _parted(html: str) -> list[tuple[str, str]]:
    """Words and address of each offer."""
    listed = re.search(r'<ul class="parted">.*?</ul>', html, re.S)
    found = re.findall(r'<a href="([^"]*)">(.*?)</a>', listed[0] if listed else "", re.S)
    return [(unescape(re.sub("<[^>]*>", "", words)), unescape(href)) for href, words in found]


@pytest.mark.parametrize(
    ("q", "offered"),
    [
        ("三务公开、主动公开", ["三务公开 AND 主动公开", "三务公开", "主动公开", "逐年对比"]),
        ("三务公开，魑魅，主动公开；", ["三务公开 AND 主动公开", "三务公开", "主动公开", "逐年对比"]),
        ("“三务公开、主动公开”", []),
        ("三务公开、魑魅", ["三务公开"]),
        ("魑魅、魍魉", []),
        ("魑魅", []),
        ("三务公开 主动公开、主动公开", ["(三务公开 主动公开) AND 主动公开", "三务公开 主动公开", "主动公开", "逐年对比"]),
        ("三务公开 AND、主动公开、魑魅", ["主动公开"]),
        ("、".join(f"公开{n}" for n in range(9)), []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("view", ["/", "/trend", "/concordance"])
def test_phrases_with_commas_between_are_offered_apart(
    samples: IndexEngine, view: str, q: str, offered: list[str]
) -> None:
    """Each with what it finds under the same filters, and the click gives that."""
    reader = create_app(FixedSource(samples)).test_client()
    html = reader.get(view, query_string={"q": q, "genre": "disclosure"}).text
    found = _parted(html)
    assert [words for words, _ in found] == offered
    for _, href in found[:-1]:
        query = query_of(href)
        assert query["genre"] == ["disclosure"]
        count = samples.count(SearchRequest(q=query["q"][0], genre=("disclosure",))).reports
        assert re.search(
            rf'href="{re.escape(escape(href))}"><bdi>[^<]*</bdi></a> <span class="count">{count} ',
            html,
        )
    if offered[3:]:
        assert reader.get(found[-1][1]).text.count('class="sign colour-') == 2
