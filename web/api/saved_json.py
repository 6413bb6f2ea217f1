"""Saved searches and what is new of them, as JSON. Where that is sent is nobody's business here."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from indexer.errors import GongkaiError
from search.model import SearchRequest
from search.saved import searches
from search.saved.asked import request_of
from search.saved.searches import News, Saved
from web.alerts.address import feed_url
from web.api.json_shape import Shape, notice_json
from web.pages import json_answer, saved
from web.show import utc
from web.urls import report_url, search_url

blueprint = Blueprint("saved_api", __name__)

MOST = 1_000
"""News of a search in one answer, the latest first."""


@blueprint.get("/api/saved")
def every() -> Response:
    """All saved searches, each with its news that were not read yet."""
    database = saved()
    return json_answer(
        {
            "searches": [
                saved_json(one, searches.news(database, one.id, MOST))
                for one in searches.every(database)
            ]
        }
    )


def saved_json(one: Saved, news: list[News]) -> Shape:
    """A saved search; its addresses are None where it can no longer be asked."""
    try:
        asked: SearchRequest | None = request_of(one.asked)
        trouble = one.trouble
    except GongkaiError as error:
        asked, trouble = None, error.message
    return {
        "id": one.id,
        "name": one.name,
        "url": search_url(asked) if asked else None,
        "feed": feed_url(asked) if asked else None,
        "made": utc(one.made),
        "compared": utc(one.looked),
        "reports": one.reports,
        "unread": one.unread,
        "trouble": notice_json(trouble) if trouble else None,
        "news": [_news(told, asked) for told in news],
    }


def _news(news: News, asked: SearchRequest | None) -> Shape:
    there = asked if news.what != "gone" else None
    return {
        "what": news.what,
        "at": utc(news.at),
        "id": news.report,
        "title": news.told["title"],
        "url": report_url(news.report, there.unfiltered()) if there else None,
    }
