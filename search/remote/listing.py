"""The reports that a query finds in the order asked for, by their ids, and how many hits each has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from indexer.errors import LimitError
from indexer.messages import Message
from search.remote.asking import Cluster
from search.remote.dsl import Query, scored
from search.remote.pages import order_of, ranked
from search.remote.prepared import Prepared
from search.spread import Place

MOST_LISTED = 20_000
"""Reports that are listed for one answer."""
_AT_ONCE = 5_000


class Listed(NamedTuple):
    """A report, and how many hits it has."""

    id: str
    hits: int


class Listing:
    """Lists over one index of a cluster. Threads may share it."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    def ids(self, prepared: Prepared, relevance: Query | None) -> list[str]:
        """All reports that are found, in the order asked. LimitError where they are too many."""
        self._refuse_many(prepared.found)
        query = ranked(prepared, relevance)
        return [hit["_id"] for hit in self._every(query, order_of(prepared.request.sort))]

    def place(self, prepared: Prepared, relevance: Query | None, report_id: str) -> Place | None:
        """The place of a report among all that are found; None where it is not there."""
        ids = self.ids(prepared, relevance)
        if report_id not in ids:
            return None
        at = ids.index(report_id)
        before, after = ids[max(0, at - 1) : at], ids[at + 1 : at + 2]
        return Place(at + 1, len(ids), next(iter(before), None), next(iter(after), None))

    def with_hits(self, prepared: Prepared, relevance: Query | None) -> list[Listed]:
        """Those of them that have hits. LimitError where they are too many."""
        if prepared.request.silent or not prepared.finds_text:
            return []
        self._refuse_many(prepared.found)
        counted = scored(prepared.asked.counted("hits"), prepared.passing())
        hits = {hit["_id"]: round(hit["_score"]) for hit in self._scored(counted)}
        query = ranked(prepared, relevance)
        order = [hit["_id"] for hit in self._every(query, order_of(prepared.request.sort))]
        return [Listed(one, hits[one]) for one in order if hits.get(one)]

    def _scored(self, query: Query) -> Iterator[Any]:
        return self._every(query, [{"tie": {"order": "asc"}}], track_scores=True)

    def _every(self, query: Query, order: list[Any], **more: bool) -> Iterator[Any]:
        body = {"query": query, "sort": order, "size": _AT_ONCE, "_source": False, **more}
        return (hit for hits in self._cluster.every(body) for hit in hits)

    def _refuse_many(self, query: Query) -> None:
        [found] = self._cluster.search({"size": 0, "track_total_hits": True, "query": query})
        count = int(found["hits"]["total"]["value"])
        if count > MOST_LISTED:
            raise LimitError(
                Message("cluster_too_many_reports", count=count, most=MOST_LISTED),
                hint=Message("cluster_limit_hint"),
            )
