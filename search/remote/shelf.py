"""Reports taken from a cluster whole, some or all that a query finds, for what must be read to be told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indexer.arrays.records import read_report
from indexer.errors import LimitError, UnknownReportError
from indexer.messages import Message
from indexer.model import Report
from search.cache import Cache
from search.remote.asking import Answer, Cluster
from search.remote.dsl import Query, both
from search.remote.fetched import columns_of
from search.remote.kept import Kept
from search.remote.pages import kept_in

MOST_READ = 1_000
"""Reports that are read for one answer."""
AT_ONCE = 100
"""Reports that are taken at a time."""
KEPT_BYTES = 256 << 20
"""Most memory for reports that were shown lately."""
_REST = 20_000
_BY_TIE = [{"tie": {"order": "asc"}}]
_CHAIN = 64
"""A copy of a copy of a copy, at most."""
_MOST_COPIES = 10_000


def report_of(kept: Kept) -> Report:
    """The whole report. Raises DamagedIndexError."""
    [segment] = columns_of([kept], None).segments
    return read_report(segment.arrays, 0)


def _size_of(kept: Kept) -> int:
    """Bytes of memory, about: those of its longest arrays, and of all else together."""
    prepared = kept.prepared
    lines = 16 * len(prepared.line_printed)
    return prepared.printed.nbytes + prepared.folded.nbytes + lines + _REST


class Shelf:
    """The reports of one index of a cluster. Threads may share it."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._kept: Cache[Kept] = Cache(KEPT_BYTES, _size_of)

    def of_page(self, answer: Answer) -> list[Kept]:
        """The reports of a page, in its order; those that were shown lately need not be taken again."""
        hits = answer["hits"]["hits"]
        keys = {hit["_id"]: (hit["_id"], hit["_seq_no"], hit["_primary_term"]) for hit in hits}
        found = {one: kept for one, key in keys.items() if (kept := self._kept.peek(key))}
        missing = [one for one in keys if one not in found]
        found |= self.by_ids(missing)
        for one in missing:
            if one in found:
                self._kept.keep(keys[one], found[one])
        return [found[one] for one in keys if one in found]

    def some(self, query: Query, most: int = MOST_READ) -> list[Kept]:
        """All that the query finds, as ties go. LimitError where they are more than `most`."""
        [found] = self._cluster.search({"size": 0, "track_total_hits": True, "query": query})
        count = int(found["hits"]["total"]["value"])
        if count > most:
            raise LimitError(
                Message("cluster_too_many_reports", count=count, most=most),
                hint=Message("cluster_limit_hint"),
            )
        return [kept for part in self.every(query, _BY_TIE) for kept in part]

    def every(self, query: Query, order: Sequence[Any]) -> Iterator[list[Kept]]:
        """All that the query finds in an order, some at a time; of one state of the index."""
        body = {"query": query, "sort": list(order), "size": AT_ONCE}
        for hits in self._cluster.every(body):
            yield [kept_in(hit) for hit in hits]

    def by_ids(self, ids: Sequence[str]) -> dict[str, Kept]:
        """The reports of these ids, by them."""
        if not ids:
            return {}
        body = {"query": {"ids": {"values": list(ids)}}, "size": len(ids)}
        [answer] = self._cluster.search({**body, "track_total_hits": False})
        return {hit["_id"]: kept_in(hit) for hit in answer["hits"]["hits"]}

    def report(self, report_id: str) -> Kept:
        """The report of an id, or of one that it had before, or of a copy of it. Raises UnknownReportError."""
        wanted = report_id
        for _ in range(_CHAIN):
            hit = self._step(wanted)
            if hit is None:
                break
            if hit["_source"]["present"]:
                return kept_in(hit)
            wanted = hit["_source"]["copy_of"]
        raise UnknownReportError(
            Message("no_such_report", id=report_id), hint=Message("no_such_report_hint")
        )

    def shown_report(self, report_id: str) -> Report:
        """The report of an id that was found. Raises UnknownReportError."""
        return report_of(self.report(report_id))

    def _step(self, wanted: str) -> Mapping[str, Any] | None:
        """The document of a report, or of a copy of one. An id in use is nobody's former one."""
        if not re.fullmatch("[0-9a-f]{12}", wanted):
            return None
        leads: Query = {
            "bool": {
                "should": [{"term": {"present": True}}, {"exists": {"field": "copy_of"}}],
                "minimum_should_match": 1,
            }
        }
        own = both({"ids": {"values": [wanted]}}, leads)
        former = both({"term": {"former": wanted}}, leads)
        reports_first = [{"present": {"order": "desc"}}, {"_doc": {"order": "asc"}}]
        bodies = [{"size": 1, "query": query, "sort": reports_first} for query in (own, former)]
        for answer in self._cluster.search(*bodies):
            for hit in answer["hits"]["hits"]:
                found: Mapping[str, Any] = hit
                return found
        return None

    def copies(self, report_id: str) -> tuple[str, ...]:
        """The sources of the files that are copies of a report."""
        found: dict[str, str] = {}
        wanted = [report_id]
        for _ in range(_CHAIN):
            body = {
                "size": _MOST_COPIES,
                "query": {"terms": {"copy_of": wanted}},
                "sort": [{"source": {"order": "asc"}}],
            }
            [answer] = self._cluster.search(body)
            new = {
                hit["_id"]: str(hit["_source"]["source"])
                for hit in answer["hits"]["hits"]
                if hit["_id"] not in found
            }
            if not new:
                break
            found |= new
            wanted = list(new)
        return tuple(sorted(found.values()))

    def rejected(self) -> Iterator[Mapping[str, Any]]:
        """The records of the files that are no reports."""
        body = {
            "query": {"term": {"present": False}},
            "sort": [{"source": {"order": "asc"}}],
            "size": AT_ONCE,
        }
        for hits in self._cluster.every(body):
            for hit in hits:
                yield json.loads(hit["_source"]["kept"]["record"])
