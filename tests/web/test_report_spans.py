"""Selections that begin at the end of a line or cell, or hold quotes only."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.text.fold import fold
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.query.parse import parse
from search.query.tree import Phrase
from search.source import FixedSource
from web.app import create_app
from web.report.spans import elsewhere_url


@pytest.fixture
def pages(samples: IndexEngine) -> FlaskClient:
    return create_app(FixedSource(samples)).test_client()


@pytest.mark.parametrize("separator", ["\n", "\t"])
def test_a_passage_from_a_separator_on_opens_at_its_words(
    samples: IndexEngine, pages: FlaskClient, separator: str
) -> None:
    for hit in samples.search(SearchRequest(size=100, passages=0)).reports:
        text = samples.report(hit.id).text()
        if separator not in text:
            continue
        at = text.index(separator)
        span = f"/reports/{hit.id}/{at}-{at + 4}"
        link = urlsplit(pages.get(f"{span}/quote").get_json()["url"]).path
        assert 'id="passage"' in pages.get(link).text
        found = pages.get(f"{span}/elsewhere", follow_redirects=True)
        assert found.status_code in (200, 404)


def test_published_links_from_a_separator_on_open_too(
    samples: IndexEngine, pages: FlaskClient
) -> None:
    from search.links import checksum

    report = samples.search(SearchRequest(size=1, passages=0)).reports[0].id
    text = samples.report(report).text()
    at = text.index("\n")
    link = f"/reports/{report}/{at}-{at + 4}/{checksum(text[at : at + 4])}"
    assert 'id="passage"' in pages.get(link).text


def test_elsewhere_of_quotes_only_is_no_query(samples: IndexEngine, pages: FlaskClient) -> None:
    for hit in samples.search(SearchRequest(size=100, passages=0)).reports:
        at = samples.report(hit.id).text().find("“")
        if at >= 0:
            assert pages.get(f"/reports/{hit.id}/{at}-{at + 1}/elsewhere").status_code == 404
            return
    pytest.fail("no sample has a quote")


@pytest.mark.parametrize(
    "text",
    [
        "问题是否公开？公开之后谁来监督",
        "是否公开?之后",
        "a?b",
        "“三务”公开*公示＊栏",
        "为什么？！公开",
    ],
)
def test_elsewhere_is_the_passage_as_a_phrase(text: str) -> None:
    """Also where it holds what would be a wildcard: a question mark ends a sentence."""
    query = parse_qs(urlsplit(elsewhere_url(text)).query)["q"][0]
    tree = parse(query).tree
    assert isinstance(tree, Phrase)
    assert tree.folded == fold(text)
