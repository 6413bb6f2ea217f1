"""The issuers: a long list that can be looked through."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from reading_pages import facet_links, query_of

from web.texts import t


def test_long_facets_are_folded(client: FlaskClient) -> None:
    html = client.get("/?q=三务").text
    assert len(facet_links(html, "issuer")) == 60
    assert re.search(r"更多（52）.*另有 \d+ 个未列出", html, re.S)


@pytest.mark.parametrize(
    ("like", "found"),
    [
        ("臨江", {"臨江市人民政府辦公室"}),
        ("临 江市", {"臨江市人民政府辦公室"}),
        ("青山镇", {"青山镇人民政府"}),
        ("没有的", set()),
    ],
)
def test_issuers_are_looked_up_by_any_spelling(
    client: FlaskClient, like: str, found: set[str]
) -> None:
    html = client.get("/", query_string={"q": "三务", "issuer_like": like}).text
    links = facet_links(html, "issuer")
    assert set(links) == found
    assert all(query_of(href)["issuer_like"] == [like] for href in links.values())
    assert (t("issuer_none", text=like) in html) == (not found)
    back = re.search(r'<p class="looked-up"><a href="([^"]*)"', html)
    assert back
    assert query_of(back[1]) == {"q": ["三务"]}


def test_what_is_beyond_the_list_is_found(client: FlaskClient) -> None:
    listed = facet_links(client.get("/?q=三务").text, "issuer")
    found = facet_links(client.get("/?q=三务&issuer_like=西川省乙市").text, "issuer")
    assert found.keys() - listed.keys()


def test_the_form_keeps_the_state_and_a_chosen_issuer_stays(client: FlaskClient) -> None:
    html = client.get(
        "/?q=三务&year=2020&page=2&issuer=青山镇人民政府&issuer_like=臨江&open=110000"
    ).text
    assert "青山镇人民政府" in facet_links(html, "issuer")
    form = re.search(r'<form class="lookup".*?</form>', html, re.S)
    assert form
    names = re.findall(r'type="hidden" name="(\w+)"', form[0])
    assert names == ["q", "year", "issuer", "open"]
    assert 'value="臨江"' in form[0]


def test_a_short_list_needs_no_lookup(client: FlaskClient) -> None:
    html = client.get("/?q=三务&genre=work_report").text
    assert 'class="lookup"' not in html
