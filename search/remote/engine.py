"""The engine over a cluster: it answers as that of one machine does.

What the cluster counts, it counts exactly; the reports of a page are read here. What can only be told by
reading all reports that are found (see `reading.py`) is told of some hundred, and refused beyond.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from indexer.arrays.records import state_of
from indexer.errors import ClusterError, GongkaiError
from indexer.model import Report, SourceFile
from search.counts import Counted, Refused
from search.echoes import Echoes, Laziest
from search.likeness import AlikePair, Likenesses
from search.local.collect.collocates import collocates
from search.local.collect.concordance import concordance, every_line
from search.local.collect.report_hits import report_hits
from search.local.collect.wordings import wordings
from search.model import (
    Concordance,
    ConcordanceLine,
    ConcordanceOrder,
    Hit,
    LookedIn,
    ReportHit,
    SearchRequest,
    SearchResult,
    Totals,
    check_order,
)
from search.remote.asking import Cluster
from search.remote.fetched import plan_of, shown
from search.remote.lines import lines_from, page_of_lines
from search.remote.listing import Listing
from search.remote.pages import order_of, ranked
from search.remote.prepared import Prepared
from search.remote.ranking import Ranking
from search.remote.reading import Reading
from search.remote.results import Results
from search.remote.shelf import Shelf, report_of
from search.remote.spreading import Table
from search.remote.spreads import Spreads
from search.remote.totals import (
    facets_from,
    looked_in_bodies,
)
from search.spread import (
    Below,
    Collocates,
    Overview,
    Place,
    RejectedFile,
    Side,
    Spread,
    check_below,
    check_collocates,
)


class ClusterEngine:
    """An `Engine` over one index of a cluster. Threads may share it."""

    def __init__(self, cluster: Cluster) -> None:
        """Raises ClusterError, MissingIndexError or OtherVersionError."""
        self._cluster = cluster
        ranking = Ranking(cluster)
        self._shelf = Shelf(cluster)
        self._listing = Listing(cluster)
        self._reading = Reading(self._shelf, ranking)
        self._spreads = Spreads(cluster, self._shelf)
        self._results = Results(cluster, self._shelf, ranking, self._reading)

    @property
    def generation(self) -> str:
        return self._cluster.index

    @property
    def state(self) -> str:
        return self._cluster.index

    def search(self, request: SearchRequest) -> SearchResult:
        started = time.perf_counter()
        found = self._results.search(Prepared.of(request))
        return replace(found, took_ms=round((time.perf_counter() - started) * 1_000, 1))

    def count(self, request: SearchRequest) -> Totals:
        return self._results.count(Prepared.of(request))

    def counts(
        self,
        queries: Iterable[str],
        request: SearchRequest,
        below: Below | None = "children",
        *,
        crossed: bool = False,
    ) -> Iterator[Counted]:
        if below is not None:
            check_below(below)
        bare = Prepared.of(replace(request, q="", silent=False))
        if request.literal:
            return self._reading.counts(queries, request, below, crossed=crossed)
        table = None if below is None else self._spreads.table(bare, below)
        return (self._counted(query, request, table, crossed=crossed) for query in queries)

    def concordance(
        self, request: SearchRequest, order: ConcordanceOrder = "report"
    ) -> Concordance:
        check_order(order)
        prepared = Prepared.of(request)
        if prepared.is_literal:
            return concordance(self._reading.deciding(prepared), order)
        warned, statistics = self._results.told(prepared)
        if order == "report":
            listed = self._listing.with_hits(
                prepared, self._results.relevance(prepared, statistics)
            )
            page = page_of_lines(self._shelf, prepared, listed, statistics)
        else:
            page = concordance(self._reading.found(prepared, statistics), order)
        return replace(page, canonical=prepared.canonical, warnings=warned)

    def every_line(
        self, request: SearchRequest, order: ConcordanceOrder = "report", first: int = 0
    ) -> Iterator[ConcordanceLine]:
        check_order(order)
        prepared = Prepared.of(request)
        if prepared.is_literal:
            return every_line(self._reading.deciding(prepared), order, first)
        statistics = self._results.ranks_by(prepared)
        if order != "report":
            return every_line(self._reading.found(prepared, statistics), order, first)
        listed = self._listing.with_hits(prepared, self._results.relevance(prepared, statistics))
        return lines_from(self._shelf, prepared, listed, statistics, first)

    def every_report(self, request: SearchRequest) -> Iterator[ReportHit]:
        prepared = Prepared.of(request)
        if prepared.is_literal:
            return self._reading.every_report(prepared)
        statistics = self._results.ranks_by(prepared)
        query = ranked(prepared, self._results.relevance(prepared, statistics))
        parts = self._shelf.every(query, order_of(request.sort))
        return (hit for part in parts for hit in shown(part, request, statistics))

    def wordings(
        self, request: SearchRequest, reports: Collection[str] | None = None
    ) -> Iterator[tuple[str, str]]:
        prepared = Prepared.of(request)
        if prepared.is_literal:
            return self._reading.wordings(prepared, reports)
        query = prepared.found
        if reports is not None:
            query = {"bool": {"filter": [query, {"ids": {"values": list(reports)}}]}}
        parts = self._shelf.every(query, order_of("-year"))
        return (one for part in parts for one in wordings(plan_of(part, request), None))

    def collocates(
        self, request: SearchRequest, side: Side = "right", limit: int = 50
    ) -> Collocates:
        check_collocates(side, limit)
        prepared = Prepared.of(request)
        if prepared.is_literal:
            return collocates(self._reading.deciding(prepared), side, limit)
        warned, statistics = self._results.told(prepared)
        plan = self._reading.found(prepared, statistics)
        return replace(collocates(plan, side, limit), warnings=warned)

    def hits(self, report_id: str, request: SearchRequest) -> tuple[Hit, ...]:
        kept = self._shelf.report(report_id)
        asked = replace(request.validate().unfiltered(), silent=request.silent)
        Prepared.of(asked)  # what is too large for the cluster is refused here, too
        return report_hits(plan_of([kept], asked), 0)

    def place(self, report_id: str, request: SearchRequest) -> Place | None:
        wanted = self._shelf.report(report_id).record["id"]
        prepared = Prepared.of(request)
        if prepared.is_literal:
            return self._reading.place(prepared, wanted)
        statistics = self._results.ranks_by(prepared)
        return self._listing.place(prepared, self._results.relevance(prepared, statistics), wanted)

    def spread(self, request: SearchRequest, below: Below = "children") -> Spread:
        check_below(below)
        prepared = Prepared.of(request)
        if prepared.is_literal:
            return self._reading.spread(prepared, below)
        return self._spreads.spread(prepared, below, *self._results.told(prepared))

    def looked_in(self, request: SearchRequest) -> LookedIn:
        prepared = Prepared.of(request).among()
        answers = self._results.answers(looked_in_bodies(prepared, self._results.known))
        reports = int(answers["hits"]["hits"]["total"]["value"])
        return LookedIn(reports, facets_from(prepared, answers, self._results.known))

    def report(self, report_id: str) -> Report:
        report = report_of(self._shelf.report(report_id))
        return replace(report, copies=self._shelf.copies(report.id))

    def file(self, report_id: str) -> SourceFile:
        record = self._shelf.report(report_id).record
        state = state_of(record)
        return SourceFile(record["source"], state.size, state.mtime_ns, state.sha256)

    def alike(self, report_id: str) -> Likenesses:
        self._shelf.report(report_id)
        return Likenesses(known=False)

    def every_alike(self) -> Iterator[AlikePair]:
        return iter(())

    def echoes(self, report_id: str, span: tuple[int, int] | None = None) -> Echoes:
        self._shelf.report(report_id)
        return Echoes(known=False)

    def laziest(self, request: SearchRequest) -> Laziest:
        Prepared.of(request)
        return Laziest(known=False)

    def overview(self) -> Overview:
        newest = {"newest": {"max": {"field": "changed"}}}
        body = {"size": 0, "query": {"term": {"present": True}}, "aggs": newest}
        [answer] = self._cluster.search(body)
        found = answer["aggregations"]["newest"]["value"]
        records = self._shelf.rejected()
        rejected = [
            RejectedFile(str(record["source"]), reason)
            for record in records
            if (reason := state_of(record).reason) is not None
        ]
        return Overview((), tuple(sorted(rejected)), 0 if found is None else int(found))

    def suggest(self, typed: str, limit: int = 8) -> tuple[str, ...]:
        return ()

    def _counted(
        self, query: str, request: SearchRequest, table: Table | None, *, crossed: bool
    ) -> Counted:
        """What one query of a list finds, or why it is refused."""
        try:
            prepared = Prepared.of(replace(request, q=query))
            warned = self._results.warned(prepared)
            return self._spreads.counts(prepared, warned, table, crossed=crossed)
        except ClusterError:  # of no single query
            raise
        except GongkaiError as error:
            return Refused(query, error)
