"""All reports under the filters of a request: what its answer is a part of."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from flask import current_app

from search.cache import Cache
from search.engine import Engine
from search.model import FACETS, SearchRequest, SearchResult

MOST_VALUES = 100_000
"""Values of facets that are kept, of some answers together: one takes about 150 bytes."""
_FILTERS = (*FACETS, "year_from", "year_to")
_EXTENSION = "gongkai.everything"


def everything(engine: Engine, asked: SearchRequest, result: SearchResult) -> SearchResult:
    """The answer that the same filters give to no query: its totals and its facets.

    It is kept: most searches have the same few filters, or none.
    """
    if not asked.q and not asked.silent:
        return result
    of_all = replace(
        SearchRequest(size=1, passages=0), **{name: getattr(asked, name) for name in _FILTERS}
    )
    kept = cast(
        "Cache[SearchResult]",
        current_app.extensions.setdefault(_EXTENSION, Cache(MOST_VALUES, _values)),
    )
    return kept.get((engine.generation, of_all), lambda: engine.search(of_all))


def _values(result: SearchResult) -> int:
    return 1 + sum(len(getattr(result.facets, name)) for name in FACETS)
