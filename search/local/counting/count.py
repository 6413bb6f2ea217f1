"""Many queries counted: plain phrases together, any other query by a plan of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np

from indexer.arrays.ahead import ahead
from indexer.errors import GongkaiError
from indexer.messages import Message
from search.budget import BudgetError, carried, checkpoint
from search.counts import Counted, Counts, Earliest, Refused
from search.local.collect.ground import Grounds
from search.local.collect.ranked import hits_by_file
from search.local.collect.warnings import warnings
from search.local.counting.laid_out import Laid, Layout
from search.local.counting.matched import FileLocators, Matched, Phrases
from search.local.facts.columns import Columns
from search.local.matching.frames import allowed, kind_set
from search.local.plan import Plan, Planner
from search.local.printed.headings import title
from search.model import MAX_QUERY, SearchRequest
from search.query.parse import parse
from search.query.plain import plain_canonical, plain_phrase
from search.query.tree import Phrase
from search.spread import Below

CACHE_BYTES = 4 << 20
"""Most memory for what queries of lists found: it is not kept among the answers of searches."""
_AT_ONCE = 256
"""Most queries that are counted together."""
_PAIRS = 1 << 20
"""Most pairs of such a query and a report."""
_FIRSTS = 4_096


class Asked(NamedTuple):
    """A query that is one phrase: as typed and as understood."""

    query: str
    phrase: Phrase
    canonical: str
    warnings: tuple[Message, ...]


class Counter:
    """Counts over one generation of an index. Threads may share it."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._planner = Planner(columns, cache_bytes=CACHE_BYTES)
        self._grounds = Grounds()
        self._locators = FileLocators(columns)
        self._earliest = lru_cache(_FIRSTS)(self._read_earliest)

    def counts(
        self, queries: Iterable[str], request: SearchRequest, below: Below | None, *, crossed: bool
    ) -> Iterator[Counted]:
        """See `search.engine.Engine`; what is wrong with the filters is raised by this call."""
        bare = self._planner.prepare(replace(request, q="", silent=False))
        ground = None if below is None else self._grounds.of(bare, below)
        layout = Layout(self._columns, ground, crossed=crossed)
        kinds = kind_set(request.section)
        every = np.arange(self._columns.blocks)
        phrases = Phrases(
            self._columns,
            self._locators,
            bare.filters.passing(self._columns.present),
            None if kinds is None else allowed(self._columns, every, kinds),
            whole=request.whole,
        )
        return self._counted(iter(queries), request, phrases, layout)

    def _counted(
        self,
        queries: Iterator[str],
        request: SearchRequest,
        phrases: Phrases,
        layout: Layout,
    ) -> Iterator[Counted]:
        def answers(part: Sequence[str]) -> list[Counted]:
            checkpoint()
            plain = [_plain(query, request) for query in part]
            together = self._of_phrases([one for one in plain if one], phrases, layout)
            return [
                next(together) if one else self._alone(query, request, layout)
                for query, one in zip(part, plain, strict=True)
            ]

        at_once = max(8, min(_AT_ONCE, _PAIRS // max(1, self._columns.files)))
        first = list(islice(queries, at_once))
        yield from answers(first)
        if len(first) == at_once:  # a short list is no work for threads
            for answered in ahead(carried(answers), _parts(queries, at_once)):
                yield from answered

    def _of_phrases(
        self, asked: Sequence[Asked], phrases: Phrases, layout: Layout
    ) -> Iterator[Counts]:
        found = phrases.matched([one.phrase for one in asked])
        for one, laid in zip(asked, layout.lay_out(found), strict=True):
            yield self._told(one.query, one.canonical, one.warnings, laid)

    def _alone(self, query: str, request: SearchRequest, layout: Layout) -> Counted:
        """By a plan of its own."""
        try:
            plan = self._planner.prepare(replace(request, q=query))
        except BudgetError:  # what all lines together may cost is spent
            raise
        except GongkaiError as error:
            return Refused(query, error)
        [laid] = layout.lay_out(_matched(plan))
        return self._told(query, plan.canonical, warnings(plan), laid)

    def _told(self, query: str, canonical: str, warned: tuple[Message, ...], laid: Laid) -> Counts:
        first = None if laid.first is None else self._earliest(laid.first)
        return Counts(
            query,
            canonical,
            warned,
            laid.reports,
            laid.hits,
            first,
            laid.years,
            laid.regions,
        )

    def _read_earliest(self, file: int) -> Earliest:
        columns = self._columns
        searched, own = columns.segment_of_file(file)
        return Earliest(
            columns.id_of_file(file),
            title(searched.arrays, own),
            int(columns.said_year[file]),
            columns.region(file),
        )


def _parts(queries: Iterator[str], size: int) -> Iterator[list[str]]:
    while part := list(islice(queries, size)):
        yield part


def _plain(query: str, request: SearchRequest) -> Asked | None:
    """The query as one phrase whose hits are all that is asked for; None of any other."""
    if request.literal or request.silent or len(query) > MAX_QUERY:
        return None
    phrase = None if request.words else plain_phrase(query)
    if phrase is not None:
        return Asked(query, phrase, plain_canonical(phrase), ())
    try:
        parsed = parse(replace(request, q=query).validate().q, words=request.words)
    except GongkaiError:
        return None
    if not isinstance(parsed.tree, Phrase):
        return None
    return Asked(query, parsed.tree, str(parsed.tree), parsed.warnings)


def _matched(plan: Plan) -> Matched:
    """What one query finds."""
    files = np.flatnonzero(plan.passing)
    hits = hits_by_file(plan).take(files)
    return Matched(1, np.zeros(len(files), np.int64), files, hits)
