"""The engine that tries a query on every report, one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from indexer.arrays.records import read_record, read_report
from indexer.arrays.segment import REJECTED
from indexer.errors import LimitError, UnknownReportError
from indexer.messages import Message
from indexer.model import Report
from indexer.store.reader import IndexReader
from search.counts import Counted
from search.echoes import Echoes, Laziest
from search.likeness import AlikePair, Likenesses
from search.model import (
    Concordance,
    ConcordanceLine,
    ConcordanceOrder,
    Facets,
    Hit,
    LookedIn,
    ReportHit,
    SearchRequest,
    SearchResult,
    Sort,
    Totals,
    check_order,
)
from search.query.conditions import conditions, kinds_asked, regions_asked
from search.query.parse import parse
from search.query.tree import (
    Leaf,
    Near,
    Node,
    ParsedQuery,
    Wildcard,
    Words,
    as_folded,
    leaves_of,
    size,
)
from search.spread import (
    Below,
    Collocates,
    Place,
    Side,
    Spread,
    check_below,
    check_collocates,
)
from tests.oracle.alike import likenesses
from tests.oracle.collocates import words_beside
from tests.oracle.concordance import lines
from tests.oracle.counts import one_by_one
from tests.oracle.echoes import EchoScan, page_of
from tests.oracle.facets import facets
from tests.oracle.filters import Filters, field_holds, field_warnings, filters_of
from tests.oracle.folded import TITLE, FoldedReport, Span, folded_report
from tests.oracle.ranking import leaf_weights, score
from tests.oracle.scan import Scan, Selected, frames_of
from tests.oracle.spread import Recount
from tests.oracle.wording import wording

MAX_LEAVES = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A report that matches within the asked sections, filters not looked at yet."""

    scan: Scan
    selected: set[Selected]
    hits: list[tuple[int, Span]]

    @property
    def report(self) -> Report:
        return self.scan.report.report


@dataclass(frozen=True, slots=True)
class Answered:
    """All that a scan finds; `passing` in order, and the score of each by id."""

    parsed: ParsedQuery
    filters: Filters
    scans: Sequence[Scan]
    found: Sequence[Found]
    passing: Sequence[Found]
    scores: Mapping[str, float]
    warnings: tuple[Message, ...]

    @property
    def finds_text(self) -> bool:
        return any(True for _ in leaves_of(self.parsed.tree))


class ScanEngine:
    """An `Engine` over reports; it shows no passages. `former` are ids at earlier paths."""

    generation = state = "scan"

    def __init__(
        self, reports: Iterable[Report], former: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._reports = [folded_report(report) for report in reports]
        self._by_id = {old: r for r in self._reports for old in (former or {}).get(r.id, ())}
        self._by_id |= {report.id: report for report in self._reports}
        lengths = [report.length for report in self._reports]
        self._mean_length = sum(lengths) / max(1, len(lengths))

    @staticmethod
    def of_index(folder: Path) -> ScanEngine:
        """Over the reports of an index."""
        reports: list[Report] = []
        former: dict[str, Sequence[str]] = {}
        for segment in IndexReader(folder).segments:
            living = segment.live & (segment.arrays.file_genre != REJECTED)
            for file in np.flatnonzero(living).tolist():
                reports.append(read_report(segment.arrays, file))
                former[reports[-1].id] = read_record(segment.arrays, file)["former"]
        return ScanEngine(reports, former)

    @property
    def reports(self) -> list[Report]:
        return [report.report for report in self._reports]

    def report(self, report_id: str) -> Report:
        return self._known(report_id).report

    def alike(self, report_id: str) -> Likenesses:
        return likenesses(self._known(report_id).report, self.reports)

    def every_alike(self) -> Iterator[AlikePair]:
        """In the order of the reports, each pair once."""
        for at, report in enumerate(self.reports):
            yield from likenesses(report, self.reports[at + 1 :]).pairs

    def echoes(self, report_id: str, span: tuple[int, int] | None = None) -> Echoes:
        known = self._known(report_id).report
        return EchoScan(self.reports).echoes(self.reports.index(known), span)

    def laziest(self, request: SearchRequest) -> Laziest:
        scan = EchoScan(self.reports)
        found = self._answer(replace(request, sort="-year", q=request.q)).passing
        numbers = [self.reports.index(one.report) for one in found]
        rows = scan.laziest(numbers)
        return page_of(rows, len(numbers) - len(rows), request.page, request.size)

    def hits(self, report_id: str, request: SearchRequest) -> tuple[Hit, ...]:
        report = self._known(report_id)
        if request.validate().silent:
            return ()
        tree = parse(request.q, words=request.words).tree
        _check_size(tree)
        scan = _scan(report, request)
        selected = _selected(scan, tree, request)
        spans = sorted(
            (line.start + start, line.start + end)
            for block, span in scan.hits(selected or ())
            for line, start, end in [report.blocks[block].printed(span)]
        )
        return tuple(Hit(start, end) for start, end in spans)

    def search(self, request: SearchRequest) -> SearchResult:
        result = self.unpaged(request)
        first = (request.page - 1) * request.size
        return replace(result, reports=result.reports[first : first + request.size])

    def unpaged(self, request: SearchRequest) -> SearchResult:
        """The answer with all its reports."""
        answered = self._answer(request)
        tree, passing, scores = answered.parsed.tree, answered.passing, answered.scores
        return SearchResult(
            text=request.q,
            canonical=str(tree),
            warnings=answered.warnings,
            total=_totals(tree, passing, request),
            reports=tuple(report_hit(f, scores[f.report.id]) for f in passing),
            facets=_facets(tree, request, answered.filters, answered.scans, answered.found),
            page=request.page,
            size=request.size,
            took_ms=0.0,
            by_words=0 if passing else self._by_words(request, answered.filters, tree),
        )

    def _answer(self, request: SearchRequest) -> Answered:
        """The query tried on every report."""
        request.validate()
        filters = filters_of(request)
        parsed = parse(request.q, words=request.words)
        _check_size(parsed.tree)
        tree = parsed.tree if request.literal else as_folded(parsed.tree)
        scans = [_scan(report, request) for report in self._reports]
        found = list(_found(scans, tree, request))
        if request.silent:
            found = list(_not_found(scans, found, conditions(tree), request))
        passing, scores = self._sorted(tree, scans, found, filters, request.sort)
        warnings = (*parsed.warnings, *_warnings(parsed.tree, request, passing))
        return Answered(parsed, filters, scans, found, passing, scores, warnings)

    def count(self, request: SearchRequest) -> Totals:
        return self.unpaged(request).total

    def counts(
        self,
        queries: Iterable[str],
        request: SearchRequest,
        below: Below | None = "children",
        *,
        crossed: bool = False,
    ) -> Iterator[Counted]:
        return one_by_one(self, queries, request, below, crossed=crossed)

    def looked_in(self, request: SearchRequest) -> LookedIn:
        """What is found and what is silent, together; the sections as both facets have them, added."""
        turned = replace(request, silent=not request.silent)
        said, unsaid = self._answer(request), self._answer(turned)
        every = [*said.found, *unsaid.found]
        kinds: Counter[str] = Counter()
        for asked in (request, turned):
            found = _facets(said.parsed.tree, asked, said.filters, said.scans, every)
            kinds.update({facet.value: facet.reports for facet in found.section})
        passing = [f for f in every if said.filters.passes(f.report)]

        def reports_for(name: str) -> Iterator[Report]:
            return (f.report for f in every if said.filters.passes(f.report, but=name))

        return LookedIn(len(passing), facets(request, reports_for, kinds))

    def place(self, report_id: str, request: SearchRequest) -> Place | None:
        wanted = self._known(report_id).id
        ids = [hit.id for hit in self.unpaged(request).reports]
        if wanted not in ids:
            return None
        at = ids.index(wanted)
        around: list[str | None] = [None, *ids, None]
        return Place(at + 1, len(ids), around[at], around[at + 2])

    def spread(self, request: SearchRequest, below: Below = "children") -> Spread:
        check_below(below)
        answered = self._answer(request)
        found = Recount(
            request=request,
            reports=[
                scan.report
                for scan in answered.scans
                if _is_candidate(scan, conditions(answered.parsed.tree), request)
                and answered.filters.passes(scan.report.report, but="year")
            ],
            kinds=kinds_asked(conditions(answered.parsed.tree)),
            rooted=request.region or regions_asked(answered.parsed.tree),
            passes=answered.filters.passes,
            hits={f.report.id: len(f.hits) for f in answered.found},
            shown={
                f.report.id: report_hit(f, answered.scores[f.report.id]) for f in answered.passing
            },
        )
        return found.spread(
            below,
            frozenset(region.code for report in self.reports for region in report.region),
            canonical=str(answered.parsed.tree),
            warnings=answered.warnings,
            finds_text=answered.finds_text,
        )

    def _by_words(self, request: SearchRequest, filters: Filters, asked: Node) -> int:
        """How many reports the words of bare chunks find apart."""
        tree = parse(request.q, words=True).tree
        if tree == asked or request.silent or size(tree) > MAX_LEAVES:
            return 0
        scans = [_scan(report, request) for report in self._reports]
        folded = tree if request.literal else as_folded(tree)
        return sum(filters.passes(f.report) for f in _found(scans, folded, request))

    def concordance(
        self, request: SearchRequest, order: ConcordanceOrder = "report"
    ) -> Concordance:
        request.validate()
        check_order(order)
        answered = self._answer(request)
        every = lines(_hits(answered.passing), order)
        first = (request.page - 1) * request.size
        return Concordance(
            canonical=str(answered.parsed.tree),
            warnings=answered.warnings,
            finds_text=answered.finds_text,
            hits=len(every),
            reports=sum(bool(f.hits) for f in answered.passing),
            lines=tuple(every[first : first + request.size]),
            page=request.page,
            size=request.size,
        )

    def every_line(
        self, request: SearchRequest, order: ConcordanceOrder = "report", first: int = 0
    ) -> Iterator[ConcordanceLine]:
        request.validate()
        check_order(order)
        return iter(lines(_hits(self._answer(request).passing), order)[first:])

    def every_report(self, request: SearchRequest) -> Iterator[ReportHit]:
        return iter(self.unpaged(request).reports)

    def wordings(
        self, request: SearchRequest, reports: Collection[str] | None = None
    ) -> Iterator[tuple[str, str]]:
        for found in self._answer(request).passing:
            report = found.report
            if reports is None or report.id in reports:
                yield report.id, wording(report, self.hits(report.id, request))

    def collocates(
        self, request: SearchRequest, side: Side = "right", limit: int = 50
    ) -> Collocates:
        request.validate()
        check_collocates(side, limit)
        answered = self._answer(request)
        bare, every = words_beside(_hits(answered.passing), side)
        return Collocates(
            canonical=str(answered.parsed.tree),
            warnings=answered.warnings,
            finds_text=answered.finds_text,
            hits=sum(len(f.hits) for f in answered.passing),
            bare=bare,
            words=len(every),
            found=tuple(every[:limit]),
        )

    def _sorted(
        self,
        tree: Node,
        scans: Sequence[Scan],
        found: Sequence[Found],
        filters: Filters,
        sort: Sort,
    ) -> tuple[list[Found], dict[str, float]]:
        """What passes the filters, in order, and the scores."""
        passing = [f for f in found if filters.passes(f.report)]
        scores = self._scores(tree, scans, found, passing)
        return sorted(passing, key=lambda f: _sort_key(sort, f, scores[f.report.id])), scores

    def _known(self, report_id: str) -> FoldedReport:
        report = self._by_id.get(report_id)
        if report is None:
            raise UnknownReportError(Message("no_such_report", id=report_id))
        return report

    def _scores(
        self, tree: Node, scans: Sequence[Scan], found: Sequence[Found], wanted: Iterable[Found]
    ) -> dict[str, float]:
        """The scores of the wanted of all reports that were found, by id."""
        answering = {s.leaf for f in found for s in f.selected}
        weights = {leaf: w for leaf, w in leaf_weights(tree, scans).items() if leaf in answering}
        return {f.report.id: score(f.scan, f.selected, weights, self._mean_length) for f in wanted}


def _hits(passing: Iterable[Found]) -> Iterator[tuple[FoldedReport, list[tuple[int, Span]]]]:
    return ((f.scan.report, f.hits) for f in passing)


def _scan(report: FoldedReport, request: SearchRequest) -> Scan:
    return Scan(
        report, request.literal, request.whole, lambda asked: field_holds(asked, report.report)
    )


def _selected(scan: Scan, tree: Node, request: SearchRequest) -> set[Selected] | None:
    """What answers in the asked sections; nothing where the report as a whole does not match."""
    if scan.match(tree, frames_of(scan.report, request.scope, ())) is None:
        return None
    return scan.match(tree, frames_of(scan.report, request.scope, request.section))


def _found(scans: Iterable[Scan], tree: Node, request: SearchRequest) -> Iterator[Found]:
    for scan in scans:
        selected = _selected(scan, tree, request)
        if selected is not None:
            yield Found(scan, selected, scan.hits(selected))


def _not_found(
    scans: Iterable[Scan], found: Iterable[Found], asked: Node, request: SearchRequest
) -> Iterator[Found]:
    """The reports that the query looks in and that are not among those found."""
    there = {f.report.id for f in found}
    for scan in scans:
        if scan.report.id not in there and _is_candidate(scan, asked, request):
            yield Found(scan, set(), [])


def _is_candidate(scan: Scan, asked: Node, request: SearchRequest) -> bool:
    """Whether a report meets the conditions of the query in the asked sections; in its title alone, too."""
    tried = (frames_of(scan.report, request.scope, kinds) for kinds in ((), request.section))
    return all(any(scan.meets(asked, frame) for frame in frames) for frames in tried)


def _sort_key(sort: str, found: Found, score: float) -> tuple[object, ...]:
    """Ascending; what ties goes by newest, region and source."""
    report = found.report
    year = report.year if report.year is not None else 0
    codes = [region.code for region in report.region] or ["999999"]
    first: dict[str, tuple[object, ...]] = {
        "relevance": (-score,),
        "year": (report.year is None, year),
        "-year": (report.year is None,),
        "hits": (-len(found.hits),),
        "region": (codes,),
        "-changed": (-report.indexed.changed,),
    }
    return (*first[sort], -year, codes, report.source)


def _totals(tree: Node, passing: Sequence[Found], request: SearchRequest) -> Totals:
    """Sections are those with hits; of a query that finds no text, all that match alone; of a silent
    request, all of the kinds in which it looks."""
    if request.silent:
        kinds = kinds_asked(conditions(tree))
        sections = sum(
            kinds is None or f.scan.report.blocks[block].kind in kinds
            for f in passing
            for block in set(f.scan.report.blocks_of(request.section)) - {TITLE}
        )
    elif any(True for _ in leaves_of(tree)):
        sections = sum(len({block for block, _ in f.hits} - {TITLE}) for f in passing)
    else:
        sections = sum(f.scan.silent_sections(tree, request.section) for f in passing)
    hits = sum(len(f.hits) for f in passing)
    return Totals(len(passing), sections, hits, sum(map(_whole, passing)))


def _whole(found: Found) -> int:
    """How many of the hits stand on word boundaries."""
    blocks = found.scan.report.blocks
    return sum(blocks[block].on_word_boundaries(span) for block, span in found.hits)


def _facets(
    tree: Node,
    request: SearchRequest,
    filters: Filters,
    scans: Iterable[Scan],
    found: Sequence[Found],
) -> Facets:
    def reports_for(name: str) -> Iterator[Report]:
        return (f.report for f in found if filters.passes(f.report, but=name))

    kinds: Counter[str] = Counter()
    for scan in scans:
        if filters.passes(scan.report.report):
            for kind in {block.kind for block in scan.report.blocks[1:]}:
                of_kind = replace(request, section=(kind,))
                found_in = _selected(scan, tree, of_kind) is not None
                if request.silent:
                    found_in = not found_in and _is_candidate(scan, conditions(tree), of_kind)
                kinds[kind] += found_in
    return facets(request, reports_for, kinds)


def report_hit(found: Found, score: float) -> ReportHit:
    report = found.report
    return ReportHit(
        id=report.id,
        title=report.title,
        genre=report.genre,
        year=report.year,
        published=report.published,
        issuer=report.issuer,
        region=report.region,
        source=report.source,
        score=score,
        hits=len(found.hits),
        passages=(),
        original=report.url,
        indexed=report.indexed,
    )


def _check_size(tree: Node) -> None:
    count = len(set(leaves_of(tree)))
    if count > MAX_LEAVES:
        raise LimitError(Message("too_many_words", count=count, most=MAX_LEAVES))


def _warnings(tree: Node, request: SearchRequest, passing: Sequence[Found]) -> Iterator[Message]:
    """What the reader should know of how the query was answered."""
    yield from field_warnings(tree)
    if request.literal and any(_has_wildcard(leaf) for leaf in leaves_of(tree)):
        yield Message("wildcards_not_literal")
    if isinstance(tree, Words) and not request.silent:
        whole = sum(bool(f.scan.leaf(tree.whole)) for f in passing)
        if whole < len(passing):
            yield Message("in_one_piece", typed=tree.whole.text, count=whole)


def _has_wildcard(leaf: Leaf) -> bool:
    if isinstance(leaf, Near):
        return _has_wildcard(leaf.left) or _has_wildcard(leaf.right)
    return isinstance(leaf, Wildcard)
