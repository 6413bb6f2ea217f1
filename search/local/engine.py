"""The engine for one machine: it answers from an index of Gongkai's own.

A request is prepared once (`plan.py`); each part of an answer is collected from the plan by a
function of its own (`collect/`).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from pathlib import Path

from indexer.arrays.records import read_record, read_report, state_of
from indexer.errors import DamagedIndexError, UnknownReportError
from indexer.messages import Message
from indexer.model import Report, SourceFile
from indexer.store.alike_file import WITHOUT, current_state, open_alike
from indexer.store.echo_file import echo_suffix, open_echoes
from indexer.store.harm import look_again, trust, verify_segment
from indexer.store.manifest import current_generation
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
from search.local.refusing import refusing, refusing_each
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

_DAMAGED = "-damaged"
"""Ends the name of a generation that is refused: what was made of it before is of no use."""


class IndexEngine:
    """An `Engine` over one generation of an index. Threads may share it."""

    def __init__(self, folder: Path, *, cache_bytes: int = CACHE_BYTES) -> None:
        """Raises MissingIndexError, OtherVersionError or DamagedIndexError."""
        self._folder = folder
        self._reader = IndexReader(folder)
        self.damage: DamagedIndexError | None = None
        """Why nothing is answered any more: a file is not what was written."""
        self._columns = Columns(self._reader.segments)
        self._open_beside()
        self._planner = Planner(self._columns, cache_bytes=cache_bytes)
        self._grounds = Grounds()
        self._counter = Counter(self._columns)
        self._related = Related(self._columns, self._planner)
        self._glance = Glance(self._reader.segments, self._columns, self._planner, self._related)

    def _open_beside(self) -> None:
        """What is derived from the index later, and may not be there yet."""
        folder, generation = self._folder, self._reader.generation
        self._alike = Alike(self._columns, open_alike(folder, self._reader.manifest))
        self._echo_suffix = echo_suffix(folder, generation)
        self._echoing = Echoing(self._columns, open_echoes(folder, generation))

    def with_what_came(self) -> IndexEngine | None:
        """This engine, with the likenesses and echoes that stand beside the index now; all that it has loaded is
        shared. None where nothing came, the index is of another generation, or this engine refuses to answer."""
        folder = self._folder
        if current_generation(folder) != self.generation or current_state(folder) == self.state:
            return None
        if self.damage is not None:
            return None
        other = copy(self)
        other._open_beside()
        other._echoing.warm()
        return other

    @property
    def generation(self) -> str:
        return self._reader.generation

    @property
    def state(self) -> str:
        alike = "" if self._alike.known else WITHOUT
        damaged = _DAMAGED if self.damage is not None else ""
        return self.generation + alike + self._echo_suffix + damaged

    @refusing
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

    @refusing
    def count(self, request: SearchRequest) -> Totals:
        if request.whole and is_one_text(request):
            return whole_totals(self._planner.prepare(replace(request, whole=False)))
        return totals(self._planner.prepare(request))

    @refusing_each
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

    @refusing
    def concordance(
        self, request: SearchRequest, order: ConcordanceOrder = "report"
    ) -> Concordance:
        check_order(order)
        return concordance(self._planner.prepare(request), order)

    @refusing_each
    def every_line(
        self, request: SearchRequest, order: ConcordanceOrder = "report", first: int = 0
    ) -> Iterator[ConcordanceLine]:
        check_order(order)
        return every_line(self._planner.prepare(request), order, first)

    @refusing_each
    def every_report(self, request: SearchRequest) -> Iterator[ReportHit]:
        return every_report(self._planner.prepare(request))

    @refusing_each
    def wordings(
        self, request: SearchRequest, reports: Collection[str] | None = None
    ) -> Iterator[tuple[str, str]]:
        return wordings(self._planner.prepare(request), reports)

    @refusing
    def collocates(
        self, request: SearchRequest, side: Side = "right", limit: int = 50
    ) -> Collocates:
        check_collocates(side, limit)
        return collocates(self._planner.prepare(request), side, limit)

    @refusing
    def hits(self, report_id: str, request: SearchRequest) -> tuple[Hit, ...]:
        file = self._file(report_id)
        asked = replace(request.validate().unfiltered(), silent=request.silent)
        return report_hits(self._planner.prepare(asked), file)

    @refusing
    def place(self, report_id: str, request: SearchRequest) -> Place | None:
        file = self._file(report_id)
        return place(self._planner.prepare(request), file)

    @refusing
    def spread(self, request: SearchRequest, below: Below = "children") -> Spread:
        check_below(below)
        return spread(self._planner.prepare(request), below, self._grounds)

    @refusing
    def looked_in(self, request: SearchRequest) -> LookedIn:
        return looked_in(self._planner.prepare(request))

    @refusing
    def report(self, report_id: str) -> Report:
        searched, file = self._columns.segment_of_file(self._file(report_id))
        report = read_report(searched.arrays, file)
        return replace(report, copies=self._columns.ids.copies(report.source))

    @refusing
    def alike(self, report_id: str) -> Likenesses:
        return self._alike.of(self._file(report_id))

    @refusing_each
    def every_alike(self) -> Iterator[AlikePair]:
        return self._alike.every()

    @refusing
    def echoes(self, report_id: str, span: tuple[int, int] | None = None) -> Echoes:
        return self._echoing.of(self._file(report_id), span)

    @refusing
    def laziest(self, request: SearchRequest) -> Laziest:
        passing = self._planner.prepare(request).passing
        return self._echoing.laziest(passing, request.page, request.size)

    @refusing
    def file(self, report_id: str) -> SourceFile:
        searched, file = self._columns.segment_of_file(self._file(report_id))
        record = read_record(searched.arrays, file)
        state = state_of(record)
        return SourceFile(record["source"], state.size, state.mtime_ns, state.sha256)

    @refusing
    def overview(self) -> Overview:
        return self._glance.overview()

    @refusing
    def suggest(self, typed: str, limit: int = 8) -> tuple[str, ...]:
        return self._related.suggest(typed, limit)

    @refusing
    def warm(self) -> None:
        """Load what corrections, suggestions and first appearances need, count the commonest
        characters, and look for examples: some seconds that no reader should wait."""
        self._related.warm()
        count_singles(self._columns.segments)
        self._glance.overview()
        self.spread(SearchRequest(size=1))
        self._echoing.warm()

    def verify(self) -> None:
        """Look at all bytes of the segments that were not looked at yet: about a second for each GB.

        Raises a DamagedIndexError where one is not what was written; nothing else is answered from then on.
        """
        with self._refusing_from_now():
            for segment in self._reader.segments:
                verify_segment(segment)

    def verify_again(self) -> Iterator[None]:
        """The same of all bytes, looked at before or not, some MB at each step."""
        with self._refusing_from_now():
            for segment in self._reader.segments:
                yield from look_again(segment)

    @contextmanager
    def _refusing_from_now(self) -> Iterator[None]:
        try:
            yield
        except DamagedIndexError as error:
            self.damage = error
            raise

    def trust(self, other: IndexEngine) -> None:
        """What another engine has looked at of the same files need not be looked at again."""
        trust(self._reader.segments, other._reader.segments)

    def _file(self, report_id: str) -> int:
        """The file of a report, by its id or a former one."""
        file = self._columns.ids.file_of(report_id)
        if file is None:
            raise UnknownReportError(
                Message("no_such_report", id=report_id), hint=Message("no_such_report_hint")
            )
        return file
