"""Any search as an Atom feed (RFC 4287): its reports, those that came into the index last first."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from typing import NamedTuple

from flask import Blueprint, Response, render_template, request

from search.model import DEFAULTS, Passage, ReportHit, SearchRequest
from search.saved.asked import kept
from web import language
from web.alerts.address import PATH, exact_feed_url
from web.alerts.named import headline
from web.http.tags import same_for_all
from web.pages import engine
from web.params import read
from web.public import absolute
from web.show import utc
from web.texts import in_language
from web.urls import passage_url, report_url, search_url

blueprint = Blueprint("feed", __name__)

ATOM = "application/atom+xml"
ENTRIES = 50
"""Reports of a feed whose address names no size."""
_OURS = uuid.UUID("6f5bd1c2-5b0e-5f0c-9a54-6d0f64f2c9b1")
"""What all ids of ours are made from: never another."""


class Entry(NamedTuple):
    """A report of a feed; times as Atom has them."""

    id: str
    hit: ReportHit
    published: str | None
    updated: str
    href: str
    passages: list[tuple[Passage, str]]


@blueprint.get(PATH)
@same_for_all
def feed() -> Response:
    """The parameters are those of a search; an entry is a report, with its passages."""
    given = read(request.args)
    asked = replace(given, sort="-changed", page=1)
    size = ENTRIES if asked.size == DEFAULTS["size"] else asked.size
    result = engine().search(replace(asked, size=size))
    entries = list(_entries(result.reports, asked))
    xml = render_template(
        "alerts/feed.xml",
        t=in_language(language.current()),
        id=_id(kept(asked)),
        headline=headline(asked, result),
        total=result.total,
        updated=max((entry.updated for entry in entries), default=_time(0)),
        here=absolute(exact_feed_url(given)),
        page=absolute(search_url(replace(given, page=1))),
        entries=entries,
    )
    return Response(xml.encode("utf-8", "replace"), content_type=f"{ATOM}; charset=utf-8")


def _entries(reports: tuple[ReportHit, ...], asked: SearchRequest) -> Iterator[Entry]:
    of_search = kept(asked)
    for hit in reports:
        yield Entry(
            _id(of_search, hit.id),
            hit,
            utc(hit.indexed.first),
            _updated(hit),
            absolute(report_url(hit.id, asked.unfiltered())),
            [(p, absolute(passage_url(hit.id, p.start, p.end, p.check))) for p in hit.passages],
        )


def _id(*parts: str) -> str:
    """The same for the same parts, on every machine."""
    return uuid.uuid5(_OURS, "\n".join(parts)).urn


def _updated(hit: ReportHit) -> str:
    """When a report changed; where the index does not know, its file's own time."""
    return utc(hit.indexed.changed) or _time(engine().file(hit.id).mtime_ns // 1_000_000_000)


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
