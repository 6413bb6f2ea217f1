"""What pages, files and JSON say of where a line is printed, and of how surely it was recognised."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from itertools import chain, repeat
from urllib.parse import quote

import pytest
from fake_engine import FakeEngine
from fake_reports import TOWN, WORK
from flask.testing import FlaskClient

from indexer.model import NO_PLACE, Place
from search.links import checksum
from search.source import FixedSource
from tests.printed import printed
from web.api.json_shape import report_json
from web.app import create_app
from web.language import COOKIE
from web.printed import Places, page_numbers
from web.report.citations import bibtex, cited, gbt, plain_text, quotation

PLACES = [
    Place(1, 1, 99), Place(1, 1, 98), Place(2, 2, 72), Place(2, 3, 95), Place(3, 4, 89),
    Place(4, 4, 96),
]  # fmt: skip
SCANNED = printed(TOWN, chain(PLACES, repeat(Place(5, 5, 88))))
Q = quote("三务公开")
LOW = "识别可信度 {}%，请对照原件"


@pytest.fixture(scope="module")
def scanned() -> FlaskClient:
    return create_app(FixedSource(FakeEngine((SCANNED, WORK)))).test_client()


def text_of(client: FlaskClient, address: str) -> str:
    return client.get(address, follow_redirects=True).get_data(as_text=True)


def test_places_of_spans() -> None:
    places, lines = Places(SCANNED), list(SCANNED.lines())
    assert places.of(0, 3) == NO_PLACE
    assert places.of(0, lines[2].end) == Place(1, 1, 98)
    for line in lines[1:]:
        assert places.of(line.start, line.end) == line.place
        assert places.of(line.start + 1, line.start + 2) == line.place
    assert places.of(lines[3].start, lines[5].end) == Place(2, 4, 72)
    assert places.of(lines[3].end - 1, lines[4].start) == lines[3].place
    assert [page_numbers(place) for place in (NO_PLACE, Place(3, 3), Place(3, 4))] == [
        *("", "3", "3–4"),
    ]


def test_a_passage_in_the_list_says_its_page(scanned: FlaskClient) -> None:
    page = text_of(scanned, f"/?q={Q}")
    assert '<span class="leaf">第3–4页</span>' in page
    assert LOW.format(89) in page
    assert LOW.format(95) not in page
    reader = scanned.application.test_client()
    reader.set_cookie(COOKIE, "en")
    english = text_of(reader, f"/?q={Q}")
    assert '<span class="leaf">pp. 3–4</span>' in english


def test_a_line_of_the_concordance_says_its_page(scanned: FlaskClient) -> None:
    page = text_of(scanned, f"/concordance?q={Q}")
    assert page.count('<span class="leaf">第3–4页</span>') == 2
    assert LOW.format(89) in page
    assert "识别 89%" in page


def test_text_without_pages_says_nothing(client: FlaskClient) -> None:
    for address in (f"/?q={Q}", f"/concordance?q={Q}", f"/reports/{TOWN.id}?q={Q}"):
        page = text_of(client, address)
        assert 'class="leaf"' not in page
        assert 'class="unsure"' not in page


def test_a_report_names_each_page_once(scanned: FlaskClient) -> None:
    page = text_of(scanned, f"/reports/{SCANNED.id}")
    told = [part.partition("<")[0] for part in page.split('class="leaf">')[1:]]
    assert told == ["第1页", "第2页", "第2–3页", "第3–4页", "第5页"]
    assert LOW.format(72) in page
    assert page.count(LOW.format(88)) == len(list(SCANNED.lines())) - len(PLACES) - 1


def test_a_cited_passage_says_its_page(scanned: FlaskClient) -> None:
    line = list(SCANNED.lines())[5]
    path = f"/reports/{SCANNED.id}/{line.start}-{line.end}"
    page = text_of(scanned, f"{path}/{checksum(line.text)}")
    bar = page[page.index('class="cited-bar"') : page.index("</article>")]
    assert "第3–4页" in bar
    assert LOW.format(89) in bar
    quoted = json.loads(text_of(scanned, f"{path}/quote"))
    assert quoted["quotation"].splitlines()[0].endswith("”（第3–4页）")


def test_citations_say_the_page() -> None:
    day, link = date(2026, 11, 29), "http://x/reports/1/2-3/4"
    source = cited(TOWN, "http://x", day, quoted="三务", passage=link, place=Place(3, 4))
    assert gbt(source).endswith(f"引文：“三务”（第3–4页） {link}")
    assert "“三务” (pp. 3–4) http://x" in plain_text(source)
    assert "  pages = {3--4}," in bibtex(source).splitlines()
    assert quotation(source).startswith("“三务”（第3–4页）\n")
    single = cited(TOWN, "http://x", day, quoted="三务", passage=link, place=Place(3, 3))
    assert "“三务” (p. 3) http://x" in plain_text(single)


def test_json_says_the_page(scanned: FlaskClient) -> None:
    found = json.loads(text_of(scanned, f"/api/search?q={Q}"))["reports"][0]["passages"]
    assert [(p["pages"], p["confidence"]) for p in found][:2] == [([2, 3], 95), ([3, 4], 89)]
    lines = json.loads(text_of(scanned, f"/api/concordance?q={Q}"))["lines"]
    assert [line["pages"] for line in lines][:2] == [[2, 3], [3, 4]]
    hits = json.loads(text_of(scanned, f"/api/reports/{SCANNED.id}/hits?q={Q}"))["hits"]
    assert [hit["pages"] for hit in hits] == [
        line["pages"] for line in lines if line["report"] == SCANNED.id
    ]
    report = json.loads(text_of(scanned, f"/api/reports/{SCANNED.id}"))
    assert report["sections"][1]["heading_place"] == {"pages": [1, 1], "confidence": 98}
    assert report["sections"][1]["line_places"] == [{"pages": [2, 2], "confidence": 72}]
    assert not any("line_places" in section for section in report_json(TOWN)["sections"])  # type: ignore[attr-defined]


def test_a_file_of_lines_says_the_page(scanned: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(text_of(scanned, f"/concordance.csv?q={Q}"))))
    columns = next(row for row in rows if "页" in row)
    at = columns.index("页")
    told = [row[at : at + 2] for row in rows[rows.index(columns) + 1 :]]
    assert told[:2] == [["2–3", "95"], ["3–4", "89"]]


def test_where_texts_are_from_is_a_facet(scanned: FlaskClient, client: FlaskClient) -> None:
    page = text_of(scanned, "/?sort=year")
    facet = page[page.index('id="facet-origin"') :].partition("</section>")[0]
    assert all(f"{label}</bdi>" in facet for label in ("原文", "识别"))
    found = json.loads(text_of(scanned, "/api/search?origin=recognised"))
    assert [report["id"] for report in found["reports"]] == [SCANNED.id]
    assert [(f["value"], f["count"], f["selected"]) for f in found["facets"]["origin"]] == [
        *[("recognised", 1, True), ("text", 1, False)],
    ]
    assert "文字来源" in text_of(scanned, f"/search.csv?q={Q}&origin=recognised")
    assert json.loads(text_of(scanned, "/api/search?origin=ocr"))["error"]["code"] == "request"
    assert "facet-origin" not in text_of(client, "/?sort=year")
