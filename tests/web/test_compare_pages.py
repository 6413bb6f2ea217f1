"""The page and the JSON of two reports side by side."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from fake_engine import FakeEngine
from fake_reports import HOSTILE, TOWN
from flask.testing import FlaskClient
from reading_pages import Elements

from indexer.likeness.measure import MAX_CHARACTERS
from indexer.model import report_id
from search.links import checksum
from search.source import FixedSource
from tests.two_years import CHANGED, DROPPED, MOVED, NEW, OLD, YOUNG, report
from web.app import create_app
from web.compare.addresses import compare_url, comparison_url

FORMER = report_id("旧/2019.txt")
HUGE = report("大.txt", [("other", "", ["字" * (MAX_CHARACTERS + 1)])])
BESIDE = replace(YOUNG, source="包头/2020.txt", region=(YOUNG.region[0], replace(YOUNG.region[1], code="150200", name="包头市")))  # fmt: skip
PAGE = compare_url(OLD.id, YOUNG.id)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    reports = (OLD, YOUNG, BESIDE, HUGE, TOWN, HOSTILE)
    return create_app(FixedSource(FakeEngine(reports, former={FORMER: OLD.id}))).test_client()


def _texts(html: str, tag: str) -> list[str]:
    return [unescape(text) for text in re.findall(rf"<{tag}>(.*?)</{tag}>", html)]


def test_the_page_shows_what_became_of_each_line(client: FlaskClient) -> None:
    html = client.get(PAGE).get_data(as_text=True)
    assert _texts(html, "del") == ["2019", "128", "3.5", DROPPED]
    assert _texts(html, "ins") == ["2020", "1,306", "9.1", NEW]
    assert re.findall(r'<li class="row (\w+)">', html) == [
        *("changed", "copied", "copied", "changed", "new", "copied", "copied", "dropped", "moved"),
        *("copied", "copied", "copied", "copied"),
    ]
    assert "原在：一、总体情况" in html


def test_every_line_links_to_its_passage(client: FlaskClient) -> None:
    html = client.get(PAGE).get_data(as_text=True)
    links = set(re.findall(r'class="anchor" href="([^"]*)"', html))
    assert links == {
        f"/reports/{own.id}/{line.start}-{line.end}/{checksum(line.text)}#passage"
        for own in (OLD, YOUNG)
        for line in own.lines()
    }


def test_unchanged_runs_are_folded(client: FlaskClient) -> None:
    html = client.get(PAGE).get_data(as_text=True)
    folded = re.findall(r'<details class="folded">.*?</details>', html, re.S)
    assert len(folded) == 1
    assert "照录 4 段，26 字" in folded[0]
    assert "申请数量\t3\t0" in folded[0]


@pytest.mark.parametrize(
    ("state", "rows"), [("changed", 2), ("new", 1), ("dropped", 1), ("moved", 1), ("copied", 8)]
)
def test_a_state_is_shown_alone(client: FlaskClient, state: str, rows: int) -> None:
    html = client.get(compare_url(OLD.id, YOUNG.id, state)).get_data(as_text=True)
    assert re.findall(r'<li class="row (\w+)">', html) == [state] * rows
    assert re.search(rf'class="{state}" href="[^"]*" aria-current="true"', html)
    assert "<details" not in html.partition('<nav class="legend"')[2].partition("<footer")[0]


def test_a_state_without_lines_says_so(client: FlaskClient) -> None:
    html = client.get(compare_url(YOUNG.id, BESIDE.id, "moved")).get_data(as_text=True)
    assert "没有这一类段落" in html


def test_sides_can_be_exchanged_and_replaced(client: FlaskClient) -> None:
    html = client.get(compare_url(OLD.id, YOUNG.id, "new")).get_data(as_text=True)
    links = [str(attributes["href"]) for tag, attributes in Elements(html).all if tag == "a"]
    assert compare_url(YOUNG.id, OLD.id, "dropped") in links
    assert compare_url(BESIDE.id, YOUNG.id) in links


def test_shares_are_said_in_both_directions(client: FlaskClient) -> None:
    html = client.get(PAGE).get_data(as_text=True)
    shares = client.get(f"/api{PAGE}").get_json()
    for side, other in (("a", 2020), ("b", 2019)):
        assert f"文字有 {shares[side]['share']:.0%} 也见于 {other}" in html
        told = shares[side]
        assert told["share"] == round(told["carried"] / told["characters"], 6)


def test_the_json_is_the_page(client: FlaskClient) -> None:
    found = client.get(f"/api{PAGE}").get_json()
    assert found["states"] == {"changed": 2, "new": 1, "dropped": 1, "moved": 1, "copied": 8}
    changed = [pair for part in found["sections"] for pair in part["pairs"]][3]
    assert changed["a"]["text"] == CHANGED.format(count=128, readings=12, rate="3.5")
    text = OLD.text()
    assert [text[start:end] for start, end in changed["a"]["spans"]] == ["128", "3.5"]
    moved = client.get(f"/api{compare_url(OLD.id, YOUNG.id, 'moved')}").get_json()
    (part,) = moved["sections"]
    assert [pair["a"]["text"] for pair in part["pairs"]] == [MOVED]
    assert part["pairs"][0]["a"]["section"] == 1
    assert part["b"]["heading"] == "二、存在的问题"


@pytest.mark.parametrize(
    ("address", "status", "key"),
    [
        ("/compare", 400, "compare_missing"),
        (f"/compare?a={OLD.id}", 400, "compare_missing"),
        (f"/compare?b={OLD.id}", 400, "compare_missing"),
        (compare_url(OLD.id, OLD.id), 400, "compare_same"),
        (compare_url(OLD.id, FORMER), 400, "compare_same"),
        (f"{PAGE}&a=0", 400, "one_value"),
        (f"{PAGE}&state=neu", 400, "bad_value"),
        (f"{PAGE}&state=new&state=moved", 400, "one_value"),
        (compare_url(OLD.id, "0" * 12), 404, "no_such_report"),
        ("/compare?a=%FF%3Cb%3E&b=1", 404, "no_such_report"),
        (compare_url(OLD.id, HUGE.id), 413, "too_long_to_compare"),
    ],
)
def test_what_is_wrong_is_said(client: FlaskClient, address: str, status: int, key: str) -> None:
    answer = client.get(f"/api{address}")
    assert answer.status_code == status
    assert answer.get_json()["error"]["key"] == key
    page = client.get(address)
    assert page.status_code == status
    assert "<b>" not in page.get_data(as_text=True)


@pytest.mark.parametrize("root", ["", "/api"])
def test_a_former_id_leads_to_the_one_of_today(client: FlaskClient, root: str) -> None:
    answer = client.get(root + compare_url(YOUNG.id, FORMER, "new"))
    assert answer.status_code == 301
    assert answer.headers["Location"] == root + compare_url(YOUNG.id, OLD.id, "new")


def test_a_report_leads_to_its_comparisons(client: FlaskClient) -> None:
    html = client.get(f"/reports/{YOUNG.id}").get_data(as_text=True)
    links = [str(attributes["href"]) for tag, attributes in Elements(html).all if tag == "a"]
    assert compare_url(OLD.id, YOUNG.id) in links


def test_the_earlier_year_stands_left() -> None:
    unknown = replace(OLD, source="x", year=None)
    assert comparison_url(YOUNG, OLD) == comparison_url(OLD, YOUNG) == PAGE
    assert comparison_url(YOUNG, BESIDE) == compare_url(YOUNG.id, BESIDE.id)
    assert comparison_url(unknown, OLD) == compare_url(unknown.id, OLD.id)


def test_hostile_text_stays_text(client: FlaskClient) -> None:
    html = client.get(compare_url(HOSTILE.id, TOWN.id)).get_data(as_text=True)
    assert "<script>alert" not in html
    assert "<svg onload" not in html
    assert "<img" not in html


def test_the_page_speaks_english(client: FlaskClient) -> None:
    client.set_cookie("gongkai-language", "en")
    html = client.get(PAGE).get_data(as_text=True)
    client.delete_cookie("gongkai-language")
    assert "Compared: 2019 and 2020" in html
    assert "Copied: 4; characters: 26" in html
