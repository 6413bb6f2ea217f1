"""Every address there is, whatever it answers: what browsers are told to do with it, and what it links to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_engine import FakeEngine
from fake_reports import ECHOES, HOSTILE, LIKENESSES, TOWN
from flask import Flask
from reading_pages import Elements
from routes import addresses
from saved_samples import saved_searches
from werkzeug.test import TestResponse

from indexer.errors import DamagedIndexError
from indexer.messages import Message
from search.source import FixedSource
from web.app import create_app

FOLDER = "/srv/gongkai/索引 index"
SAFE_PARTS = {
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
"""What the policy says beside the styles; a file of somebody else's is in a sandbox instead."""


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    engine = FakeEngine((TOWN, HOSTILE), likenesses=LIKENESSES, echoing={TOWN.id: ECHOES})
    return create_app(FixedSource(engine), saved=saved_searches(tmp_path))


def answers(app: Flask, query: str = "") -> Iterator[tuple[str, TestResponse]]:
    """Of every address, of a report that is hostile where it is one's."""
    for _, method, path in addresses(app, {"report_id": HOSTILE.id}):
        if method == "GET":
            with app.test_client().get(f"{path}{query}") as answer:
                yield path, answer


def test_every_answer_says_what_a_browser_may_do_with_it(app: Flask) -> None:
    seen = 0
    for path, answer in answers(app, "?q=%E5%85%AC%E5%BC%80"):
        headers, policy = answer.headers, answer.headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert "unsafe" not in policy, path
        if not policy.startswith("sandbox"):
            assert set(policy.split("; ")) >= SAFE_PARTS, path
        assert answer.content_type, path
        seen += 1
    assert seen > 40


def test_no_page_has_a_script_or_a_style_that_its_policy_refuses(app: Flask) -> None:
    """Nor any of its elements one of its own."""
    pages = 0
    for path, answer in answers(app, "?q=%E5%85%AC%E5%BC%80"):
        if answer.mimetype != "text/html":
            continue
        pages += 1
        for tag, attributes in Elements(answer.text).all:
            assert "style" not in attributes, (path, tag)
            assert not [name for name in attributes if name.startswith("on")], (path, tag)
            if tag == "script":
                assert attributes["src"].startswith("/static/js/"), path
    assert pages > 12


def test_what_stands_in_a_report_is_no_link_but_of_the_web(app: Flask) -> None:
    """Its address is one of javascript: here; file: and data: are none either."""
    linked = 0
    for path, answer in answers(app, "?q=%E5%85%AC%E5%BC%80"):
        if answer.mimetype != "text/html":
            continue
        for tag, attributes in Elements(answer.text).all:
            for name in ("href", "src", "action", "formaction", "srcset", "poster"):
                target = (attributes.get(name) or "/").strip().lower()
                linked += 1
                assert target.startswith(("/", "#", "http://", "https://")), (path, tag, target)
                assert not target.startswith("//"), (path, tag, target)
    assert linked > 1_000


def test_no_answer_says_where_files_are(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an index that is damaged, the terminal tells the folder; pages and programs get its name."""

    def damaged() -> None:
        raise DamagedIndexError(
            Message(
                "index_damaged",
                folder=FOLDER,
                faults=(Message("index_file_damaged", path=f"{FOLDER}/gongkai.json"),),
            ),
            hint=Message("index_missing", folder=FOLDER),
        )

    monkeypatch.setattr(FixedSource, "now", lambda _: damaged())
    told = 0
    for path, answer in answers(app):
        assert "/srv" not in answer.text, path
        told += "索引 index" in answer.text and "gongkai.json" in answer.text
    assert told > 20


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/setup.cfg",
        "/static//etc/passwd",
        "/static/js/../../app.py",
        "/static/C:%5cWindows%5cwin.ini",
        "/static/icon.svg%00.js",
        "/static/",
        "/static/js",
        "/../../etc/passwd",
        f"/reports/{TOWN.id}/../../../etc/passwd",
        "/reports/..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_file_but_those_of_static_is_reached(app: Flask, path: str) -> None:
    answer = app.test_client().get(path, follow_redirects=True)
    assert answer.status_code == 404
    assert not re.search("root:|create_app|install_requires", answer.text)
