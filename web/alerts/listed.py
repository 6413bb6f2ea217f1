"""Saved searches as their page lists them: those with news first, then those that could not be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.errors import GongkaiError
from indexer.messages import Message
from search.model import SearchRequest
from search.saved import searches
from search.saved.asked import request_of
from search.saved.database import Database
from search.saved.searches import News, Saved, Target
from web.alerts.address import subscribe_url
from web.urls import report_url, search_url

SHOWN = 50
"""News of a search that the page has."""
Group = Literal["news", "trouble", "rest"]
GROUPS: tuple[Group, ...] = ("news", "trouble", "rest")


@dataclass(frozen=True, slots=True)
class Listed:
    """A saved search, what it asks for, None where it no longer can be asked, and why it was not compared."""

    saved: Saved
    asked: SearchRequest | None
    trouble: Message | None

    @property
    def group(self) -> Group:
        if self.saved.unread:
            return "news"
        return "trouble" if self.trouble else "rest"


@dataclass(frozen=True, slots=True)
class Item:
    """One of them as the page shows it: its address and that of its feed's page, None where it cannot be asked;
    its news, each with its report's address, None where that is gone; where they are sent."""

    listed: Listed
    href: str | None
    subscribe: str | None
    news: list[tuple[News, str | None]]
    targets: list[Target]

    @property
    def shown(self) -> str:
        """The news on the page: others are not read with them."""
        return " ".join(str(news.id) for news, _ in self.news)


def in_order(database: Database) -> list[Listed]:
    """All of them, group by group, the newest first. Raises SavedError."""
    every = [_listed(one) for one in searches.every(database)]
    return sorted(every, key=lambda one: (GROUPS.index(one.group), -one.saved.id))


def _listed(one: Saved) -> Listed:
    try:
        return Listed(one, request_of(one.asked), one.trouble)
    except GongkaiError as error:
        return Listed(one, None, error.message)


def items(database: Database, chosen: Iterable[Listed]) -> list[Item]:
    """Those as they are shown. Raises SavedError."""
    targets = searches.targets(database)
    return [_item(database, one, targets) for one in chosen]


def _item(database: Database, one: Listed, targets: Sequence[Target]) -> Item:
    number, asked = one.saved.id, one.asked
    told = searches.news(database, number, SHOWN) if one.saved.unread else []
    return Item(
        one,
        search_url(asked) if asked else None,
        subscribe_url(asked) if asked else None,
        [(news, _report(news, asked)) for news in told],
        [target for target in targets if target.search == number],
    )


def _report(news: News, asked: SearchRequest | None) -> str | None:
    if asked is None or news.what == "gone":
        return None
    return report_url(news.report, asked.unfiltered())
