"""A search as it is kept: JSON of all that is not as by default."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from indexer.messages import Message
from search.model import DEFAULTS, SearchRequest
from search.saved.database import SavedError


def kept(request: SearchRequest) -> str:
    """The request as text; which page of its answer was looked at is no part of it."""
    values = asdict(replace(request, page=1, size=DEFAULTS["size"], passages=DEFAULTS["passages"]))
    return json.dumps({n: v for n, v in values.items() if v != DEFAULTS[n]}, ensure_ascii=False)


def request_of(text: str) -> SearchRequest:
    """The request that was kept. Raises SavedError where it has what this version does not know, and what
    `SearchRequest.validate` raises."""
    values = json.loads(text)
    unknown = sorted({*values} - {*DEFAULTS})
    if unknown:
        raise SavedError(Message("saved_search_unknown", name=unknown[0]))
    tuples = {n: tuple(v) for n, v in values.items() if isinstance(v, list)}
    return SearchRequest(**{**values, **tuples}).validate()
