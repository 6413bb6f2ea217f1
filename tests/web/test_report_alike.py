"""The reports like one: on its page and as JSON."""

from __future__ import annotations

from dataclasses import replace

import fake_reports as samples
import pytest
from fake_engine import FakeEngine
from fake_reports import FORMER_ID, HOSTILE, LIKENESSES, TOWN, WORK, alike_pair
from flask.testing import FlaskClient

from search.likeness import Likenesses
from search.source import FixedSource
from web.app import create_app
from web.compare.addresses import comparison_url
from web.language import COOKIE
from web.report.alike import FIRST

NONE = Likenesses(known=True)


def client(likenesses: Likenesses, language: str = "zh") -> FlaskClient:
    """A reader of an engine that tells these."""
    engine = replace(samples.engine(), likenesses=likenesses)
    made = create_app(FixedSource(engine)).test_client()
    made.set_cookie(COOKIE, language)
    return made


def page(likenesses: Likenesses, language: str = "zh") -> str:
    return client(likenesses, language).get(f"/reports/{TOWN.id}").get_data(as_text=True)


def part(text: str) -> str:
    """The part of the page that tells of likenesses."""
    return text.partition('<nav class="alike"')[2].partition("</nav>")[0]


def test_each_is_shown_with_its_shares_and_a_comparison() -> None:
    found = part(page(replace(LIKENESSES, crowded=False, pairs=LIKENESSES.pairs[:2])))
    assert 'href="/reports/' + HOSTILE.id in found
    assert comparison_url(TOWN, HOSTILE).replace("&", "&amp;") in found
    assert "本报告的 61% 见于该份，该份的 100% 见于本报告" in found
    assert "本报告的 61% 见于该份，该份的 &gt;99% 见于本报告" in found
    assert "<details>" not in found
    assert "太多" not in found


def test_many_open_and_are_told_to_be_some_of_more() -> None:
    found = part(page(LIKENESSES))
    first, _, rest = found.partition("<details>")
    assert first.count("<li>") == FIRST
    assert rest.count("<li>") == len(LIKENESSES.pairs) - FIRST
    assert f"另外 {len(LIKENESSES.pairs) - FIRST} 份" in rest
    assert "只与其中一部分比较过" in rest


def test_of_two_with_one_title_the_file_is_told() -> None:
    again = replace(TOWN, source="另一处/2020.txt")
    found = part(page(Likenesses(known=True, pairs=(alike_pair(TOWN, again, 1000),))))
    assert "另一处/2020.txt" in found
    assert HOSTILE.source not in part(page(LIKENESSES))


def test_texts_of_reports_are_escaped() -> None:
    found = part(page(LIKENESSES))
    assert "<script>" not in found
    assert "&lt;script&gt;" in found


@pytest.mark.parametrize(
    ("language", "heading", "shares", "unknown"),
    [
        ("zh", "相似报告", "本报告的 61%", "还没有查找"),
        ("en", "Reports like this one", "It has 61% of this text", "were not looked for"),
    ],
)
def test_both_languages(language: str, heading: str, shares: str, unknown: str) -> None:
    found = part(page(LIKENESSES, language))
    assert heading in found
    assert shares in found
    assert unknown in part(page(Likenesses(known=False), language))


def test_nothing_is_shown_where_there_are_none() -> None:
    assert 'class="alike"' not in page(NONE)


def test_a_place_or_year_that_is_not_known_is_said() -> None:
    nameless = replace(WORK, region=(), year=None)
    found = part(page(Likenesses(known=True, pairs=(alike_pair(TOWN, nameless, 700),))))
    assert "地区不详 · 年份不详" in found


def test_json_has_both_shares() -> None:
    found = client(LIKENESSES).get(f"/api/reports/{TOWN.id}/similar").get_json()
    assert (found["id"], found["known"], found["crowded"]) == (TOWN.id, True, True)
    first, second = found["similar"][:2]
    assert first["of_this"] == {"characters": 1000, "common": 612, "share": 0.612}
    assert (second["characters"], second["common"], second["share"]) == (1000, 999, 0.999)
    assert first["source"] == HOSTILE.source
    assert first["compare"] == comparison_url(TOWN, HOSTILE)


def test_json_of_none_and_of_unknown() -> None:
    path = f"/api/reports/{WORK.id}/similar"
    assert client(NONE).get(path).get_json()["similar"] == []
    assert client(Likenesses(known=False)).get(path).get_json()["known"] is False


def test_former_ids_lead_on_and_unknown_ones_are_told() -> None:
    reader = client(NONE)
    moved = reader.get(f"/api/reports/{FORMER_ID}/similar")
    assert moved.status_code == 301
    assert moved.headers["Location"].endswith(f"/api/reports/{TOWN.id}/similar")
    assert reader.get("/api/reports/000000000000/similar").status_code == 404


def test_an_engine_without_any_is_no_trouble() -> None:
    reader = create_app(FixedSource(FakeEngine((TOWN,)))).test_client()
    assert reader.get(f"/reports/{TOWN.id}").status_code == 200
