"""Which pages of other sites may read the API, and what they may not read."""

from __future__ import annotations

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import fake_reports as samples
import pytest
from chromium import CHROMIUM, NEEDED, served
from fake_reports import FORMER_ID, TOWN
from flask import Flask, Response, session
from flask.testing import FlaskClient

from indexer.errors import RequestError
from search.source import FixedSource
from web.app import create_app
from web.http.cors import origins

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SITE = "https://example.org"
OTHER = "https://elsewhere.example"
ALLOW = "Access-Control-Allow-Origin"
API = [
    "/api/search?q=三务",
    f"/api/reports/{TOWN.id}",
    f"/api/reports/{FORMER_ID}",
    "/api/openapi.json",
    "/api/search?q=(",
    "/api/none",
]
PAGES = [
    "/",
    "/?q=三务",
    f"/reports/{TOWN.id}",
    "/api/",
    "/healthz",
    "/search.csv?q=三务",
    "/opensearch.xml",
]


def app(*cors: str) -> Flask:
    return create_app(FixedSource(samples.engine()), cors=cors)


def varies(response: Response) -> set[str]:
    return {name.strip() for name in response.headers["Vary"].split(",")}


@pytest.mark.parametrize("url", API)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_site_that_is_named_may_read_the_api(url: str, method: str) -> None:
    client = app(SITE, "http://127.0.0.1:3000").test_client()
    answer = client.open(url, method=method, headers={"Origin": SITE})
    assert answer.headers[ALLOW] == SITE
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Origin" in varies(answer)
    for headers in ({"Origin": OTHER}, {"Origin": "null"}, {"Origin": f"{SITE}.evil.example"}, {}):
        refused = client.open(url, method=method, headers=headers)
        assert ALLOW not in refused.headers
        assert "Origin" in varies(refused)
        assert refused.data == answer.data or "took_ms" in answer.text


@pytest.mark.parametrize("url", API)
def test_any_site_may_where_that_was_said(url: str) -> None:
    client = app("*").test_client()
    for headers in ({"Origin": OTHER}, {}):
        answer = client.get(url, headers=headers)
        assert answer.headers[ALLOW] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Origin" not in varies(answer)


@pytest.mark.parametrize("cors", [(SITE,), ("*",)])
@pytest.mark.parametrize("url", PAGES)
def test_no_page_is_read(cors: tuple[str, ...], url: str) -> None:
    answer = app(*cors).test_client().get(url, headers={"Origin": SITE})
    assert ALLOW not in answer.headers
    assert "Origin" not in varies(answer)


@pytest.mark.parametrize("url", [*API, *PAGES])
def test_nobody_may_unless_it_was_said(client: FlaskClient, url: str) -> None:
    for method in ("GET", "OPTIONS"):
        headers = {"Origin": SITE, "Access-Control-Request-Method": "GET"}
        answer = client.open(url, method=method, headers=headers)
        assert not [name for name in answer.headers if name[0].startswith("Access-Control")]
        assert "Origin" not in varies(answer)


def test_what_a_browser_asks_before(client: FlaskClient) -> None:
    named = app(SITE).test_client()

    def asked(origin: str, method: str, url: str = API[0]) -> Response:
        headers = {"Origin": origin, "Access-Control-Request-Method": method}
        return named.options(url, headers=headers)  # type: ignore[return-value]

    granted = asked(SITE, "GET")
    assert granted.status_code == 204
    assert granted.headers[ALLOW] == SITE
    assert granted.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in granted.headers["Access-Control-Allow-Headers"]
    assert granted.headers["X-Content-Type-Options"] == "nosniff"
    for refused in (asked(OTHER, "GET"), asked(SITE, "POST"), asked(SITE, "GET", "/?q=三务")):
        assert ALLOW not in refused.headers
        assert "Access-Control-Allow-Methods" not in refused.headers
    assert ALLOW not in named.post(API[0], headers={"Origin": SITE}).headers


def test_what_is_known_already_is_told_apart_by_site() -> None:
    """304 says who may read, too; a tag of one site's answer is another's."""
    client = app(SITE).test_client()
    tag = client.get(API[0], headers={"Origin": SITE}).headers["ETag"]
    for origin, allowed in ((SITE, SITE), (OTHER, None)):
        headers = {"Origin": origin, "If-None-Match": tag}
        answer = client.get(API[0], headers=headers)
        assert answer.status_code == 304
        assert answer.headers.get(ALLOW) == allowed
        assert "Origin" in varies(answer)


def test_all_of_the_api_is_open_but_what_is_a_readers_own() -> None:
    """Whoever adds a view that is the same for all marks it, and opens it by that."""
    ours = app("*")
    rules = [rule for rule in ours.url_map.iter_rules() if "GET" in (rule.methods or ())]
    addresses = [rule.rule for rule in rules if rule.rule.startswith("/api/")]

    def is_closed(address: str) -> bool:
        url = re.sub("<[^>]+>", TOWN.id, address)
        return ALLOW not in ours.test_client().get(url, headers={"Origin": SITE}).headers

    assert len(addresses) > 10
    closed = set(filter(is_closed, addresses))
    assert closed == {"/api/", "/api/findings", "/api/saved"}
    assert ALLOW in ours.test_client().get("/feed.atom?q=三务", headers={"Origin": SITE}).headers


def test_what_is_a_readers_own_is_not_read() -> None:
    """A view under /api/ that is not the same for all stays closed, and so is one behind a login."""
    own = app("*")
    own.secret_key = "made up"
    own.add_url_rule("/api/mine", "mine", lambda: {"mine": session.get("name")})
    assert ALLOW not in own.test_client().get("/api/mine", headers={"Origin": SITE}).headers

    def guard() -> Response | None:
        return None if "name" in session else Response("", 401)

    guarded = create_app(FixedSource(samples.engine()), guard, cors=["*"])
    guarded.secret_key = "made up"
    headers = {"Origin": SITE, "Access-Control-Request-Method": "GET"}
    assert guarded.test_client().options(API[0], headers=headers).status_code == 204
    assert guarded.test_client().get(API[0], headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("named", "origin"),
    [
        ("*", "*"),
        ("https://example.org", "https://example.org"),
        ("https://Example.ORG/", "https://example.org"),
        ("https://example.org:443", "https://example.org"),
        ("http://example.org:8080", "http://example.org:8080"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_how_a_site_is_named(named: str, origin: str) -> None:
    assert origins([named]) == {origin}


@pytest.mark.parametrize(
    "named",
    ["", "null", "example.org", "ftp://example.org", "https://", "https://a.org/path", "https://a.org?x",
     "https://a.org#x", "https://u@a.org", "https://*.a.org", "https://a.org:x", "https://例.org",
     "https://a.org, https://b.org", "https://a.org\n", "https://a b.org", "http://[::1"],
)  # fmt: skip
def test_what_is_no_site(named: str) -> None:
    with pytest.raises(RequestError) as caught:
        origins([named])
    assert caught.value.parameter == "cors"
    assert "https://example.org" in str(caught.value)


class _Elsewhere(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>elsewhere</title>")

    def log_message(self, *_: object) -> None:
        """It says nothing."""


READS = """async ([url, headers]) => {
    try { return (await (await fetch(url, {headers})).json()).total.hits } catch (error) { return null }
}"""


@pytest.mark.browser
@pytest.mark.skipif(not NEEDED and not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}")
def test_a_browser_lets_the_named_site_read(browser: Browser) -> None:
    """Two sites of this machine's: one is named, the other is not."""
    sites = [ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere) for _ in range(2)]
    for site in sites:
        Thread(target=site.serve_forever, daemon=True).start()
    addresses = [f"http://127.0.0.1:{site.server_port}" for site in sites]
    try:
        with served(app(addresses[0])) as ours:
            read = {}
            for address in addresses:
                page = browser.new_page()
                page.goto(address)
                for headers in ({}, {"If-None-Match": '"x"'}):
                    asked = [f"{ours}/api/search?q=三务".replace("//api", "/api"), headers]
                    read[address, bool(headers)] = page.evaluate(READS, asked)
                page.close()
    finally:
        for site in sites:
            site.shutdown()
            site.server_close()
    hits = app().test_client().get("/api/search?q=三务").json["total"]["hits"]  # type: ignore[index]
    assert hits > 0
    assert [read[addresses[0], sent] for sent in (False, True)] == [hits, hits]
    assert [read[addresses[1], sent] for sent in (False, True)] == [None, None]
