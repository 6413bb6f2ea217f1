"""The page of saved searches: what is new of each, and the forms that save, read and remove."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from indexer.errors import GongkaiError
from indexer.messages import Message
from search.model import SearchRequest
from search.saved import searches
from search.saved.asked import kept, request_of
from search.saved.database import Database
from search.saved.looking import look
from search.saved.searches import MAX_NAME, News, Saved, Target
from web.alerts.address import subscribe_url
from web.alerts.named import headline
from web.pages import box, engine, page, saved
from web.params import read
from web.urls import report_url, search_url
from web.writing import form

blueprint = Blueprint("saved", __name__)

_NUMBER = re.compile("[0-9]{1,15}")
SHOWN = 50
"""News of a search that the page shows."""


@dataclass(frozen=True, slots=True)
class Item:
    """A saved search as the page shows it; `href` and `subscribe` are None where it no longer can be asked."""

    saved: Saved
    href: str | None
    subscribe: str | None
    news: list[tuple[News, str | None]]
    targets: list[Target]

    @property
    def shown(self) -> str:
        """The news on the page: others are not read with them."""
        return " ".join(str(news.id) for news, _ in self.news)


@blueprint.get("/saved")
def overview() -> Response:
    """All of them: those with news first, then the newest."""
    database = saved()
    targets = searches.targets(database)
    every = sorted(searches.every(database), key=lambda one: (not one.unread, -one.id))
    items = [_item(database, one, targets) for one in every]
    return page("alerts/page.html", box=box(SearchRequest()), items=items, most_name=MAX_NAME)


def _item(database: Database, one: Saved, targets: Sequence[Target]) -> Item:
    asked, trouble = _asked(one)
    told = searches.news(database, one.id, SHOWN) if one.unread else []
    return Item(
        replace(one, trouble=trouble or one.trouble),
        search_url(asked) if asked else None,
        subscribe_url(asked) if asked else None,
        [
            (news, None if news.what == "gone" or asked is None else _report(news, asked))
            for news in told
        ],
        [target for target in targets if target.search == one.id],
    )


def _report(news: News, asked: SearchRequest) -> str:
    return report_url(news.report, asked.unfiltered())


def _asked(one: Saved) -> tuple[SearchRequest | None, Message | None]:
    try:
        return request_of(one.asked), None
    except GongkaiError as error:
        return None, error.message


@blueprint.post("/saved")
def save() -> Response:
    """Save the search that the fields say, as those of an address do: once."""
    fields, database = form(), saved()
    asked = read(fields)
    there = [one for one in searches.every(database) if one.asked == kept(asked)]
    if there:
        return _back(there[0].id)
    result = engine().search(replace(asked, page=1, size=1, passages=0))
    name = _free(fields.get("name", "").strip() or headline(asked, result), database)
    found = look(engine(), asked)
    return _back(searches.add(database, name, asked, found, int(time.time())))


def _free(name: str, database: Database) -> str:
    """The name, numbered where another search has it."""
    taken = {one.name for one in searches.every(database)}
    ends = ("", *(f" {number}" for number in range(2, len(taken) + 2)))
    return next(n for end in ends if (n := name[: MAX_NAME - len(end)] + end) not in taken)


@blueprint.post("/saved/<int(max=999999999999):number>/read")
def mark_read(number: int) -> Response:
    """What was shown was read."""
    shown = form().get("shown", "").split()[:SHOWN]
    searches.mark_read(saved(), number, [int(n) for n in shown if _NUMBER.fullmatch(n)])
    return _back(number)


@blueprint.post("/saved/<int(max=999999999999):number>/remove")
def remove(number: int) -> Response:
    """It is saved no longer, and nothing more is sent of it."""
    form()
    searches.remove(saved(), number)
    return redirect("/saved", 303)


def _back(number: int) -> Response:
    return redirect(f"/saved#search-{number}", 303)
