"""The addresses of feeds, and of the pages that tell what to do with one."""

from __future__ import annotations

from dataclasses import replace

from search.model import DEFAULTS, SearchRequest
from web.urls import search_url

PATH = "/feed.atom"
PAGE = "/subscribe"


def feed_url(asked: SearchRequest) -> str:
    """The feed of a search, whatever page of it is looked at, and how many reports that has."""
    return exact_feed_url(replace(asked, size=DEFAULTS["size"]))


def exact_feed_url(asked: SearchRequest) -> str:
    """The same with so many reports as are asked for."""
    return PATH + _query(asked)


def subscribe_url(asked: SearchRequest) -> str:
    """The page with the feed of a search to copy."""
    return PAGE + _query(replace(asked, size=DEFAULTS["size"]))


def _query(asked: SearchRequest) -> str:
    """The order of a feed is its own."""
    return search_url(replace(asked, page=1, sort=DEFAULTS["sort"])).removeprefix("/")
