"""What tests read out of a page."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit


class Elements(HTMLParser):
    """Every element of a page: (tag, attributes), and its ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))

    @property
    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.all if "id" in attributes]


def facet_links(html: str, name: str) -> dict[str, str]:
    """Label and href, as it stands in the page, of each value of one facet."""
    section = re.search(rf'<section class="facet facet-{name}".*?</section>', html, re.S)
    assert section
    found = re.findall(r'<a href="([^"]*)"[^>]*><bdi>([^<]*)</bdi>', section[0])
    return {unescape(label): href for href, label in found}


def year_links(html: str) -> dict[str, str]:
    """Year and href, as it stands in the page, of each bar of the chart of years."""
    found = re.findall(r'<a href="([^"]*)" data-year="(\d+)"', html)
    return {year: href for href, year in found}


def query_of(href: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(unescape(href)).query)


def read(html: str, name: str) -> str:
    """The text of the first element of a class, its spaces as one."""
    found = re.search(rf'<(\w+) class="{name}".*?</\1>', html, re.S)
    assert found, name
    return " ".join(unescape(re.sub("<[^>]*>", "", found[0])).split())
