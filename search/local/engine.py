"""The engine for one machine: it answers from an index of Gongkai's own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

import numpy as np

from indexer.arrays.distinct import first_of_each
from indexer.arrays.records import read_record, read_report
from indexer.arrays.segment import NO_YEAR, Bools, Ints
from indexer.errors import LimitError, UnknownReportError
from indexer.model import GENRES, KINDS, Report
from indexer.store.reader import IndexReader
from search.cache import Cache
from search.local.collect.concordance import concordance, hits_by_file
from search.local.collect.facets import FacetColumns, facets
from search.local.collect.page import passages_of, printed_spans, spans_in_files
from search.local.facts.columns import Columns
from search.local.facts.filters import Filters, field_warnings, filters_of
from search.local.facts.order import first_of, order_keys
from search.local.hits.leaves import LeafHits, Leaves
from search.local.hits.singles import count_singles
from search.local.matching.answer import Answer, answer
from search.local.printed.headings import title
from search.local.suggestions import corpus_words, suggestions
from search.model import (
    Concordance,
    ConcordanceOrder,
    Facets,
    Hit,
    Passage,
    ReportHit,
    SearchRequest,
    SearchResult,
    Totals,
    check_order,
)
from search.query.parse import parse
from search.query.tree import Leaf, Near, Node, Phrase, Wildcard, Words, as_folded, leaves, size
from search.related.did_you_mean import did_you_mean
from search.related.suggest import Suggester
from search.related.vocabulary import Vocabulary

MAX_LEAVES = 100
"""Most words and phrases in one query."""
CACHE_BYTES = 48 << 20
"""Most memory for what queries found, half of it for answers and half for their leaves."""


class IndexEngine:
    """An `Engine` over one generation of an index. Threads may share it."""

    def __init__(self, folder: Path, *, cache_bytes: int = CACHE_BYTES) -> None:
        """Raises MissingIndexError, OtherVersionError or DamagedIndexError."""
        self._reader = IndexReader(folder)
        self._columns = Columns(self._reader.segments)
        self._facet_columns = FacetColumns(self._columns)
        self._answers: Cache[Answer] = Cache(cache_bytes // 2, lambda found: found.bytes)
        self._leaves: Cache[LeafHits] = Cache(cache_bytes // 2, lambda found: found.bytes)
        self._vocabulary = Vocabulary(lambda: corpus_words(self._columns))
        self._suggester: Suggester | None = None
        self._suggester_lock = Lock()

    @property
    def generation(self) -> str:
        return self._reader.generation

    def report(self, report_id: str) -> Report:
        place, file = self._columns.place_of_file(self._known(report_id))
        return read_report(place.arrays, file)

    def hits(self, report_id: str, request: SearchRequest) -> tuple[Hit, ...]:
        file = self._known(report_id)
        tree = parse(request.validate().q, words=request.words).tree
        _check_size(tree)
        found, leaf = self._answer(tree, request, _kind_set(request))
        place, local = self._columns.place_of_file(file)
        number = self._columns.places.index(place)
        spans = spans_in_files(self._columns, number, np.array([local]), found.counted, leaf)
        printed = printed_spans(place.arrays, local, spans)
        pairs = zip(printed.starts.tolist(), printed.ends.tolist(), strict=True)
        return tuple(Hit(start, end) for start, end in pairs)

    def search(self, request: SearchRequest) -> SearchResult:
        started = time.perf_counter()
        request.validate()
        filters = filters_of(request, self._columns)
        parsed = parse(request.q, words=request.words)
        _check_size(parsed.tree)
        found, leaf = self._answer(parsed.tree, request, _kind_set(request))
        passing = filters.passing(found.files)
        total = self._totals(found, passing)
        mended = () if total.reports else self._did_you_mean(parsed.tree, request, filters)
        return SearchResult(
            text=request.q,
            canonical=str(parsed.tree),
            warnings=(*parsed.warnings, *self._warnings(parsed.tree, request, passing, leaf)),
            total=total,
            reports=self._page(found, passing, request, leaf),
            facets=self._facets(found, request, filters),
            did_you_mean=mended,
            page=request.page,
            size=request.size,
            took_ms=round((time.perf_counter() - started) * 1_000, 1),
        )

    def concordance(
        self, request: SearchRequest, order: ConcordanceOrder = "report"
    ) -> Concordance:
        request.validate()
        check_order(order)
        filters = filters_of(request, self._columns)
        parsed = parse(request.q, words=request.words)
        _check_size(parsed.tree)
        found, leaf = self._answer(parsed.tree, request, _kind_set(request))
        passing = filters.passing(found.files)
        return concordance(
            self._columns,
            found,
            passing,
            leaf,
            request,
            order,
            canonical=str(parsed.tree),
            warnings=(*parsed.warnings, *self._warnings(parsed.tree, request, passing, leaf)),
        )

    def suggest(self, typed: str, limit: int = 8) -> tuple[str, ...]:
        with self._suggester_lock:
            if self._suggester is None:
                self._suggester = Suggester(suggestions(self._columns))
        return tuple(found.text for found in self._suggester.suggest(typed, limit))

    def warm(self) -> None:
        """Load what corrections and suggestions need, and count the commonest characters: some
        seconds that no reader should wait."""
        self._vocabulary.count("")
        self.suggest("")
        count_singles(self._columns.places)

    def _did_you_mean(
        self, tree: Node, request: SearchRequest, filters: Filters
    ) -> tuple[str, ...]:
        """Queries like this one that find something with the same filters."""

        def found(folded: str) -> int:
            phrase = Phrase(folded, folded)
            units = Leaves(self._columns, literal=False)(phrase).units
            return len(first_of_each(self._columns.unit_file[units]))

        def answers(mended: Node) -> bool:
            found, _ = self._answer(mended, request, _kind_set(request))
            return bool(filters.passing(found.files).any())

        return did_you_mean(tree, found, self._vocabulary, answers)

    def _known(self, report_id: str) -> int:
        """The file of a report, by its id or a former one."""
        file = self._columns.file_of_id(report_id)
        if file is None:
            raise UnknownReportError(
                f"没有编号为 {report_id} 的报告",
                hint="它可能已从资料中移除；请用标题重新搜索。",
            )
        return file

    def _answer(
        self, tree: Node, request: SearchRequest, kinds: int | None
    ) -> tuple[Answer, Leaves]:
        """What the query finds, and how its leaves are looked up."""
        literal = request.literal
        tree = tree if literal else as_folded(tree)
        leaf = Leaves(self._columns, literal=literal, whole=request.whole, kept=self._leaves)
        found = self._answers.get(
            (tree, request.scope, kinds, literal, request.whole),
            lambda: answer(self._columns, tree, scope=request.scope, kinds=kinds, leaf=leaf),
        )
        return found, leaf

    def _page(
        self, found: Answer, passing: Bools, request: SearchRequest, leaf: Leaves
    ) -> tuple[ReportHit, ...]:
        """The reports on the asked page."""
        columns = self._columns
        by_file = hits_by_file(columns, found)
        keys = order_keys(columns, request.sort, found.scores, by_file)
        end = request.page * request.size
        files = first_of(columns, np.flatnonzero(passing), keys, end)[end - request.size :].tolist()
        shown = passages_of(columns, files, found.counted, leaf, request.passages)
        return tuple(
            self._report_hit(file, float(found.scores[file]), int(by_file[file]), shown[file])
            for file in files
        )

    def _report_hit(
        self, file: int, score: float, hits: int, passages: tuple[Passage, ...]
    ) -> ReportHit:
        columns = self._columns
        place, local = columns.place_of_file(file)
        record = read_record(place.arrays, local)
        year, issuer = int(columns.year[file]), int(columns.issuer[file])
        return ReportHit(
            id=record["id"],
            title=title(place.arrays, local),
            genre=GENRES[columns.genre[file]],
            year=None if year == NO_YEAR else year,
            published=record["published"],
            issuer=columns.issuers[issuer] if issuer >= 0 else None,
            region=columns.region(file),
            source=record["source"],
            score=round(score, 3),
            hits=hits,
            passages=passages,
        )

    def _totals(self, found: Answer, passing: Bools) -> Totals:
        """Sections are those with hits; of a query that finds no text, all that were looked at."""
        inside = passing.take(self._columns.unit_file.take(found.units))
        if found.silent is None:
            sections = int(np.count_nonzero(inside & ~self._columns.titles(found.units)))
        else:
            sections = int(found.silent[passing].sum())
        reports = int(np.count_nonzero(passing))
        hits = int(np.compress(inside, found.hits).sum())
        return Totals(reports, sections, hits, int(np.compress(inside, found.whole).sum()))

    def _facets(self, found: Answer, request: SearchRequest, filters: Filters) -> Facets:
        files = np.flatnonzero(found.kinds)
        inside = filters.passing(self._columns.present)[files]
        held, counts = np.unique(found.kinds[files[inside]], return_counts=True)
        kinds = [int(counts[held >> kind & 1 == 1].sum()) for kind in range(len(KINDS))]
        passing = np.flatnonzero(filters.passing(found.files))

        def files_for(name: str) -> Ints:
            if name not in filters.masks:
                return passing
            return np.flatnonzero(filters.passing(found.files, but=name))

        return facets(request, self._facet_columns, files_for, kinds)

    def _warnings(
        self, tree: Node, request: SearchRequest, passing: Bools, leaf: Leaves
    ) -> Iterator[str]:
        """What the reader should know of how the query was answered."""
        yield from field_warnings(tree)
        if request.literal and any(_has_wildcard(one) for one in leaves(tree)):
            yield "通配符不要求字形一致"
        if isinstance(tree, Words):
            reports = int(np.count_nonzero(passing))
            holding = np.zeros(len(passing), bool)
            chunk = tree.whole if request.literal else Phrase(tree.whole.folded, tree.whole.folded)
            holding[self._columns.unit_file[leaf(chunk).units]] = True
            whole = int(np.count_nonzero(holding & passing))
            if whole < reports:
                yield (
                    f"连写“{tree.whole.text}”的报告有 {whole:,} 份，其余是同一章节里各词都有的；"
                    "只要连写的，请加引号"
                )


def _kind_set(request: SearchRequest) -> int | None:
    """The asked section kinds as a set of frames' kinds."""
    if not request.section:
        return None
    return sum(1 << KINDS.index(kind) for kind in set(request.section))


def _check_size(tree: Node) -> None:
    """LimitError where answering would look up too many texts."""
    count = size(tree)
    if count > MAX_LEAVES:
        raise LimitError(
            f"检索式里有 {count} 个词语，最多 {MAX_LEAVES} 个",
            hint="请缩短检索式；要找整段原文，请给它加上引号。",
        )


def _has_wildcard(leaf: Leaf) -> bool:
    if isinstance(leaf, Near):
        return _has_wildcard(leaf.left) or _has_wildcard(leaf.right)
    return isinstance(leaf, Wildcard)
