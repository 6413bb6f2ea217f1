"""The engine for one machine: it answers from an index of Gongkai's own.

For now it scans the folded text of every report (see `scan`); what it finds is exact.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.errors import LimitError, UnknownReportError
from indexer.model import Report
from indexer.store.reader import IndexReader
from indexer.store.records import FoldedReport
from search.facets import facets
from search.filters import Filters, field_holds, field_warnings, filters_of
from search.model import (
    Facets,
    Hit,
    Passage,
    ReportHit,
    SearchRequest,
    SearchResult,
    SectionRef,
    Sort,
    Totals,
)
from search.original import original_spans
from search.passages import PrintedLine, passages
from search.query.parse import parse
from search.query.tree import Near, Node, Wildcard, Words
from search.ranking import LeafWeight, leaf_weight, length_of, score
from search.scan import TITLE, FoldedHit, Leaf, Scan, folded_unit, frames_of, has_not, leaves

MAX_LEAVES = 100
"""Most words and phrases in one query."""


@dataclass(slots=True)
class _Answer:
    """What one request's query matches, before anything is shown.

    `hits` holds the reports that match within the asked sections, filters not looked at yet;
    `kinds` the section kinds within which a report matches.
    """

    tree: Node
    scans: list[Scan]
    hits: dict[int, set[FoldedHit]] = field(default_factory=dict)
    kinds: dict[int, list[str]] = field(default_factory=dict)


class ScanEngine:
    """An `Engine` over one generation of an index. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Raises MissingIndexError, OtherVersionError or DamagedIndexError."""
        self._reader = IndexReader(folder)
        self._reports = list(self._reader.reports())
        self._by_id = {former: r for r in self._reports for former in r.former}
        self._by_id |= {r.id: r for r in self._reports}  # an id in use is nobody's former one
        self._mean_length = sum(map(length_of, self._reports)) / max(1, len(self._reports))

    @property
    def generation(self) -> str:
        return self._reader.generation

    def report(self, report_id: str) -> Report:
        return self._reader.report(self._known(report_id).documents)

    def hits(self, report_id: str, request: SearchRequest) -> tuple[Hit, ...]:
        report = self._known(report_id)
        tree = parse(request.validate().q).tree
        found = self._scan(report, request).match(tree, frames_of(report, request.scope, ()))
        printed = self._printed(report, found or ())
        return tuple(
            Hit(line.start + hit.start, line.start + hit.end)
            for line in printed
            for hit in line.hits
        )

    def search(self, request: SearchRequest) -> SearchResult:
        started = time.perf_counter()
        request.validate()
        filters = filters_of(request)
        parsed = parse(request.q)
        _check_size(parsed.tree)
        answer = self._answer(parsed.tree, request, filters)
        passing = [at for at in answer.hits if filters.passes(self._reports[at])]
        scores = self._scores(answer, passing)
        ordered = sorted(passing, key=lambda at: self._sort_key(request.sort, at, answer, scores))
        first = (request.page - 1) * request.size
        shown = ordered[first : first + request.size]
        return SearchResult(
            text=request.q,
            canonical=str(parsed.tree),
            warnings=(*parsed.warnings, *_warnings(parsed.tree, request, answer, passing)),
            total=self._totals(answer, passing, request),
            reports=tuple(
                self._report_hit(at, answer.hits[at], scores.get(at, 0.0), request.passages)
                for at in shown
            ),
            facets=self._facets(answer, request, filters),
            page=request.page,
            size=request.size,
            took_ms=round((time.perf_counter() - started) * 1_000, 1),
        )

    def _known(self, report_id: str) -> FoldedReport:
        report = self._by_id.get(report_id)
        if report is None:
            raise UnknownReportError(
                f"没有编号为 {report_id} 的报告",
                hint="它可能已从资料中移除；请用标题重新搜索。",
            )
        return report

    def _scan(self, report: FoldedReport, request: SearchRequest) -> Scan:
        return Scan(
            report,
            request.literal,
            lambda test: field_holds(test, report),
            lambda unit: self._lines(report, unit),
        )

    def _answer(self, tree: Node, request: SearchRequest, filters: Filters) -> _Answer:
        """Try the query on every report."""
        answer = _Answer(tree, [self._scan(report, request) for report in self._reports])
        monotone = not has_not(tree)
        for at, scan in enumerate(answer.scans):
            report = scan.report
            everywhere = scan.match(tree, frames_of(report, request.scope, ()))
            if everywhere is None and monotone:
                continue
            hits = everywhere
            if request.section:
                hits = scan.match(tree, frames_of(report, request.scope, request.section))
            if hits is not None:
                answer.hits[at] = hits
            if filters.passes(report):
                answer.kinds[at] = [
                    kind
                    for kind in {section.kind for section in report.sections}
                    if scan.match(tree, frames_of(report, request.scope, (kind,))) is not None
                ]
        return answer

    def _scores(self, answer: _Answer, passing: Sequence[int]) -> dict[int, float]:
        found = dict.fromkeys(leaves(answer.tree))
        weights = [
            leaf_weight(leaf, sum(bool(s.leaf(leaf)) for s in answer.scans), len(self._reports))
            for leaf in found
        ]
        return {at: self._score(answer.scans[at], weights) for at in passing}

    def _score(self, scan: Scan, weights: Sequence[LeafWeight]) -> float:
        hits_of = [
            (
                w,
                [
                    FoldedHit(unit, *span)
                    for unit, spans in scan.leaf(w.leaf).items()
                    for span in spans
                ],
            )
            for w in weights
        ]
        return score(scan.report, hits_of, self._mean_length)

    def _sort_key(
        self, sort: Sort, at: int, answer: _Answer, scores: dict[int, float]
    ) -> tuple[object, ...]:
        """Ascending; what ties goes by newest, region and source."""
        report = self._reports[at]
        year = report.year if report.year is not None else 0
        codes = [region.code for region in report.region] or ["999999"]
        ties = (-year, codes, report.source)
        if sort == "relevance":
            return (-scores.get(at, 0.0), *ties)
        if sort == "year":
            return (report.year is None, year, *ties)
        if sort == "-year":
            return (report.year is None, *ties)
        if sort == "hits":
            return (-len(answer.hits[at]), *ties)
        return (codes, *ties)

    def _totals(self, answer: _Answer, passing: Sequence[int], request: SearchRequest) -> Totals:
        """Sections are those with hits; of a query that finds no text, all that were looked at."""
        if any(True for _ in leaves(answer.tree)):
            sections = sum(len({hit.unit for hit in answer.hits[at]} - {TITLE}) for at in passing)
        else:
            sections = sum(
                answer.scans[at].sections_matching(
                    answer.tree, frames_of(self._reports[at], "report", request.section)
                )
                for at in passing
            )
        return Totals(len(passing), sections, sum(len(answer.hits[at]) for at in passing))

    def _facets(self, answer: _Answer, request: SearchRequest, filters: Filters) -> Facets:
        def reports_for(name: str) -> Iterator[FoldedReport]:
            for at in answer.hits:
                if filters.passes(self._reports[at], but=name):
                    yield self._reports[at]

        kinds: dict[str, int] = {}
        for found in answer.kinds.values():
            for kind in found:
                kinds[kind] = kinds.get(kind, 0) + 1
        return facets(request, reports_for, kinds)

    def _report_hit(
        self, at: int, hits: Collection[FoldedHit], relevance: float, most: int
    ) -> ReportHit:
        report = self._reports[at]
        return ReportHit(
            id=report.id,
            title=report.title,
            genre=report.genre,
            year=report.year,
            published=report.published,
            issuer=report.issuer,
            region=report.region,
            source=report.source,
            score=round(relevance, 3),
            hits=len(hits),
            passages=self._passages(report, hits, most),
        )

    def _passages(
        self, report: FoldedReport, hits: Collection[FoldedHit], most: int
    ) -> tuple[Passage, ...]:
        return passages(list(self._printed(report, hits)), most) if most else ()

    def _printed(self, report: FoldedReport, hits: Iterable[FoldedHit]) -> Iterator[PrintedLine]:
        """The lines that hold hits, in order, with the hits where they stand in print."""
        by_unit: dict[int, list[tuple[int, int]]] = {}
        for hit in sorted(hits):
            by_unit.setdefault(hit.unit, []).append((hit.start, hit.end))
        for unit, spans in by_unit.items():
            lines = self._lines(report, unit)
            by_line: dict[int, list[Hit]] = {}
            for line, start, end in original_spans(folded_unit(report, unit), lines, spans):
                by_line.setdefault(line, []).append(Hit(start, end))
            offset = 0 if unit == TITLE else report.sections[unit - 1].start
            ref = _section_ref(report, unit)
            for number, line_text in enumerate(lines):
                if number in by_line:
                    yield PrintedLine(ref, line_text, offset, tuple(by_line[number]))
                offset += len(line_text) + 1

    def _lines(self, report: FoldedReport, unit: int) -> Sequence[str]:
        if unit == TITLE:
            return [report.title]
        return self._reader.section_lines(report.documents[unit - 1])


def _check_size(tree: Node) -> None:
    """LimitError where answering would take a scan for each of too many texts."""
    count = len(set(leaves(tree)))
    if count > MAX_LEAVES:
        raise LimitError(
            f"检索式里有 {count} 个词语，最多 {MAX_LEAVES} 个",
            hint="请缩短检索式；要找整段原文，请给它加上引号。",
        )


def _warnings(
    tree: Node, request: SearchRequest, answer: _Answer, passing: Sequence[int]
) -> Iterator[str]:
    """What the reader should know of how the query was answered."""
    yield from field_warnings(tree)
    if request.literal and any(_has_wildcard(leaf) for leaf in leaves(tree)):
        yield "通配符不要求字形一致"
    if isinstance(tree, Words) and passing:
        whole = sum(bool(answer.scans[at].leaf(tree.whole)) for at in passing)
        if whole < len(passing):
            yield (
                f"连写“{tree.whole.text}”的报告有 {whole} 份，其余是同一章节里各词都有的；"
                "只要连写的，请加引号"
            )


def _has_wildcard(leaf: Leaf) -> bool:
    if isinstance(leaf, Near):
        return _has_wildcard(leaf.left) or _has_wildcard(leaf.right)
    return isinstance(leaf, Wildcard)


def _section_ref(report: FoldedReport, unit: int) -> SectionRef:
    """The section with the headings on the way down to it."""
    if unit == TITLE:
        return SectionRef("title", (), ())
    section = report.sections[unit - 1]
    headings: list[str] = [section.heading] if section.heading else []
    level = section.level
    for above in reversed(report.sections[: unit - 1]):
        if above.level < level:
            level = above.level
            headings.insert(0, above.heading)
    return SectionRef(section.kind, tuple(h for h in headings if h), section.path)
