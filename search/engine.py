"""What command line and pages need of an engine, whichever it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from indexer.model import Report, SourceFile
from search.counts import Counted
from search.echoes import Echoes, Laziest
from search.likeness import AlikePair, Likenesses
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
)
from search.spread import Below, Collocates, Overview, Place, Side, Spread


class Engine(Protocol):
    """Raises only `GongkaiError`s; every request is validated here."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a request."""

    def count(self, request: SearchRequest) -> Totals:
        """The totals of `search`, and nothing else."""

    def counts(
        self,
        queries: Iterable[str],
        request: SearchRequest,
        below: Below | None = "children",
        *,
        crossed: bool = False,
    ) -> Iterator[Counted]:
        """What each of the queries finds, asked as the request asks (its own query is not looked at, nor its
        page): an answer a query, in their order, made some hundred at a time while they are taken. The
        numbers are those of single searches. What is wrong with the rest of the request is raised by this
        call, what is wrong with a query is its answer.

        `below`: the regions are those that `spread` has where nothing is asked, so that lines can be
        compared, whatever regions a query's fields name; None: neither years nor regions are told.
        `crossed`: the years of each, too. LimitError where they would be too many."""

    def looked_in(self, request: SearchRequest) -> LookedIn:
        """What the answer is a part of, which is the same for any text that is looked for: what the request
        finds and what it would find with `silent` turned, together."""

    def report(self, report_id: str) -> Report:
        """The whole report; of a moved file, the former id works too. UnknownReportError if none."""

    def file(self, report_id: str) -> SourceFile:
        """The file that the report was read from; ids as for `report`."""

    def hits(self, report_id: str, request: SearchRequest) -> tuple[Hit, ...]:
        """Every hit of the request's query in one report, in order, as `search` counts them: of the
        filters, only the kinds of section are looked at."""

    def place(self, report_id: str, request: SearchRequest) -> Place | None:
        """Where the report stands in the order of all reports that `search` finds, whatever the page;
        None where it is not among them. UnknownReportError if there is no such report."""

    def concordance(
        self, request: SearchRequest, order: ConcordanceOrder = "report"
    ) -> Concordance:
        """A page (page and size are lines') of every hit of the reports that pass the filters.

        `report`: the reports as `search` sorts them, hits in reading order. `right` and `left`: by
        the folded text that follows a hit, or that precedes it, read backwards from it, to the end
        of the line and for 12 UTF-16 code units, in their order; what ties is in report order.
        """

    def every_line(
        self, request: SearchRequest, order: ConcordanceOrder = "report", first: int = 0
    ) -> Iterator[ConcordanceLine]:
        """All lines of `concordance` from number `first` (of 0) on, whatever page and size. What is wrong
        with the request is raised by this call; lines are made while they are taken."""

    def every_report(self, request: SearchRequest) -> Iterator[ReportHit]:
        """The same of the reports of `search`."""

    def wordings(
        self, request: SearchRequest, reports: Collection[str] | None = None
    ) -> Iterator[tuple[str, str]]:
        """Of each report that `search` finds, in no order, its id and what it says of what is looked for, all
        of it, as a digest (search/wording.py); of these reports alone, by their ids, where they are given."""

    def collocates(
        self, request: SearchRequest, side: Side = "right", limit: int = 50
    ) -> Collocates:
        """The words beside the hits of the reports that pass the filters: of the line and sentence that
        a hit stands in, the word (as the dictionary cuts) that begins where the hit ends, or that ends
        where it begins. Where a hit ends within a word, the rest of that word; where it begins within
        one, what of that word stands before it. Every word counts, 的 and numbers too; the space
        between two ASCII words is stepped over. Each hit counts by itself, where hits overlap, too."""

    def spread(self, request: SearchRequest, below: Below = "children") -> Spread:
        """What the request's query finds by year, and by region and year. LimitError where that would
        be more than MAX_ROWS regions."""

    def alike(self, report_id: str) -> Likenesses:
        """The reports that have much of their text in common with one, which is `a` of each pair.
        UnknownReportError if there is no such report."""

    def every_alike(self) -> Iterator[AlikePair]:
        """All pairs of `alike`, each once, the greatest share first; none where they are not known."""

    def echoes(self, report_id: str, span: tuple[int, int] | None = None) -> Echoes:
        """The sentences of a report, and who said them first; with a span, [start, end) in code points of the
        canonical text, those that stand in it, each with all its twins. UnknownReportError if there is no
        such report."""

    def laziest(self, request: SearchRequest) -> Laziest:
        """Of all reports that `search` finds, a page of those that copied the greatest share."""

    def overview(self) -> Overview:
        """The corpus at a glance."""

    def suggest(self, typed: str, limit: int = 8) -> tuple[str, ...]:
        """Titles, headings and frequent phrases that go on from what was typed, the best first."""

    @property
    def generation(self) -> str:
        """Changes whenever the index does: what a search finds is the same as long as this is."""

    @property
    def state(self) -> str:
        """Changes whenever any answer may: with the generation, and once its likenesses or echoes, which are
        made later, are known."""
