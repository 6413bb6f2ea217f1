"""The page of saved searches: what is new of each, and the forms that save, read and remove."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import replace

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from search.model import SearchRequest, check_number
from search.saved import searches
from search.saved.asked import kept
from search.saved.database import Database
from search.saved.looking import look
from search.saved.searches import MAX_NAME
from web.alerts.listed import GROUPS, SHOWN, in_order, items
from web.alerts.named import headline
from web.language import back, local
from web.pages import box, engine, page, saved
from web.params import read
from web.results import narrowing
from web.writing import form

blueprint = Blueprint("saved", __name__)

_NUMBER = re.compile("[0-9]{1,15}")
ON_A_PAGE = 50
"""Saved searches of a page."""
FEW = 10
"""Up to so many, nobody looks for one by its name."""


@blueprint.get("/saved")
def overview() -> Response:
    """All of them, or those with ?name= in their names; ?page= of them."""
    database = saved()
    every = in_order(database)
    name = " ".join(request.args.get("name", "").split())
    found = [one for one in every if name.casefold() in one.saved.name.casefold()]
    last = max(1, -(-len(found) // ON_A_PAGE))
    number = min(_page(), last)
    shown = items(database, found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE])
    of_group = Counter(one.group for one in found)
    return page(
        "alerts/page.html",
        box=box(SearchRequest()),
        groups=[
            (group, of_group[group], [item for item in shown if item.listed.group == group])
            for group in GROUPS
        ],
        count=len(every),
        unread=sum(one.saved.unread for one in every),
        name=name,
        findable=len(every) > FEW,
        here=back(),
        pager=narrowing.pages(number, last, lambda number: _address(number, name)),
    )


def _page() -> int:
    number = read(request.args).page
    check_number("page", number, 1)
    return number


def _address(number: int, name: str = "") -> str:
    return url_for("saved.overview", name=name or None, page=None if number == 1 else number)


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
    fields = form()
    searches.remove(saved(), number)
    came_from = local(fields.get("back", ""))
    return redirect(came_from if came_from.startswith("/saved") else "/saved", 303)


def _back(number: int) -> Response:
    """To where a search is listed now."""
    order = [one.saved.id for one in in_order(saved())]
    at = order.index(number) if number in order else 0
    return redirect(f"{_address(at // ON_A_PAGE + 1)}#search-{number}", 303)
