"""What a search is called that nobody has given a name."""

from __future__ import annotations

from search.model import SearchRequest, SearchResult
from web.results import narrowing
from web.show import plain
from web.shown import NOTHING_SHOWN
from web.texts import t


def headline(asked: SearchRequest, result: SearchResult) -> str:
    """What is looked for, then the filters and options in force."""
    chosen = narrowing.filters(result, asked, NOTHING_SHOWN)
    options = narrowing.options(asked, NOTHING_SHOWN)
    parts = (f.label or t(f"facet_{f.name}") for f in (*chosen, *options))
    return " · ".join([plain(asked.q) or t("results_all"), *parts])
