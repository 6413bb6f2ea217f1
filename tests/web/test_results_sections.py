"""A search within kinds of sections promises hits that its links must keep."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from search.local.engine import IndexEngine
from search.source import FixedSource
from web.app import create_app

ALL = re.compile(r'href="([^"]*)#hit-1">([0-9,]+) 处')


@pytest.fixture
def pages(samples: IndexEngine) -> FlaskClient:
    return create_app(FixedSource(samples)).test_client()


@pytest.mark.parametrize("q", ["政府", "政府 -公开", "公开"])
@pytest.mark.parametrize("section", ["review", "overview"])
def test_as_many_hits_as_the_result_says(pages: FlaskClient, q: str, section: str) -> None:
    html = pages.get("/", query_string={"q": q, "section": section}).text
    promised = ALL.findall(html)
    assert len(promised) == html.count('<p class="hits">')
    assert promised or q == "政府 -公开"
    for href, count in promised:
        assert f"{count} 处" in pages.get(unescape(href)).text
        marked = pages.get(unescape(href)).text
        assert marked.count('<mark class="hit" id=') == int(count.replace(",", ""))
