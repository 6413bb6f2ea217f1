"""How the query is taken, each way a link with what it finds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.errors import LimitError
from search.engine import Engine
from search.model import SearchRequest, SearchResult
from web.shown import Shown
from web.urls import search_url


@dataclass(frozen=True, slots=True)
class Switch:
    """One way to take the query, with the reports it finds; `text` is the key of its name."""

    text: str
    href: str
    current: bool
    reports: int


def as_typed(
    engine: Engine, asked: SearchRequest, result: SearchResult, shown: Shown
) -> tuple[Switch, ...]:
    """A text without quotes as a phrase, or its words apart; none where nothing is asked."""
    ways = (("as_typed", False), ("by_words", True))
    every = (
        _switch(engine, result, asked, replace(asked, words=words, page=1), text, shown)
        for text, words in ways
        if asked.q
    )
    return tuple(switch for switch in every if switch)


def whole_words(
    engine: Engine, asked: SearchRequest, result: SearchResult, shown: Shown
) -> Switch | None:
    """What only whole words find, and the link that asks for them or, where it was asked, takes that
    back; None where nothing is asked."""
    if not asked.q:
        return None
    wholly = replace(asked, whole=True, page=1)
    there = _switch(engine, result, asked, wholly, "whole_words", shown)
    back = search_url(replace(asked, whole=False, page=1), shown)
    return replace(there, href=back) if there and there.current else there


def _switch(
    engine: Engine,
    result: SearchResult,
    asked: SearchRequest,
    other: SearchRequest,
    text: str,
    shown: Shown,
) -> Switch | None:
    """None where the query, taken so, asks for too much."""
    current = other == replace(asked, page=1)
    try:
        found = result.total if current else engine.count(other)
    except LimitError:
        return None
    return Switch(text, search_url(other, shown), current, found.reports)
