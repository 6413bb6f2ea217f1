"""A query prepared to be collected from: validated, parsed, its size checked, answered once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.arrays.segment import Bools
from indexer.errors import LimitError
from indexer.messages import Message
from search.cache import Cache
from search.local.facets.table import Filters, ReportFacets, filters_of, report_facets
from search.local.facts.columns import Columns
from search.local.hits.leaves import LeafHits, Leaves
from search.local.matching.answer import Answer, answer
from search.local.matching.candidates import Candidates, candidates
from search.local.matching.complement import complement
from search.local.matching.frames import KindSet, kind_set
from search.model import SearchRequest
from search.query.conditions import conditions, kinds_asked
from search.query.parse import parse
from search.query.tree import Node, ParsedQuery, as_folded, size

MAX_LEAVES = 100
"""Most words and phrases in one query."""
CACHE_BYTES = 48 << 20
"""Most memory for what queries found, half of it for answers and half for their leaves."""
CANDIDATES_BYTES = 4 << 20
"""Most memory for the reports that they look in."""
_OBJECTS = 2 << 10
"""Bytes that a key and the objects around the arrays of one of them take, about: of a small index, most of it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a collector needs to make a value of: a collector is a function of a plan.

    `facets` are those of the index. `conditions` are those of the query. `answer` is what the query
    finds whatever the request filters (of a silent request, what it does not find); `passing` are the
    files of it that pass the `filters`; `leaves` looks up the leaves of the query. `find_candidates`
    evaluates what `candidates` are, or has it kept.
    """

    columns: Columns
    facets: ReportFacets
    request: SearchRequest
    query: ParsedQuery
    filters: Filters
    answer: Answer
    leaves: Leaves
    passing: Bools
    conditions: Node
    find_candidates: Callable[[], Candidates]

    @property
    def canonical(self) -> str:
        """The query as it was understood."""
        return str(self.query.tree)

    @property
    def candidates(self) -> Candidates:
        """The reports that the query looks in, whatever the request filters: those that meet its
        conditions. The *ground* of a spread are those of them that pass the filters, laid out by row
        and year (`collect/ground.py`)."""
        return self.find_candidates()

    @property
    def kinds(self) -> KindSet:
        """The kinds of section in which alone the query looks: those of the filter, and of its fields."""
        chosen, typed = kind_set(self.request.section), kinds_asked(self.conditions)
        if typed is None:
            return chosen
        of_fields = kind_set(tuple(typed)) or 0
        return of_fields if chosen is None else chosen & of_fields


class Planner:
    """Prepares queries over one generation of an index, and keeps what earlier ones found."""

    def __init__(self, columns: Columns, *, cache_bytes: int = CACHE_BYTES) -> None:
        self._columns = columns
        self._facets = report_facets(columns)
        self._answers: Cache[Answer] = Cache(cache_bytes // 2, _taken)
        self._leaves: Cache[LeafHits] = Cache(cache_bytes // 2, _taken)
        self._candidates: Cache[Candidates] = Cache(CANDIDATES_BYTES, _taken)

    def prepare(self, request: SearchRequest) -> Plan:
        """Raises RequestError, QueryError or LimitError: what collects from a plan raises none."""
        request.validate()
        filters = filters_of(request, self._facets, self._columns)
        query = parse(request.q, words=request.words)
        check_size(query.tree)
        found, leaves = self.answer(query.tree, request)
        passing = filters.passing(found.files)
        asked = conditions(query.tree)
        return Plan(
            self._columns,
            self._facets,
            request,
            query,
            filters,
            found,
            leaves,
            passing,
            asked,
            lambda: self.candidates(asked, request),
        )

    def answer(self, tree: Node, request: SearchRequest) -> tuple[Answer, Leaves]:
        """What a query finds, asked as the request asks, and how its leaves are looked up."""
        literal, whole = request.literal, request.whole
        scope, kinds = request.scope, kind_set(request.section)
        tree = tree if literal else as_folded(tree)
        leaves = Leaves(self._columns, literal=literal, whole=whole, cache=self._leaves)
        key = (tree, scope, kinds, literal, whole)
        found = self._answers.get(
            key, lambda: answer(self._columns, tree, scope=scope, kinds=kinds, leaves=leaves)
        )
        if request.silent:
            found = self._answers.get(
                (*key, "silent"),
                lambda: complement(found, self.candidates(conditions(tree), request)),
            )
        return found, leaves

    def candidates(self, asked: Node, request: SearchRequest) -> Candidates:
        """The reports that meet these conditions; of a request, its scope and kinds of section decide."""
        scope, kinds = request.scope, kind_set(request.section)
        return self._candidates.get(
            (asked, scope, kinds),
            lambda: candidates(self._columns, asked, scope=scope, kinds=kinds),
        )


def _taken(found: Answer | LeafHits | Candidates) -> int:
    """Bytes that one takes where it is kept."""
    return found.bytes + _OBJECTS


def check_size(tree: Node) -> None:
    """LimitError where answering would look up too many texts."""
    count = size(tree)
    if count > MAX_LEAVES:
        raise LimitError(
            Message("too_many_words", count=count, most=MAX_LEAVES),
            hint=Message("too_many_words_hint"),
        )
