"""The reports of a page in the order asked for, as the cluster sorts them."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Any

from indexer.errors import LimitError
from indexer.messages import Message
from search.model import SearchRequest, Sort
from search.remote.dsl import Query, scored
from search.remote.kept import Kept, unpacked
from search.remote.mapping import MOST_SHOWN
from search.remote.prepared import Prepared

_TIE = {"tie": {"order": "asc"}}
_FIRST: Mapping[Sort, Sequence[Any]] = {
    "relevance": [{"_score": {"order": "desc"}}],
    "year": [{"year": {"order": "asc", "missing": "_last"}}],
    "-year": [],
    "hits": [{"_score": {"order": "desc"}}],
    "region": [{"region_order": {"order": "asc"}}],
    "-changed": [{"changed": {"order": "desc"}}],
}


def order_of(sort: Sort) -> list[Any]:
    """How the cluster sorts; what ties goes by newest, region and source."""
    return [*_FIRST[sort], _TIE]


def ranked(prepared: Prepared, relevance: Query | None) -> Query:
    """The reports that are found, scored as the order asked for needs it."""
    if prepared.request.silent or not prepared.finds_text:
        return prepared.found
    if prepared.request.sort == "hits":
        hits = prepared.asked.counted("hits")
        exact = {"script_score": {"query": hits, "script": {"source": "Math.rint(_score)"}}}
        return scored(exact, prepared.passing())
    if prepared.request.sort == "relevance" and relevance is not None:
        return scored(relevance, prepared.passing())
    return prepared.found


def is_in_order(prepared: Prepared) -> bool:
    """Whether the order asked for needs no scores."""
    scored_by = prepared.finds_text and not prepared.request.silent
    return not (scored_by and prepared.request.sort in ("relevance", "hits"))


def page_body(query: Query, request: SearchRequest) -> dict[str, Any]:
    """The page that a request asks for. LimitError where it lies too deep."""
    first = (request.page - 1) * request.size
    if first + request.size > MOST_SHOWN:
        raise LimitError(
            Message("cluster_too_deep", most=MOST_SHOWN), hint=Message("cluster_limit_hint")
        )
    return {
        "query": query,
        "track_total_hits": False,
        "from": first,
        "size": request.size,
        "sort": order_of(request.sort),
        "_source": False,
        "seq_no_primary_term": True,
    }


def kept_in(hit: Mapping[str, Any]) -> Kept:
    """The report of a document. Raises DamagedIndexError."""
    return unpacked(b64decode(hit["_source"]["kept"]["bytes"]), hit["_id"])
