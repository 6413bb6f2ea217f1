"""Saved searches over the engine of few reports: one with news, one with trouble, one with nothing new."""

from __future__ import annotations

from pathlib import Path

from fake_engine import FakeEngine
from fake_reports import HOSTILE, TOWN

from search.model import SearchRequest
from search.saved import searches
from search.saved.database import Database
from search.saved.looking import look
from search.saved.news import tell

NAME = "<b>三务</b>\u202e & “公开”"


def saved_searches(folder: Path) -> Database:
    """In a file of that folder."""
    database = Database(folder / "index.saved")
    before = FakeEngine((TOWN,), generation="1")
    for name, request in (
        (NAME, SearchRequest(q="公开")),
        ("青山省没有说的", SearchRequest(q="公开", silent=True, region=("青山省",))),
        ("坏了的", SearchRequest(q="党务", year=(2020,))),
    ):
        searches.add(database, name, request, look(before, request), 1_700_000_000)
    searches.add_target(database, 1, "webhook", "http://127.0.0.1:1/secret", "")
    with database.writing() as open_:
        open_.execute('UPDATE search SET asked = \'{"q": "("}\' WHERE id = 3')
    after = FakeEngine((HOSTILE,), generation="2")
    tell(database, lambda: after, 1_700_086_400)
    return database
