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
    try:
        values = json.loads(text)
    except ValueError as error:
        raise SavedError(Message("saved_search_damaged")) from error
    if not isinstance(values, dict):
        raise SavedError(Message("saved_search_damaged"))
    unknown = sorted({*values} - {*DEFAULTS})
    if unknown:
        raise SavedError(Message("saved_search_unknown", name=unknown[0]))
    if not all(_fits(name, value) for name, value in values.items()):
        raise SavedError(Message("saved_search_damaged"))
    tuples = {n: tuple(v) for n, v in values.items() if isinstance(v, list)}
    return SearchRequest(**{**values, **tuples}).validate()


def _fits(name: str, value: object) -> bool:
    """Whether a value is of the kind that its parameter takes."""
    default = DEFAULTS[name]
    if isinstance(default, tuple):
        kind = int if name == "year" else str
        return isinstance(value, list) and all(type(item) is kind for item in value)
    return type(value) is (int if default is None else type(default))
