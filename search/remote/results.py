"""Answers to searches: totals, facets and a page, asked at once where they can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from indexer.messages import Message
from search.local.collect.facets import facets
from search.local.collect.reports import reports
from search.local.collect.totals import totals
from search.local.collect.warnings import warnings
from search.local.plan import Plan
from search.model import SearchResult, Totals
from search.query.parse import parse
from search.remote.asking import Answer, Cluster
from search.remote.dsl import Query
from search.remote.facets import Known, KnownRegions
from search.remote.fetched import Statistics, shown
from search.remote.kept import Kept
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


class _Told(NamedTuple):
    """What the cluster told for a search."""

    answers: Mapping[str, Answer]
    kept: Sequence[Kept]
    statistics: Statistics


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
        bodies = facet_bodies(prepared, totals_bodies(prepared), self.known)
        ask = self._at_once if is_in_order(prepared) else self._side_by_side
        answers, kept, statistics = ask(prepared, bodies)
        total = totals_of(prepared, answers)
        return SearchResult(
            text=request.q,
            canonical=prepared.canonical,
            warnings=warnings_of(prepared, total.reports, in_one_piece(answers)),
            total=total,
            reports=shown(kept, request, statistics),
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

    def _at_once(self, prepared: Prepared, bodies: Bodies) -> _Told:
        """The answers to bodies of totals, the page, and what ranking needs: one question where the order asked
        for needs no scores."""
        request = prepared.request
        page = page_body(prepared.found, request)
        hits = {"hits": {**page, **bodies["hits"], "size": request.size}}
        answers = self._complete(prepared, bodies | hits | self._unknown(prepared))
        kept = self._shelf.of_page(answers["hits"])
        return _Told(answers, kept, self._statistics(prepared, answers))

    def _side_by_side(self, prepared: Prepared, bodies: Bodies) -> _Told:
        """The same where it needs some: while the cluster counts, the page is asked for and its reports are read."""
        with ThreadPoolExecutor(1) as aside:
            totals = aside.submit(self._complete, prepared, bodies)
            answers = self._page(prepared)
            kept = self._shelf.of_page(answers["page"])
            answers |= totals.result()
        return _Told(answers, kept, self._statistics(prepared, answers))

    def _page(self, prepared: Prepared) -> dict[str, Answer]:
        """The page, and the answers to what must be known before."""
        ranking, request = self._ranking, prepared.request
        known, relevance = ranking.known_order(prepared)
        if known:
            page = {"page": page_body(ranked(prepared, relevance), request)}
            return self.answers(page | self._unknown(prepared))
        answers = self.answers(ranking.unknown(prepared))
        query = ranking.query(prepared, ranking.statistics(prepared, answers))
        return answers | self.answers({"page": page_body(ranked(prepared, query), request)})

    def _unknown(self, prepared: Prepared) -> Bodies:
        """What ranking needs and totals do not tell."""
        told = self._ranking.told_by_totals(prepared)
        unknown = self._ranking.unknown(prepared)
        return {name: body for name, body in unknown.items() if name not in told}

    def _statistics(self, prepared: Prepared, answers: Mapping[str, Answer]) -> Statistics:
        told = dict.fromkeys(self._ranking.told_by_totals(prepared), answers["hits"])
        return self._ranking.statistics(prepared, {**answers, **told})

    def _by_words(self, prepared: Prepared) -> int:
        """How many reports it would find where the words of its bare chunks may stand apart."""
        request = prepared.request
        if request.words or request.silent:
            return 0
        apart = replace(request, words=True)
        if parse(request.q, words=True).tree == prepared.query.tree:
            return 0
        return self.count(Prepared.of(apart)).reports
