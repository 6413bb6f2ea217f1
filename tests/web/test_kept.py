"""Pages that are sent again as they were sent before."""

from __future__ import annotations

import gzip
from dataclasses import replace

import fake_reports as samples
import pytest
from fake_engine import FakeEngine
from fake_reports import TOWN
from flask.testing import FlaskClient

from search.model import SearchRequest, SearchResult
from search.source import FixedSource
from web import assets
from web.app import create_app
from web.http import kept

PAGES = ["/", "/?q=三务", "/concordance?q=三务", f"/reports/{TOWN.id}?q=三务", "/api/"]


class Counting(FakeEngine):
    """Counts the searches for words that it answers: of all reports pages ask, too."""

    searches = 0

    def search(self, request: SearchRequest) -> SearchResult:
        self.searches += bool(request.q)
        return super().search(request)


@pytest.fixture
def engine() -> Counting:
    return Counting(samples.engine().reports)


@pytest.fixture
def client(engine: Counting) -> FlaskClient:
    return create_app(FixedSource(engine)).test_client()


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
@pytest.mark.parametrize("url", PAGES)
def test_a_page_is_sent_again_as_it_was(client: FlaskClient, url: str, accepted: str) -> None:
    first, again = (client.get(url, headers={"Accept-Encoding": accepted}) for _ in range(2))
    assert first.status_code == again.status_code == 200
    assert first.data == again.data
    told = [dict(answer.headers) | {"Server-Timing": ""} for answer in (first, again)]
    assert told[0] == told[1]
    assert "style-src 'sha256-" in again.headers["Content-Security-Policy"]


def test_what_is_sent_again_is_not_searched_again(client: FlaskClient, engine: Counting) -> None:
    client.get("/?q=三务")
    asked = engine.searches
    client.get("/?q=三务")
    assert engine.searches == asked
    client.get("/?q=三务&page=2")
    assert engine.searches > asked


def test_a_page_does_not_tell_how_long_its_search_took() -> None:
    """Whoever is sent it from memory would read the time of another reader."""

    class Slow(FakeEngine):
        def search(self, request: SearchRequest) -> SearchResult:
            return replace(super().search(request), took_ms=98_765.4)

    quick, slow = FakeEngine(samples.engine().reports), Slow(samples.engine().reports)
    first, second = (
        create_app(FixedSource(engine)).test_client().get("/?q=三务") for engine in (quick, slow)
    )
    assert first.status_code == 200
    assert first.data == second.data


def test_compressed_and_plain_are_told_apart(client: FlaskClient) -> None:
    plain = client.get("/?q=三务", headers={"Accept-Encoding": "identity"})
    packed = client.get("/?q=三务", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) != b""
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in client.get("/?q=三务").headers
    assert packed.headers["Content-Encoding"] == "gzip"


def test_languages_are_told_apart(client: FlaskClient) -> None:
    chinese = client.get("/?q=三务").text
    client.set_cookie("gongkai-language", "en")
    english = client.get("/?q=三务").text
    assert 'lang="zh-Hans"' in chinese.partition("<head>")[0]
    assert 'lang="en"' in english.partition("<head>")[0]
    client.delete_cookie("gongkai-language")
    assert client.get("/?q=三务").text == chinese


def test_hosts_are_told_apart(client: FlaskClient) -> None:
    """A page cites itself: who asks by another name must not decide what others quote."""
    url = f"/reports/{TOWN.id}"
    other = client.get(url, headers={"Host": "elsewhere.example"})
    assert "elsewhere.example" in other.text
    assert "elsewhere.example" not in client.get(url).text


def test_a_newer_index_is_another_page(client: FlaskClient, engine: Counting) -> None:
    client.get("/?q=三务")
    asked = engine.searches
    engine.generation = "another"
    client.get("/?q=三务")
    assert engine.searches > asked


def test_only_pages_that_are_well_are_kept(client: FlaskClient, engine: Counting) -> None:
    icon = assets.asset_url("icon.svg")
    for url in ("/?page=0", "/reports/ffffffffffff", "/api/search?q=三务", "/healthz", icon):
        client.get(url).close()
        client.head("/?q=三务")
    pages = client.application.kept._pages  # type: ignore[attr-defined]
    assert not pages._values


def test_they_are_bounded(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LARGEST", 100)
    client.get("/?q=三务")
    pages = client.application.kept._pages  # type: ignore[attr-defined]
    assert not pages._values
    assert pages._most == kept.MOST
