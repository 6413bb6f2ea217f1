"""Findings for tests: how a reader collects one, and links to quote from."""

from __future__ import annotations

import re
from typing import Any

from fake_reports import TOWN
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.links import checksum
from search.saved.finding import Facts, Finding, Passage
from web.urls import passage_url

SAME = {"Sec-Fetch-Site": "same-origin"}
TEXT = TOWN.text()
ODD = "‮<b>&amp;\\*_[x](y)</b>\n\n  =1+1\t| \u3000“引”\u2028# 一\n1. 二\n- 三"
"""All that a format could take for its own."""


def link(start: int, end: int, report: Any = TOWN) -> str:
    return passage_url(report.id, start, end, checksum(report.text()[start:end]))


def send(reader: FlaskClient, path: str, **fields: Any) -> TestResponse:
    found = re.search(r'name="token" value="(\w+)"', reader.get("/verify").text)
    assert found
    headers = {**SAME, **fields.pop("headers", {})}
    return reader.post(path, data={"token": found[1], **fields}, headers=headers)


def finding(note: str = "", *, quote: str = "三务公开", start: int = 3, label: str = "") -> Finding:
    passage = Passage("0123456789ab", start, start + len(quote), checksum(quote), quote)
    facts = Facts("年报", "甲省 / 乙市", 2020, "disclosure", source="甲/乙.txt")
    times = {"made": "2026-01-02T03:04:05Z", "changed": "2026-01-02T03:04:05Z"}
    return Finding(passage, facts, label, note, **times)


QUOTED = TEXT[:6]
LINK = link(0, 6)
