"""What is kept and for how long, what travels compressed, and which methods are taken."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import fake_reports as samples
import pytest
from chromium import MARKS, served
from fake_engine import FakeEngine
from fake_reports import FORMER_ID, TOWN
from flask import Response, request
from flask.testing import FlaskClient

from search.links import checksum
from search.source import FixedSource
from web import assets
from web.app import create_app
from web.http import headers
from web.http.compression import LEAST

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TAGGED = [
    "/",
    "/rejected",
    "/?q=三务",
    "/concordance?q=三务",
    f"/reports/{TOWN.id}?q=三务",
    f"/reports/{TOWN.id}/0-3/{checksum(TOWN.title[:3])}",
    f"/reports/{TOWN.id}/0-3/quote",
    "/api/",
    "/api/search?q=三务",
    "/api/concordance?q=三务",
    "/api/collocates?q=三务",
    "/api/trend?q=三务",
    f"/api/reports/{TOWN.id}",
    f"/api/reports/{TOWN.id}/hits?q=三务",
    "/api/suggest?q=三",
    "/api/suggest/opensearch?q=三",
    "/api/regions",
    "/api/openapi.json",
    "/opensearch.xml",
]
ICON = assets.asset_url("icon.svg")


@pytest.mark.parametrize("url", TAGGED)
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, url: str) -> None:
    first = client.get(url)
    assert first.headers["ETag"].startswith('W/"')
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[name] == first.headers[name]
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert set(first.headers["Vary"].split(", ")) == {"Cookie", "Accept-Encoding"}
    assert "Content-Security-Policy" not in again.headers
    assert client.get(url, headers={"If-None-Match": "*"}).status_code == 200
    assert client.head(url).headers["ETag"] == first.headers["ETag"]


class Today(date):
    """A day after all others."""

    @classmethod
    def today(cls) -> Today:
        return cls(2100, 1, 1)


def test_a_tag_changes_with_all_that_the_page_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = FakeEngine(samples.engine().reports)
    client = create_app(FixedSource(engine)).test_client()

    def tag(url: str = "/?q=三务") -> str:
        return client.get(url).headers["ETag"]

    tags = [tag(), tag("/?q=三"), tag("/?q=三务&"), tag("/api/search?q=三务")]
    client.set_cookie("gongkai-language", "en")
    tags.append(tag())
    engine.generation = "2"
    tags.append(tag())
    monkeypatch.setattr(assets, "program_version", lambda: "newer")
    tags.append(tag())
    monkeypatch.setattr("web.http.tags.date", Today)
    tags.append(tag())
    assert len(set(tags)) == len(tags)
    assert tag() == tags[-1]


@pytest.mark.parametrize(
    ("url", "status"), [("/?q=(", 400), ("/nothing", 404), ("/api/search?page=x", 400)]
)
def test_errors_are_not_kept(client: FlaskClient, url: str, status: int) -> None:
    answer = client.get(url)
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("url", [f"/reports/{FORMER_ID}", f"/api/reports/{FORMER_ID}"])
def test_redirects_are_asked_for_anew(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 301
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        (ICON, headers.ASSET),
        ("/static/icon.svg", headers.BARE_ASSET),
        ("/static/icon.svg?v=000000000000", headers.BARE_ASSET),
    ],
)
def test_assets_are_kept_at_the_address_with_their_digest(
    client: FlaskClient, url: str, kept: str
) -> None:
    with client.get(url) as answer:
        assert answer.headers["Cache-Control"] == kept
        tag = answer.headers["ETag"]
    with client.get(url, headers={"If-None-Match": tag}) as again:
        assert (again.status_code, again.headers["Cache-Control"]) == (304, kept)


@pytest.mark.parametrize("url", ["/", "/?q=三务", "/api/search", "/api/", "/nothing"])
def test_answers_travel_compressed(client: FlaskClient, url: str) -> None:
    plain = client.get(url)
    packed = client.get(url, headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.data))
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers.get("ETag") == plain.headers.get("ETag")
    head = client.head(url, headers={"Accept-Encoding": "gzip"})
    assert head.data == b""
    assert head.headers["Content-Length"] == packed.headers["Content-Length"]


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "*;q=0"])
def test_nothing_is_compressed_for_who_cannot_read_it(client: FlaskClient, accepted: str) -> None:
    answer = client.get("/", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers


def test_small_answers_are_sent_as_they_are(client: FlaskClient) -> None:
    answer = client.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) < LEAST
    assert "Content-Encoding" not in answer.headers


def test_assets_travel_compressed_with_a_weak_tag(client: FlaskClient) -> None:
    packing = {"Accept-Encoding": "gzip"}
    with client.get("/static/css/base.css", headers=packing) as answer:
        assert gzip.decompress(answer.data) == (assets.STATIC / "css/base.css").read_bytes()
        tag = answer.headers["ETag"]
        assert tag.startswith('W/"')
    with client.get("/static/css/base.css", headers={**packing, "If-None-Match": tag}) as again:
        assert again.status_code == 304


@pytest.mark.parametrize("url", [*TAGGED, "/healthz", "/static/icon.svg", "/static/none.svg"])
def test_options_tell_the_methods(client: FlaskClient, url: str) -> None:
    answer = client.options(url)
    assert answer.status_code == 200
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert answer.data == b""


@pytest.fixture
def statuses() -> list[int]:
    """Of the pages that the browser got."""
    return []


@pytest.fixture
def page(statuses: list[int], browser: Browser) -> Iterator[Page]:
    """A page of a fresh browser."""
    app = create_app(FixedSource(samples.engine()))

    @app.after_request
    def note(response: Response) -> Response:
        if request.path == "/":
            statuses.append(response.status_code)
        return response

    with served(app) as address:
        context = browser.new_context(base_url=address)
        yield context.new_page()
        context.close()


@pytest.mark.browser
@MARKS[1]
def test_a_page_that_was_kept_has_its_styles_and_follows_the_language(
    page: Page, statuses: list[int]
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    def seen() -> tuple[str | None, str]:
        """The language of the page, and a colour from its styles."""
        page.goto("/?q=三务")
        colour: str = page.locator(".top").evaluate("e => getComputedStyle(e).backgroundColor")
        return page.locator("html").get_attribute("lang"), colour

    chinese = ("zh-Hans", "rgb(251, 250, 248)")
    assert [seen(), seen()] == [chinese, chinese]
    assert statuses == [200, 304]
    page.get_by_role("link", name="English").click()
    assert [seen(), seen()] == [("en", chinese[1])] * 2
    assert statuses[-1] == 304
    assert complaints == []
