"""Answers to searches: totals, facets and a page, asked at once where they can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from indexer.messages import Message
from search.local.collect.facets import facets
from search.local.collect.reports import reports
from search.local.collect.totals import totals
from search.local.collect.warnings import warnings
from search.local.plan import Plan
from search.model import ReportHit, SearchResult, Totals
from search.query.parse import parse
from search.remote.asking import Answer, Cluster
from search.remote.dsl import Query
from search.remote.facets import Known, KnownRegions
from search.remote.fetched import Statistics, shown
from search.remote.pages import is_in_order, page_body, ranked
from search.remote.prepared import Prepared
from search.remote.ranking import Ranking
from search.remote.reading import Reading
from search.remote.shelf import Shelf
from search.remote.spreading import Cells
from search.remote.totals import (
    Bodies,
    facet_bodies,
    facets_from,
    in_one_piece,
    overflow,
    totals_bodies,
    totals_of,
)
from search.remote.warnings import warnings_of


class Results:
    """Over one index of a cluster. Threads may share it."""

    def __init__(self, cluster: Cluster, shelf: Shelf, ranking: Ranking, reading: Reading) -> None:
        self._cluster = cluster
        self._shelf = shelf
        self._ranking = ranking
        self._reading = reading

    @cached_property
    def known(self) -> Known:
        """What facets need to know of the whole index."""
        cells = Cells(self._cluster)
        return Known(KnownRegions(cells.values("chain")), cells.values("kinds"))

    def search(self, prepared: Prepared) -> SearchResult:
        """The answer to a request, without the time that it took."""
        request = prepared.request
        if prepared.is_literal:
            return self._read(prepared)
        answers, statistics = self._asked(
            prepared, facet_bodies(prepared, totals_bodies(prepared), self.known)
        )
        total = totals_of(prepared, answers)
        return SearchResult(
            text=request.q,
            canonical=prepared.canonical,
            warnings=warnings_of(prepared, total.reports, in_one_piece(answers)),
            total=total,
            reports=self._page(prepared, answers, statistics),
            facets=facets_from(prepared, answers, self.known),
            by_words=0 if total.reports else self._by_words(prepared),
            page=request.page,
            size=request.size,
            took_ms=0.0,
        )

    def count(self, prepared: Prepared) -> Totals:
        """The totals alone."""
        if prepared.is_literal:
            return self._reading.count(prepared)
        return totals_of(prepared, self._complete(prepared, totals_bodies(prepared)))

    def _read(self, prepared: Prepared) -> SearchResult:
        """The answer to a literal request."""
        plan: Plan = self._reading.deciding(prepared)
        request, total = plan.request, totals(plan)
        return SearchResult(
            text=request.q,
            canonical=plan.canonical,
            warnings=warnings(plan),
            total=total,
            reports=reports(plan),
            facets=facets(plan),
            by_words=0 if total.reports else self._by_words(prepared),
            page=request.page,
            size=request.size,
            took_ms=0.0,
        )

    def ranks_by(self, prepared: Prepared) -> Statistics:
        """What ranking needs."""
        return self._ranking.statistics(prepared, self.answers(self._ranking.unknown(prepared)))

    def told(self, prepared: Prepared) -> tuple[tuple[Message, ...], Statistics]:
        """What the reader should know, and what ranking needs."""
        bodies = totals_bodies(prepared, piece=True) | self._ranking.unknown(prepared)
        answers = self._complete(prepared, bodies)
        return self._warned(prepared, answers), self._ranking.statistics(prepared, answers)

    def warned(self, prepared: Prepared) -> tuple[Message, ...]:
        """What the reader should know."""
        return self._warned(prepared, self._complete(prepared, totals_bodies(prepared, piece=True)))

    @staticmethod
    def _warned(prepared: Prepared, answers: Mapping[str, Answer]) -> tuple[Message, ...]:
        total = totals_of(prepared, answers)
        return warnings_of(prepared, total.reports, in_one_piece(answers))

    def relevance(self, prepared: Prepared, statistics: Statistics) -> Query | None:
        """The reports in the order of relevance, None where another is asked for."""
        if prepared.request.sort != "relevance" or self._ranking.is_ordered_without(prepared):
            return self._ranking.alone(prepared)
        return self._ranking.query(prepared, statistics)

    def answers(self, bodies: Bodies) -> dict[str, Answer]:
        """The answers to some bodies, asked at once."""
        return dict(zip(bodies, self._cluster.search(*bodies.values()), strict=True))

    def _complete(self, prepared: Prepared, bodies: Bodies) -> dict[str, Answer]:
        """The same of bodies whose answers may have to be completed."""
        answers = self.answers(bodies)
        return answers | self.answers(overflow(prepared, answers))

    def _asked(self, prepared: Prepared, bodies: Bodies) -> tuple[dict[str, Answer], Statistics]:
        """The answers to some bodies and, at once, what ranking needs, or the page itself."""
        ranking, told = self._ranking, self._ranking.told_by_totals(prepared)
        known, relevance = ranking.known_order(prepared)
        page: Bodies = {}
        if known:
            page = {"page": page_body(ranked(prepared, relevance), prepared.request)}
        if known and is_in_order(prepared):
            page = {"hits": {**page.pop("page"), **bodies["hits"], "size": prepared.request.size}}
        unknown = {n: body for n, body in ranking.unknown(prepared).items() if n not in told}
        answers = self.answers({**bodies, **page, **unknown})
        answers |= dict.fromkeys(told, answers["hits"])
        if "sort" in page.get("hits", {}):
            answers["page"] = answers["hits"]
        answers |= self.answers(overflow(prepared, answers))
        return answers, ranking.statistics(prepared, answers)

    def _page(
        self, prepared: Prepared, answers: Mapping[str, Answer], statistics: Statistics
    ) -> tuple[ReportHit, ...]:
        if not totals_of(prepared, answers).reports:
            return ()
        if "page" in answers:
            page = answers["page"]
        else:
            query = ranked(prepared, self._ranking.query(prepared, statistics))
            [page] = self._cluster.search(page_body(query, prepared.request))
        return shown(self._shelf.of_page(page), prepared.request, statistics)

    def _by_words(self, prepared: Prepared) -> int:
        """How many reports it would find where the words of its bare chunks may stand apart."""
        request = prepared.request
        if request.words or request.silent:
            return 0
        apart = replace(request, words=True)
        if parse(request.q, words=True).tree == prepared.query.tree:
            return 0
        return self.count(Prepared.of(apart)).reports
