"""Answers say how long they took."""

from __future__ import annotations

import re

import pytest
from fake_engine import FakeEngine
from flask.testing import FlaskClient

from search.source import FixedSource
from web.app import create_app


@pytest.mark.parametrize(
    "url", ["/", "/?q=三务", "/nothing", "/?q=(", "/api/search?q=三务", "/language/en"]
)
def test_every_answer_says_how_long_it_took(client: FlaskClient, url: str) -> None:
    first = client.get(url)
    again = client.get(url)  # a page comes from memory now
    unchanged = client.get(url, headers={"If-None-Match": first.headers.get("ETag", "")})
    for answer in (first, again, unchanged):
        assert re.fullmatch(r"app;dur=\d+\.\d", answer.headers["Server-Timing"])


def test_it_is_told_in_milliseconds(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([1.0, 1.25])
    monkeypatch.setattr("web.http.timing.time.perf_counter", lambda: next(clock))
    told = (
        create_app(FixedSource(FakeEngine(())))
        .test_client()
        .get("/healthz")
        .headers["Server-Timing"]
    )
    assert told == "app;dur=250.0"
