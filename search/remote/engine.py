"""The engine over a cluster: it answers as that of one machine does."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

from indexer.messages import Message
from search.local.facets.fields import field_warnings
from search.model import ReportHit, SearchRequest, SearchResult, Totals
from search.query.parse import parse
from search.query.tree import Words
from search.remote.asking import Answer, Cluster
from search.remote.fetched import Statistics, shown
from search.remote.pages import kept_of, page_body, ranked
from search.remote.prepared import Prepared
from search.remote.ranking import Ranking
from search.remote.totals import (
    Bodies,
    facet_bodies,
    facets_from,
    in_one_piece,
    totals_bodies,
    totals_of,
)


class ClusterEngine:
    """An `Engine` over one index of a cluster. Threads may share it."""

    def __init__(self, cluster: Cluster) -> None:
        """Raises ClusterError, MissingIndexError or OtherVersionError."""
        self._cluster = cluster
        self._ranking = Ranking(cluster)

    @property
    def generation(self) -> str:
        return self._cluster.index

    @property
    def state(self) -> str:
        return self._cluster.index

    def search(self, request: SearchRequest) -> SearchResult:
        started = time.perf_counter()
        prepared = Prepared.of(request)
        answers, statistics = self._asked(prepared, facet_bodies(prepared, totals_bodies(prepared)))
        total = totals_of(prepared, answers)
        return SearchResult(
            text=request.q,
            canonical=prepared.canonical,
            warnings=_warnings(prepared, total, in_one_piece(answers)),
            total=total,
            reports=self._page(prepared, answers, statistics),
            facets=facets_from(prepared, answers),
            by_words=0 if total.reports else self._by_words(prepared),
            page=request.page,
            size=request.size,
            took_ms=round((time.perf_counter() - started) * 1_000, 1),
        )

    def count(self, request: SearchRequest) -> Totals:
        prepared = Prepared.of(request)
        return totals_of(prepared, self._answers(totals_bodies(prepared)))

    def _answers(self, bodies: Bodies) -> dict[str, Answer]:
        return dict(zip(bodies, self._cluster.search(*bodies.values()), strict=True))

    def _asked(self, prepared: Prepared, bodies: Bodies) -> tuple[dict[str, Answer], Statistics]:
        """The answers to some bodies and, at once, what ranking needs, or the page itself."""
        ranking, page = self._ranking, {}
        unknown = ranking.unknown(prepared)
        if ranking.is_ordered_without(prepared):
            query = ranked(prepared, ranking.alone(prepared))
            page = {"page": page_body(query, prepared.request)}
        answers = self._answers({**bodies, **page, **unknown})
        return answers, ranking.statistics(prepared, answers)

    def _page(
        self, prepared: Prepared, answers: Mapping[str, Answer], statistics: Statistics
    ) -> tuple[ReportHit, ...]:
        if "page" in answers:
            page = answers["page"]
        else:
            query = ranked(prepared, self._ranking.query(prepared, statistics))
            [page] = self._cluster.search(page_body(query, prepared.request))
        return shown(kept_of(page), prepared.request, statistics)

    def _by_words(self, prepared: Prepared) -> int:
        """How many reports it would find where the words of its bare chunks may stand apart."""
        request = prepared.request
        if request.words or request.silent:
            return 0
        apart = replace(request, words=True)
        if parse(request.q, words=True).tree == prepared.query.tree:
            return 0
        return self.count(apart).reports


def _warnings(prepared: Prepared, total: Totals, whole: int | None) -> tuple[Message, ...]:
    """What the reader should know of how the query was taken and answered."""
    tree = prepared.query.tree
    found = [*prepared.query.warnings, *field_warnings(tree)]
    if isinstance(tree, Words) and whole is not None and whole < total.reports:
        found.append(Message("in_one_piece", typed=tree.whole.text, count=whole))
    return tuple(found)
