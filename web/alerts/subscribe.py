"""The page that says what to do with a feed: a browser would show its XML."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from web import public
from web.alerts.address import PAGE, feed_url
from web.alerts.feed import ENTRIES
from web.alerts.named import headline
from web.http.tags import same_for_all
from web.pages import box, engine, keeps, page
from web.params import read
from web.urls import pairs, search_url

blueprint = Blueprint("subscribe", __name__)


@blueprint.get(PAGE)
@same_for_all
def subscribe() -> Response:
    """The feed of the search that the parameters say, to be copied; and other ways to be told."""
    asked = replace(read(request.args), page=1)
    result = engine().search(replace(asked, size=1, passages=0))
    return page(
        "alerts/subscribe.html",
        box=box(asked),
        headline=headline(asked, result),
        reports=result.total.reports,
        most=ENTRIES,
        results=search_url(asked),
        feed=feed_url(asked),
        address=public.absolute(feed_url(asked)),
        here_only=not public.reaches_others(),
        to_save=pairs(asked) if keeps() else None,
    )
