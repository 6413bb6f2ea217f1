"""The engine over a cluster: it answers as that of one machine does.

What the cluster counts, it counts exactly; the reports of a page are read here. What can only be told by
reading all reports that are found (see `reading.py`) is told of some hundred, and refused beyond.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from indexer.arrays.records import state_of
from indexer.errors import ClusterError, GongkaiError, LimitError
from indexer.messages import Message
from indexer.model import Report, SourceFile
from search.counts import Counted, Refused
from search.echoes import Echoes, Laziest
from search.likeness import AlikePair, Likenesses
from search.local.collect import collocates as local_collocates
from search.local.collect import concordance as local_lines
from search.local.collect import facets as local_facets
from search.local.collect import place as local_place
from search.local.collect import reports as local_reports
from search.local.collect import totals as local_totals
from search.local.collect import warnings as local_warnings
from search.local.collect import wordings as local_wordings
from search.local.collect.report_hits import report_hits
from search.local.facets.fields import field_warnings
from search.local.facets.rows import rows_of
from search.local.plan import Plan
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
from search.query.conditions import regions_asked
from search.query.parse import parse
from search.query.tree import Words
from search.remote.asking import Answer, Cluster
from search.remote.counting import counts_of, earliest_of
from search.remote.dsl import Query
from search.remote.fetched import Statistics, plan_of, shown
from search.remote.firsts import firsts_of
from search.remote.lines import lines_from, page_of_lines
from search.remote.listing import Listing
from search.remote.pages import order_of, page_body, ranked
from search.remote.prepared import Prepared
from search.remote.ranking import Ranking
from search.remote.reading import read_found, read_whole
from search.remote.shelf import Shelf, report_of
from search.remote.spreading import Cells, Table, passes
from search.remote.totals import (
    Bodies,
    facet_bodies,
    facets_from,
    in_one_piece,
    looked_in_bodies,
    totals_bodies,
    totals_of,
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
        self._ranking = Ranking(cluster)
        self._shelf = Shelf(cluster)
        self._listing = Listing(cluster)
        self._cells = Cells(cluster)

    @property
    def generation(self) -> str:
        return self._cluster.index

    @property
    def state(self) -> str:
        return self._cluster.index

    def search(self, request: SearchRequest) -> SearchResult:
        started = time.perf_counter()
        prepared = Prepared.of(request)
        if prepared.is_literal:
            return self._read_result(self._whole(prepared, request), started)
        answers, statistics = self._asked(
            prepared, facet_bodies(prepared, totals_bodies(prepared), self._kinds)
        )
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
        if prepared.is_literal:
            return local_totals.totals(self._whole(prepared, request))
        return totals_of(prepared, self._answers(totals_bodies(prepared)))

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
        table = None if below is None else self._table(bare, below, bare)
        return (self._counted(query, request, table, crossed=crossed) for query in queries)

    def concordance(
        self, request: SearchRequest, order: ConcordanceOrder = "report"
    ) -> Concordance:
        check_order(order)
        prepared = Prepared.of(request)
        if prepared.is_literal:
            return local_lines.concordance(self._whole(prepared, request), order)
        answers, statistics = self._known(prepared, with_piece=True)
        warned = _warnings(prepared, totals_of(prepared, answers), in_one_piece(answers))
        if order == "report":
            listed = self._listing.with_hits(prepared, self._relevance(prepared, statistics))
            page = page_of_lines(self._shelf, prepared, listed, statistics)
        else:
            page = local_lines.concordance(read_found(self._shelf, prepared, statistics), order)
        return replace(page, canonical=prepared.canonical, warnings=warned)

    def every_line(
        self, request: SearchRequest, order: ConcordanceOrder = "report", first: int = 0
    ) -> Iterator[ConcordanceLine]:
        check_order(order)
        prepared = Prepared.of(request)
        if prepared.is_literal:
            return local_lines.every_line(self._whole(prepared, request), order, first)
        _, statistics = self._known(prepared)
        if order != "report":
            plan = read_found(self._shelf, prepared, statistics)
            return local_lines.every_line(plan, order, first)
        listed = self._listing.with_hits(prepared, self._relevance(prepared, statistics))
        return lines_from(self._shelf, prepared, listed, statistics, first)

    def every_report(self, request: SearchRequest) -> Iterator[ReportHit]:
        prepared = Prepared.of(request)
        if prepared.is_literal:
            return local_reports.every_report(self._whole(prepared, request))
        _, statistics = self._known(prepared)
        query = ranked(prepared, self._relevance(prepared, statistics))
        parts = self._shelf.every(query, order_of(request.sort))
        return (hit for part in parts for hit in shown(part, request, statistics))

    def wordings(
        self, request: SearchRequest, reports: Collection[str] | None = None
    ) -> Iterator[tuple[str, str]]:
        prepared = Prepared.of(request)
        if prepared.is_literal:
            return local_wordings.wordings(self._whole(prepared, request), reports)
        query = prepared.found
        if reports is not None:
            query = {"bool": {"filter": [query, {"ids": {"values": list(reports)}}]}}
        parts = self._shelf.every(query, order_of("-year"))
        plans = (plan_of(part, request) for part in parts)
        return (one for plan in plans for one in local_wordings.wordings(plan, None))

    def collocates(
        self, request: SearchRequest, side: Side = "right", limit: int = 50
    ) -> Collocates:
        check_collocates(side, limit)
        prepared = Prepared.of(request)
        if prepared.is_literal:
            plan = self._whole(prepared, request)
            return local_collocates.collocates(plan, side, limit)
        answers, statistics = self._known(prepared, with_piece=True)
        warned = _warnings(prepared, totals_of(prepared, answers), in_one_piece(answers))
        plan = read_found(self._shelf, prepared, statistics)
        return replace(local_collocates.collocates(plan, side, limit), warnings=warned)

    def hits(self, report_id: str, request: SearchRequest) -> tuple[Hit, ...]:
        kept = self._shelf.report(report_id)
        asked = replace(request.validate().unfiltered(), silent=request.silent)
        Prepared.of(asked)  # what is too large for the cluster is refused here, too
        return report_hits(plan_of([kept], asked), 0)

    def place(self, report_id: str, request: SearchRequest) -> Place | None:
        wanted = self._shelf.report(report_id).record["id"]
        prepared = Prepared.of(request)
        if prepared.is_literal:
            plan = self._whole(prepared, request)
            file = plan.columns.ids.file_of(wanted)
            return None if file is None else local_place.place(plan, file)
        _, statistics = self._known(prepared)
        ids = self._listing.ids(prepared, self._relevance(prepared, statistics))
        if wanted not in ids:
            return None
        at = ids.index(wanted)
        before, after = ids[max(0, at - 1) : at], ids[at + 1 : at + 2]
        return Place(at + 1, len(ids), next(iter(before), None), next(iter(after), None))

    def spread(self, request: SearchRequest, below: Below = "children") -> Spread:
        check_below(below)
        prepared = Prepared.of(request)
        if prepared.is_literal:
            raise _not_here()
        answers, statistics = self._known(prepared, with_piece=True)
        table = self._table(prepared, below, prepared)
        earliest = self._cells.earliest(prepared)
        said = self._cells.said(prepared)
        first = firsts_of(self._shelf, prepared, table, said, earliest, statistics)
        rows = table.rows()
        expected = [*(row.expected for row in table.regions), False]
        return Spread(
            canonical=prepared.canonical,
            warnings=_warnings(prepared, totals_of(prepared, answers), in_one_piece(answers)),
            finds_text=prepared.finds_text,
            years=table.years,
            chart=table.chart(),
            rows=tuple(
                row for row, there in zip(rows, expected, strict=True) if there or row.total.reports
            ),
            undated=table.undated(),
            total=table.total(),
            first=first.first,
            firsts=first.of_rows,
            firsts_total=first.total,
            page=request.page,
            size=request.size,
        )

    def looked_in(self, request: SearchRequest) -> LookedIn:
        prepared = Prepared.of(request).among()
        answers = self._answers(looked_in_bodies(prepared, self._kinds))
        reports = int(answers["hits"]["hits"]["total"]["value"])
        return LookedIn(reports, facets_from(prepared, answers))

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

    @cached_property
    def _kinds(self) -> frozenset[str]:
        """The kinds of section that reports have."""
        return self._cells.values("kinds")

    @cached_property
    def _regions(self) -> frozenset[str]:
        """The codes of the regions that reports are in."""
        return self._cells.values("region")

    def _table(self, prepared: Prepared, below: Below, found: Prepared) -> Table:
        """The rows and years of a request; LimitError where they are too many."""
        named = prepared.request.region or regions_asked(prepared.conditions)
        regions = rows_of(named, below, self._regions)
        looked_in = self._cells.looked_in(prepared)
        return Table.of(regions, looked_in, self._cells.found(found), prepared.request)

    def _counted(
        self, query: str, request: SearchRequest, table: Table | None, *, crossed: bool
    ) -> Counted:
        """What one query of a list finds, or why it is refused."""
        asked = replace(request, q=query)
        try:
            prepared = Prepared.of(asked)
            if prepared.is_literal:
                raise _not_here()
            answers = self._answers(totals_bodies(prepared, piece=True))
            warned = _warnings(prepared, totals_of(prepared, answers), in_one_piece(answers))
            cells = [cell for cell in self._cells.found(prepared) if passes(asked, cell.year)]
            first = earliest_of(self._shelf, self._cells.earliest(prepared))
        except ClusterError:  # of no single query
            raise
        except GongkaiError as error:
            return Refused(query, error)
        canonical = prepared.canonical
        return counts_of(query, canonical, warned, cells, first, table, crossed=crossed)

    def _whole(self, prepared: Prepared, request: SearchRequest) -> Plan:
        ranking = self._ranking
        return read_whole(self._shelf, prepared, ranking.reports, ranking.mean_length, request)

    def _read_result(self, plan: Plan, started: float) -> SearchResult:
        """The answer to a request whose reports were read."""
        request, total = plan.request, local_totals.totals(plan)
        return SearchResult(
            text=request.q,
            canonical=plan.canonical,
            warnings=local_warnings.warnings(plan),
            total=total,
            reports=local_reports.reports(plan),
            facets=local_facets.facets(plan),
            by_words=0 if total.reports else self._by_words(Prepared.of(request)),
            page=request.page,
            size=request.size,
            took_ms=round((time.perf_counter() - started) * 1_000, 1),
        )

    def _known(
        self, prepared: Prepared, *, with_piece: bool = False
    ) -> tuple[dict[str, Answer], Statistics]:
        """What ranking needs; `with_piece`: the totals, too, and what warnings tell."""
        bodies = totals_bodies(prepared, piece=True) if with_piece else {}
        answers = self._answers({**bodies, **self._ranking.unknown(prepared)})
        return answers, self._ranking.statistics(prepared, answers)

    def _relevance(self, prepared: Prepared, statistics: Statistics) -> Query | None:
        if prepared.request.sort != "relevance" or self._ranking.is_ordered_without(prepared):
            return self._ranking.alone(prepared)
        return self._ranking.query(prepared, statistics)

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
        return shown(self._shelf.of_page(page), prepared.request, statistics)

    def _by_words(self, prepared: Prepared) -> int:
        """How many reports it would find where the words of its bare chunks may stand apart."""
        request = prepared.request
        if request.words or request.silent:
            return 0
        apart = replace(request, words=True)
        if parse(request.q, words=True).tree == prepared.query.tree:
            return 0
        return self.count(apart).reports


def _not_here() -> LimitError:
    return LimitError(Message("cluster_not_here"), hint=Message("cluster_not_here_hint"))


def _warnings(prepared: Prepared, total: Totals, whole: int | None) -> tuple[Message, ...]:
    """What the reader should know of how the query was taken and answered."""
    tree = prepared.query.tree
    found = [*prepared.query.warnings, *field_warnings(tree)]
    if isinstance(tree, Words) and whole is not None and whole < total.reports:
        found.append(Message("in_one_piece", typed=tree.whole.text, count=whole))
    return tuple(found)
