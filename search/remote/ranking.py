"""What ranking knows of the whole index, asked of the cluster once."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any

from search.query.tree import Leaf, Words
from search.remote.asking import Answer, Cluster
from search.remote.dsl import Query, in_units
from search.remote.fetched import Statistics
from search.remote.leaves import Lookup
from search.remote.prepared import Prepared
from search.remote.relevance import Relevance

_MOST_KEPT = 10_000
"""Counts that are kept; then all are forgotten."""
_HOLDS, _ANSWERS = "holds:", "answers:"
_Key = tuple[object, ...]


class Ranking:
    """The counts of one index, kept as they are asked for. Threads may share it."""

    def __init__(self, cluster: Cluster) -> None:
        length = {"stats": {"field": "length"}}
        [found] = cluster.search(
            {
                "size": 0,
                "track_total_hits": True,
                "query": {"term": {"present": True}},
                "aggs": {"length": length},
            }
        )
        self.reports = int(found["hits"]["total"]["value"])
        total = found["aggregations"]["length"]["sum"]
        self.mean_length = total / self.reports if self.reports else 1.0
        self._counts: dict[_Key, int] = {}
        self._lock = Lock()

    def unknown(self, prepared: Prepared) -> dict[str, dict[str, Any]]:
        """What must be asked before a query can be ranked, by a name each."""
        if not self._ranks(prepared):
            return {}
        relevance, lookup = self._relevance(prepared), prepared.asked.lookup
        found: dict[str, dict[str, Any]] = {}
        for number, leaf in enumerate(relevance.leaves):
            if self._holding_key(lookup, leaf) not in self._counts:
                holding = in_units(lookup.holds(leaf))
                body = {"size": 0, "track_total_hits": True, "query": holding}
                found[f"{_HOLDS}{number}"] = body
            if (
                len(relevance.leaves) > 1
                and not _told_by_holding(prepared)
                and self._answers_key(prepared, leaf) not in self._counts
            ):
                some = {"size": 0, "track_total_hits": 1, "terminate_after": 1}
                found[f"{_ANSWERS}{number}"] = {**some, "query": relevance.answering(leaf)}
        return found

    @staticmethod
    def told_by_totals(prepared: Prepared) -> frozenset[str]:
        """What need not be asked of that where the totals are: how many reports are found."""
        asked = prepared.asked
        alone = asked.scope == "report" and asked.kinds is None and not prepared.filters
        tells = alone and isinstance(asked.tree, Leaf) and not prepared.request.silent
        return frozenset({f"{_HOLDS}0"} if tells else ())

    def statistics(self, prepared: Prepared, answers: Mapping[str, Answer]) -> Statistics:
        """What is known once that was answered."""
        if not self._ranks(prepared):
            return Statistics(self.reports, self.mean_length)
        relevance, lookup = self._relevance(prepared), prepared.asked.lookup
        holding = {}
        answering = 0
        for number, leaf in enumerate(relevance.leaves):
            key = self._holding_key(lookup, leaf)
            holding[leaf] = self._known(key, answers.get(f"{_HOLDS}{number}"))
            if len(relevance.leaves) > 1 and not _told_by_holding(prepared):
                key = self._answers_key(prepared, leaf)
                answering += self._known(key, answers.get(f"{_ANSWERS}{number}")) > 0
        if _told_by_holding(prepared):
            answering = sum(count > 0 for count in holding.values())
        return Statistics(self.reports, self.mean_length, holding, max(1, answering))

    def is_ordered_without(self, prepared: Prepared) -> bool:
        """Whether the order needs none of that: of one leaf, all scores are multiples of its idf."""
        alone = len(self._relevance(prepared).leaves) <= 1
        return alone or prepared.request.sort != "relevance" or prepared.request.silent

    def known_order(self, prepared: Prepared) -> tuple[bool, Query | None]:
        """Whether the page can be asked for at once, and what scores its reports."""
        if self.is_ordered_without(prepared):
            return True, self.alone(prepared)
        if self.unknown(prepared):
            return False, None
        return True, self.query(prepared, self.statistics(prepared, {}))

    def alone(self, prepared: Prepared) -> Query | None:
        """The reports in the order of relevance, where that needs nothing."""
        relevance = self._relevance(prepared)
        if not self._ranks(prepared) or len(relevance.leaves) != 1:
            return None
        return relevance.alone

    def query(self, prepared: Prepared, statistics: Statistics) -> Query:
        """The reports in the order of relevance."""
        return self._relevance(prepared).query(
            statistics.holding, self.reports, statistics.leaves_found or 1
        )

    def _relevance(self, prepared: Prepared) -> Relevance:
        return Relevance(prepared.asked, self.mean_length)

    @staticmethod
    def _ranks(prepared: Prepared) -> bool:
        return prepared.finds_text and not prepared.request.silent

    @staticmethod
    def _holding_key(lookup: Lookup, leaf: Leaf) -> _Key:
        return lookup, leaf

    @staticmethod
    def _answers_key(prepared: Prepared, leaf: Leaf) -> _Key:
        asked = prepared.asked
        return asked.tree, asked.scope, asked.kinds, asked.lookup, leaf

    def _known(self, key: _Key, answer: Answer | None) -> int:
        with self._lock:
            if answer is not None:
                if len(self._counts) >= _MOST_KEPT:
                    self._counts.clear()
                self._counts[key] = int(answer["hits"]["total"]["value"])
            return self._counts[key]


def _told_by_holding(prepared: Prepared) -> bool:
    """Whether a leaf answers wherever it stands, or else nothing is found: then its count tells that it does."""
    asked = prepared.asked
    if asked.together is not None:
        return True
    chunks = any(isinstance(one.node, Words) for one in asked.chosen)
    return asked.is_simple and asked.kinds is None and not chunks
