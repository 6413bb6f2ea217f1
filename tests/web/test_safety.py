"""Every page is well made, whatever stands in reports and URLs."""

from __future__ import annotations

import re
from html import unescape

import fake_reports as samples
import pytest
from fake_reports import EMPTY, HOSTILE, TOWN
from flask.testing import FlaskClient
from reading_pages import Elements

from search.links import checksum
from web.said import told

LINK = f"/reports/{TOWN.id}/0-3/{checksum(TOWN.title[:3])}"

ALL_PAGES = [
    "/",
    "/rejected",
    "/?q=三务",
    "/?q=三务&page=99",
    "/?q=zzz&year=2020&literal=1",
    "/?q=(",
    "/nothing",
    f"/reports/{TOWN.id}?q=三务",
    f"/reports/{HOSTILE.id}?q=三务",
    f"/reports/{EMPTY.id}",
    LINK,
]


@pytest.mark.parametrize("url", ALL_PAGES)
def test_every_page_is_sound(client: FlaskClient, url: str) -> None:
    html = client.get(url).text
    page = Elements(html)
    tags = [tag for tag, _ in page.all]
    assert tags.count("h1") == 1
    assert tags.count("main") == 1
    assert html.partition("</head>")[0].count("<title>") == 1
    scripts = [attributes for tag, attributes in page.all if tag == "script"]
    assert all(script["src"].startswith("/static/js/") for script in scripts)
    assert len(page.ids) == len(set(page.ids))
    for tag, attributes in page.all:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        target = attributes.get("href") or attributes.get("src") or attributes.get("action") or "/"
        known = target.startswith(("/", "#", "https://example.invalid/"))
        assert known, f"<{tag}> leads to {target}"
        if target.startswith("#"):
            assert target[1:] in page.ids
    assert "{{ " not in html.replace("{{ 7*7 }}", "")


TAGS = """
html head meta title link style script body a header form div label input button fieldset legend main footer
h1 h2 h3 p span ul ol li nav section article details summary dl dt dd bdi mark code svg rect table
tr td th pre kbd g text title path b aside
"""
ATTRIBUTES = """
lang charset name content rel href type class aria-label action method role for id value
placeholder form d data-table data-text data-before data-after data-here data-away data-ended data-current autocomplete autocapitalize spellcheck enterkeyhint title checked aria-labelledby
aria-current aria-hidden viewbox preserveaspectratio width height inputmode min max start tabindex
autofocus hidden src scope open x y aria-describedby data-copy data-path data-at data-done data-failed
blocking data-year data-suggestions data-recent data-keys data-remove data-clear data-newest
"""


@pytest.mark.parametrize(
    "url",
    [
        "/?q=三务",
        "/?q=三务&issuer=%22%3E%3Cscript%3Ealert(2)%3C/script%3E%E2%81%A9%E2%80%AE%E5%8A%9E",
        f"/reports/{HOSTILE.id}?q=三务",
        '/?q="><script>alert(5)</script>&region="><script>&sort=year',
        '/?q=("><script>alert(5)</script>&region="><script>',
        '/?q=x&sort="><script>',
        '/reports/"><script>',
        '/reports/x/"><script>/y',
        "/?q=的",
    ],
)
def test_hostile_text_comes_out_escaped(client: FlaskClient, url: str) -> None:
    page = Elements(client.get(url).text)
    assert {tag for tag, _ in page.all} <= set(TAGS.split())
    assert {name for _, attributes in page.all for name in attributes} <= set(ATTRIBUTES.split())
    for _, attributes in page.all:
        assert not (attributes.get("href") or "").lower().startswith("javascript")


def test_hostile_text_is_shown_as_it_is(client: FlaskClient) -> None:
    html = client.get(f"/reports/{HOSTILE.id}").text
    text = unescape(re.sub(r"<[^>]*>", "", html))
    for part in (
        HOSTILE.title,
        samples.HOSTILE_LINE,
        samples.HOSTILE_URL,
        *map(told, HOSTILE.warnings),
    ):
        assert part in text


def test_the_title_of_the_window_has_no_controls(client: FlaskClient) -> None:
    title = re.search(r"<title>(.*?)</title>", client.get(f"/reports/{HOSTILE.id}").text)
    assert title
    assert not set(title[1]) & {samples.RLO, samples.PDI, samples.RLI}
