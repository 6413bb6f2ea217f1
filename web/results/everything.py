"""All reports that a query looks in, under its filters: what its answer is a part of."""

from __future__ import annotations

from typing import cast

from flask import current_app

from search.cache import Cache
from search.engine import Engine
from search.model import FACETS, LookedIn, SearchRequest
from web.asked import FILTERS, conditions_of

MOST_VALUES = 100_000
"""Values of facets that are kept, of some answers together: one takes about 150 bytes."""
_EXTENSION = "gongkai.everything"


def everything(engine: Engine, asked: SearchRequest) -> LookedIn:
    """How many they are, and their facets.

    It is kept: most searches have the same few conditions and filters, or none.
    """
    narrowing = conditions_of(asked)
    filters = tuple(getattr(asked, name) for name in FILTERS)
    key = (engine.generation, narrowing, asked.scope if narrowing else "", filters)
    kept = cast(
        "Cache[LookedIn]",
        current_app.extensions.setdefault(_EXTENSION, Cache(MOST_VALUES, _values)),
    )
    return kept.get(key, lambda: engine.looked_in(asked))


def _values(every: LookedIn) -> int:
    return 1 + sum(len(getattr(every.facets, name)) for name in FACETS)
