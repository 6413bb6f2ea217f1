"""A request that changes something is taken from a page of ours alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import fake_reports as samples
import pytest
from chromium import served
from flask import Flask, render_template_string

from search.saved.database import Database
from search.source import FixedSource
from web import writing
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FORM = '<form method="post" action="/keep">{% include "token.html" %}<button>记下</button></form>'


def app_of(public_url: str | None = None) -> Flask:
    app = create_app(FixedSource(samples.engine()), public_url=public_url)
    app.add_url_rule("/form", "form", lambda: render_template_string(FORM))
    app.add_url_rule("/keep", "keep", lambda: writing.form(1).get("text", "kept"), methods=["POST"])
    return app


def token_of(app: Flask) -> str:
    found = re.search(r'name="token" value="(\w+)"', app.test_client().get("/form").text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("host", "headers", "status"),
    [
        ("localhost:8000", {"Sec-Fetch-Site": "same-origin"}, 200),
        ("127.0.0.1:8000", {"Origin": "http://127.0.0.1:8000"}, 200),
        ("192.168.1.5:8000", {"Sec-Fetch-Site": "same-origin"}, 200),
        ("[::1]:8000", {"Sec-Fetch-Site": "same-origin"}, 200),
        ("localhost:8000", {}, 403),  # a browser says one or the other
        ("localhost:8000", {"Origin": "null"}, 403),
        ("localhost:8000", {"Origin": "http://evil.example"}, 403),
        ("localhost:8000", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("localhost:8000", {"Sec-Fetch-Site": "same-site"}, 403),
        (
            "localhost:8000",
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost:8000"},
            403,
        ),
        # a name that was made to lead here
        ("evil.example:8000", {"Sec-Fetch-Site": "same-origin"}, 403),
        ("evil.example:8000", {"Origin": "http://evil.example:8000"}, 403),
    ],
)
def test_where_it_must_come_from(host: str, headers: dict[str, str], status: int) -> None:
    app = app_of()
    answer = app.test_client().post(
        "/keep", data={"token": token_of(app)}, headers={"Host": host, **headers}
    )
    assert answer.status_code == status, answer.text
    if status == 403:
        assert "没有执行" in answer.text


def test_a_published_name_is_ours() -> None:
    app = app_of("https://reports.example.org")
    data = {"token": token_of(app)}
    for host, status in (("reports.example.org", 200), ("other.example.org", 403)):
        headers = {"Host": host, "Sec-Fetch-Site": "same-origin"}
        assert app.test_client().post("/keep", data=data, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("192.168.1.5", 200),
        ("[::1]:8000", 200),
        ("evil.example", 403),
        ("a_b.evil.example", 403),
        ("xn--fiqs8s.example", 403),
        ("127.0.0.1:99999", 403),
        ("", 403),
    ],
)
def test_what_is_a_readers_own_is_shown_at_our_hosts_alone(
    tmp_path: Path, host: str, status: int
) -> None:
    saved = Database(tmp_path / "index.saved")
    reader = create_app(FixedSource(samples.engine()), saved=saved).test_client()
    for path in ("/saved", "/findings", "/findings.csv", "/api/saved", "/api/findings"):
        assert reader.get(path, headers={"Host": host}).status_code == status
    assert reader.get("/?q=三务", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("token", ["", "0" * 32, "记"])
def test_without_the_token_nothing_is_done(token: str) -> None:
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = app_of().test_client().post("/keep", data={"token": token}, headers=headers)
    assert answer.status_code == 403


def test_another_process_has_another_token() -> None:
    assert token_of(app_of()) != token_of(app_of())


@pytest.mark.parametrize(("size", "status"), [(500, 200), (1_500, 413), (3_000_000, 413)])
def test_a_form_is_never_too_large(size: int, status: int) -> None:
    app = app_of()
    data = {"token": token_of(app), "text": "x" * size}
    answer = app.test_client().post("/keep", data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == status


@pytest.fixture
def served_form() -> Iterator[str]:
    with served(app_of()) as address:
        yield address


@pytest.mark.browser
def test_a_browser_sends_what_is_needed(browser: Browser, served_form: str) -> None:
    page = browser.new_page()
    page.goto(served_form + "/form")
    page.get_by_role("button").click()
    page.wait_for_url("**/keep")
    assert page.text_content("body") == "kept"
    page.close()
