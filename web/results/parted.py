"""Phrases typed with commas between them, which find nothing as one: what each finds, and all together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.errors import QueryError
from search.engine import Engine
from search.model import MAX_QUERY, SearchRequest
from web.apart import apart
from web.shown import Shown
from web.urls import search_url

MOST = 8
"""Phrases that are looked up; of more, none is."""


class Part(NamedTuple):
    """A query, its address and the reports it finds."""

    q: str
    href: str
    reports: int


@dataclass(frozen=True, slots=True)
class Parted:
    """`each` are the phrases that find something, `together` asks for all of these, None where no
    report has them or there is only one; `compared` shows them side by side, "" of one."""

    together: Part | None
    each: tuple[Part, ...]
    compared: str


def parted(engine: Engine, asked: SearchRequest, shown: Shown) -> Parted | None:
    """Of a request that finds nothing; None where its query is no row of phrases, or none is found.

    Asks the engine for as many counts as there are phrases, and one.
    """
    phrases = apart(asked.q)
    if not 2 <= len(phrases) <= MOST:
        return None
    each = tuple(p for q in phrases if (p := _part(engine, asked, shown, q)).reports)
    if not each:
        return None
    if len(each) == 1:
        return Parted(None, each, "")
    rest = tuple(part.q for part in each[1:])
    trend = replace(shown, view="trend", also=rest)
    together = _part(engine, asked, shown, " AND ".join(_bracketed(part.q) for part in each))
    return Parted(
        together if together.reports else None,
        each,
        search_url(replace(asked, q=each[0].q, page=1), trend),
    )


def _part(engine: Engine, asked: SearchRequest, shown: Shown, q: str) -> Part:
    """What a query finds under the same filters; 0 of one that is none by itself."""
    alone = replace(asked, q=q, page=1)
    try:
        reports = engine.count(alone).reports if len(q) <= MAX_QUERY else 0
    except QueryError:
        reports = 0
    return Part(q, search_url(alone, shown), reports)


def _bracketed(phrase: str) -> str:
    """Operators of one phrase do not reach into the next."""
    return f"({phrase})" if len(phrase.split()) > 1 else phrase
