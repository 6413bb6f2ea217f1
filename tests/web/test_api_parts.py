"""All hits by a cursor, and files, from the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import fake_reports
import pytest
from fake_engine import FakeEngine
from flask.testing import FlaskClient
from taken import read

from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import ConcordanceOrder, SearchRequest
from search.source import FixedSource, Status
from web.app import create_app
from web.export.formats import ADDRESSES, FORMATS

Q = "三务公开"


@pytest.fixture(scope="module")
def reader(samples: IndexEngine) -> FlaskClient:
    return create_app(FixedSource(samples)).test_client()


def parts(client: FlaskClient, **asked: object) -> list[dict[str, Any]]:
    """All answers, one after the other."""
    found: list[dict[str, Any]] = []
    while not found or found[-1]["next"]:
        cursor = {"cursor": found[-1]["next"]} if found else {}
        answer = client.get(f"/api/hits?{urlencode({**asked, **cursor}, doseq=True)}")
        assert answer.status_code == 200, answer.text
        found.append(answer.get_json())
    return found


@pytest.mark.parametrize("order", ["report", "left", "right"])
@pytest.mark.parametrize("size", [1, 7, 1_000])
@pytest.mark.parametrize(
    "asked", [{"q": Q}, {"q": "公开 OR 政府", "year": (2015, 2018)}, {"q": "zzz"}, {}], ids=str
)
def test_the_parts_are_all_hits(
    reader: FlaskClient,
    samples: IndexEngine,
    asked: dict[str, Any],
    size: int,
    order: ConcordanceOrder,
) -> None:
    request = SearchRequest(**asked)
    expected = list(samples.every_line(request, order))
    if len(expected) > 40 * size:
        size = len(expected) // 40
    found = parts(reader, size=size, order=order, **asked)
    lines = [line for part in found for line in part["lines"]]
    assert [(line["report"], line["start"], line["hit"]) for line in lines] == [
        (line.report, line.start, line.hit) for line in expected
    ]
    assert {part["total"]["hits"] for part in found} == {len(expected)}
    assert {part["generation"] for part in found} == {samples.generation}
    assert all(len(part["lines"]) == size for part in found[:-1])


def test_the_size_may_change_on_the_way(reader: FlaskClient) -> None:
    first = reader.get(f"/api/hits?q={Q}&size=2").get_json()
    rest = reader.get(f"/api/hits?q={Q}&size=1000&cursor={first['next']}").get_json()
    whole = reader.get(f"/api/hits?q={Q}&size=1000").get_json()
    assert first["lines"] + rest["lines"] == whole["lines"]
    assert rest["next"] is None


@pytest.mark.parametrize(
    "other", [{"q": "公开"}, {"year": 2015}, {"order": "left"}, {"whole": 1}, {"sort": "year"}]
)
def test_a_cursor_of_another_search(reader: FlaskClient, other: dict[str, object]) -> None:
    cursor = reader.get(f"/api/hits?q={Q}&size=2").get_json()["next"]
    answer = reader.get(f"/api/hits?{urlencode({'q': Q, 'cursor': cursor, **other})}")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["key"] == "cursor_of_another"


@dataclass
class Changing:
    """A source whose index changes."""

    engine: Engine

    def now(self) -> Engine:
        return self.engine

    def status(self) -> Status:
        return Status()


def test_a_new_index_is_told() -> None:
    reports = fake_reports.engine().reports
    source = Changing(FakeEngine(reports, generation="1"))
    client = create_app(source).test_client()
    first = client.get(f"/api/hits?q={Q}&size=5").get_json()
    source.engine = FakeEngine(reports[1:], generation="2")
    answer = client.get(f"/api/hits?q={Q}&size=5&cursor={first['next']}")
    assert answer.status_code == 409
    error = answer.get_json()["error"]
    assert (error["code"], error["key"]) == ("index_changed", "cursor_outdated")
    assert "cursor" in error["hint"]
    source.engine = FakeEngine(reports, generation="1")  # as it was
    assert client.get(f"/api/hits?q={Q}&cursor={first['next']}").status_code == 200


@pytest.mark.parametrize("view", ADDRESSES)
@pytest.mark.parametrize("form", FORMATS)
def test_every_table_from_the_api(reader: FlaskClient, view: str, form: str) -> None:
    """The same as from the page. A stream is read before the next begins: its request lasts as long."""
    asked = urlencode({"q": Q, "year_from": 2012, "sort": "year"})
    found = reader.get(f"/api/export?{asked}&view={view}&format={form}", buffered=True)
    page = reader.get(f"/{ADDRESSES[view]}.{form}?{asked}", buffered=True)
    assert found.content_type == page.content_type == FORMATS[form].media
    assert read(form, found.data) == read(form, page.data)
    assert found.headers["Content-Disposition"] == page.headers["Content-Disposition"]
