"""The engine for one machine: it answers from an index of Gongkai's own.

A request is prepared once (`plan.py`); each part of an answer is collected from the plan by a
function of its own (`collect/`).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from indexer.arrays.records import read_record, read_report, state_of
from indexer.errors import UnknownReportError
from indexer.messages import Message
from indexer.model import Report, SourceFile
from indexer.store.alike_file import WITHOUT, open_alike
from indexer.store.echo_file import echo_suffix, open_echoes
from indexer.store.reader import IndexReader
from search.counts import Counted
from search.echoes import Echoes, Laziest
from search.likeness import AlikePair, Likenesses
from search.local.collect.collocates import collocates
from search.local.collect.concordance import concordance, every_line
from search.local.collect.facets import facets, looked_in
from search.local.collect.ground import Grounds
from search.local.collect.place import place
from search.local.collect.report_hits import report_hits
from search.local.collect.reports import every_report, reports
from search.local.collect.spread import spread
from search.local.collect.totals import is_one_text, totals, whole_totals
from search.local.collect.warnings import warnings
from search.local.collect.wordings import wordings
from search.local.counting.count import Counter
from search.local.echoing.answers import Echoing
from search.local.facts.columns import Columns
from search.local.hits.singles import count_singles
from search.local.likenesses import Alike
from search.local.overview import Glance
from search.local.plan import CACHE_BYTES, Planner
from search.local.related import Related
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
from search.spread import (
    Below,
    Collocates,
    Overview,
    Place,
    Side,
    Spread,
    check_below,
    check_collocates,
)


class IndexEngine:
    """An `Engine` over one generation of an index. Threads may share it."""

    def __init__(self, folder: Path, *, cache_bytes: int = CACHE_BYTES) -> None:
        """Raises MissingIndexError, OtherVersionError or DamagedIndexError."""
        self._reader = IndexReader(folder)
        self._columns = Columns(self._reader.segments)
        self._alike = Alike(self._columns, open_alike(folder, self._reader.manifest))
        self._echo_suffix = echo_suffix(folder, self._reader.generation)
        self._echoing = Echoing(self._columns, open_echoes(folder, self._reader.generation))
        self._planner = Planner(self._columns, cache_bytes=cache_bytes)
        self._grounds = Grounds()
        self._counter = Counter(self._columns)
        self._related = Related(self._columns, self._planner)
        self._glance = Glance(self._reader.segments, self._columns, self._planner, self._related)

    @property
    def generation(self) -> str:
        return self._reader.generation

    @property
    def state(self) -> str:
        alike = "" if self._alike.known else WITHOUT
        return self.generation + alike + self._echo_suffix

    def search(self, request: SearchRequest) -> SearchResult:
        started = time.perf_counter()
        plan = self._planner.prepare(request)
        total = totals(plan)
        return SearchResult(
            text=request.q,
            canonical=plan.canonical,
            warnings=warnings(plan),
            total=total,
            reports=reports(plan),
            facets=facets(plan),
            did_you_mean=() if total.reports else self._related.did_you_mean(plan),
            by_words=0 if total.reports else self._related.by_words(plan),
            page=request.page,
            size=request.size,
            took_ms=round((time.perf_counter() - started) * 1_000, 1),
        )

    def count(self, request: SearchRequest) -> Totals:
        if request.whole and is_one_text(request):
            return whole_totals(self._planner.prepare(replace(request, whole=False)))
        return totals(self._planner.prepare(request))

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
        return self._counter.counts(queries, request, below, crossed=crossed)

    def concordance(
        self, request: SearchRequest, order: ConcordanceOrder = "report"
    ) -> Concordance:
        check_order(order)
        return concordance(self._planner.prepare(request), order)

    def every_line(
        self, request: SearchRequest, order: ConcordanceOrder = "report", first: int = 0
    ) -> Iterator[ConcordanceLine]:
        check_order(order)
        return every_line(self._planner.prepare(request), order, first)

    def every_report(self, request: SearchRequest) -> Iterator[ReportHit]:
        return every_report(self._planner.prepare(request))

    def wordings(
        self, request: SearchRequest, reports: Collection[str] | None = None
    ) -> Iterator[tuple[str, str]]:
        return wordings(self._planner.prepare(request), reports)

    def collocates(
        self, request: SearchRequest, side: Side = "right", limit: int = 50
    ) -> Collocates:
        check_collocates(side, limit)
        return collocates(self._planner.prepare(request), side, limit)

    def hits(self, report_id: str, request: SearchRequest) -> tuple[Hit, ...]:
        file = self._file(report_id)
        asked = replace(request.validate().unfiltered(), silent=request.silent)
        return report_hits(self._planner.prepare(asked), file)

    def place(self, report_id: str, request: SearchRequest) -> Place | None:
        file = self._file(report_id)
        return place(self._planner.prepare(request), file)

    def spread(self, request: SearchRequest, below: Below = "children") -> Spread:
        check_below(below)
        return spread(self._planner.prepare(request), below, self._grounds)

    def looked_in(self, request: SearchRequest) -> LookedIn:
        return looked_in(self._planner.prepare(request))

    def report(self, report_id: str) -> Report:
        searched, file = self._columns.segment_of_file(self._file(report_id))
        report = read_report(searched.arrays, file)
        return replace(report, copies=self._columns.ids.copies(report.source))

    def alike(self, report_id: str) -> Likenesses:
        return self._alike.of(self._file(report_id))

    def every_alike(self) -> Iterator[AlikePair]:
        return self._alike.every()

    def echoes(self, report_id: str, span: tuple[int, int] | None = None) -> Echoes:
        return self._echoing.of(self._file(report_id), span)

    def laziest(self, request: SearchRequest) -> Laziest:
        passing = self._planner.prepare(request).passing
        return self._echoing.laziest(passing, request.page, request.size)

    def file(self, report_id: str) -> SourceFile:
        searched, file = self._columns.segment_of_file(self._file(report_id))
        record = read_record(searched.arrays, file)
        state = state_of(record)
        return SourceFile(record["source"], state.size, state.mtime_ns, state.sha256)

    def overview(self) -> Overview:
        return self._glance.overview()

    def suggest(self, typed: str, limit: int = 8) -> tuple[str, ...]:
        return self._related.suggest(typed, limit)

    def warm(self) -> None:
        """Load what corrections, suggestions and first appearances need, count the commonest
        characters, and look for examples: some seconds that no reader should wait."""
        self._related.warm()
        count_singles(self._columns.segments)
        self._glance.overview()
        self.spread(SearchRequest(size=1))
        self._echoing.warm()

    def _file(self, report_id: str) -> int:
        """The file of a report, by its id or a former one."""
        file = self._columns.ids.file_of(report_id)
        if file is None:
            raise UnknownReportError(
                Message("no_such_report", id=report_id), hint=Message("no_such_report_hint")
            )
        return file
