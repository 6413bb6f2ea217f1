"""The facts in a page's head: its title, and the names that government sites agree on."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from indexer.reading.lines import one_line, trim

_NAMES = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "source",
    "sitename": "site",
    "columnname": "column",
    "keywords": "keywords",
    "description": "description",
    "author": "author",
    "url": "url",
    "og:title": "title",
    "og:url": "url",
    "og:site_name": "site",
    "article:published_time": "published",
}


def read_meta(page: LexborHTMLParser) -> dict[str, str]:
    """The facts by the names of `Document.meta`; the first of a name counts."""
    meta: dict[str, str] = {}
    for node in page.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or ""
        _put(meta, _NAMES.get(name.strip().lower()), attributes.get("content"))
    for node in page.css("link[rel=canonical]"):
        _put(meta, "url", node.attributes.get("href"))
    for node in page.css("head > title"):
        _put(meta, "page_title", node.text())
    return meta


def _put(meta: dict[str, str], key: str | None, value: str | None) -> None:
    if key and value and (fact := trim(one_line(value))):
        meta.setdefault(key, fact)
