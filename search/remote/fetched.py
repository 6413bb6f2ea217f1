"""Reports that a cluster gave back, as a segment in memory: the engine of one machine answers from it.

So passages, spans and links are those of one machine by construction. Only the positions that the query
looks up are put in order, which costs a tenth of ordering all.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import cast

import numpy as np

from indexer.arrays.array_file import ArrayFile
from indexer.arrays.checksums import Pieces
from indexer.arrays.gather import Run, by_pair
from indexer.arrays.segment import Bools, Ints, SegmentArrays, Tables
from indexer.store.segments import LiveSegment
from indexer.text.fold_array import code_units
from search.local.collect.ranked import hits_by_file
from search.local.collect.reports import shown_reports
from search.local.facts.columns import Columns
from search.local.plan import Plan, Planner
from search.model import ReportHit, SearchRequest
from search.query.parse import parse
from search.query.tree import Leaf, Near, Node, Phrase
from search.remote.frames import leaf_nodes
from search.remote.kept import Kept

_SOUND = Pieces(mmap.mmap(-1, 1), 0, np.zeros(0, np.uint32), bytearray())
"""What was just made needs no checksums."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What ranking needs of the whole index: how many reports there are, their mean length, how many hold each
    leaf, and how many leaves of the query answer it anywhere."""

    reports: int
    mean_length: float
    holding: Mapping[Leaf, int] = field(default_factory=dict)
    leaves_found: int | None = None


class FetchedColumns(Columns):
    """The columns of some reports of a larger index."""

    def __init__(self, segments: Sequence[LiveSegment], statistics: Statistics | None) -> None:
        super().__init__(segments)
        self._statistics = statistics

    @cached_property
    def reports(self) -> int:
        if self._statistics is None:
            return int(np.count_nonzero(self.present))
        return self._statistics.reports

    @cached_property
    def mean_length(self) -> float:
        if self._statistics is None:
            return float(self.length[self.present].mean()) if self.files else 1.0
        return self._statistics.mean_length

    def reports_holding(self, leaf: object, blocks: Ints) -> int:
        if self._statistics is None or leaf not in self._statistics.holding:
            return super().reports_holding(cast(Leaf, leaf), blocks)
        return self._statistics.holding[cast(Leaf, leaf)]

    def leaves_found(self, here: int) -> int:
        if self._statistics is None or self._statistics.leaves_found is None:
            return here
        return max(here, self._statistics.leaves_found)


def columns_of(
    reports: Iterable[Kept], statistics: Statistics | None, *trees: Node
) -> FetchedColumns:
    """The reports in their order, for these queries alone; for any, where none is given."""
    run = Run()
    for kept in reports:
        run.add(kept.prepared, kept.record)
    if not run.files:
        return FetchedColumns((), statistics)
    arrays = run.joined()
    looked_up = _first_units(trees) if trees else None
    arrays["pairs"], arrays["pair_start"], arrays["positions"] = by_pair(
        arrays["folded"], looked_up
    )
    ranges = dict.fromkeys(arrays, (0, 0))
    file = ArrayFile(Path(), arrays, ranges, run.tables, _SOUND, "")
    segment = SegmentArrays(**arrays, tables=Tables.of(run.tables), file=file)
    return FetchedColumns((LiveSegment(segment, np.ones(run.files, bool)),), statistics)


def _first_units(trees: Iterable[Node]) -> Bools:
    """The code units of the texts that the queries look up."""
    found = np.zeros(1 << 16, bool)
    for tree in trees:
        for text in (text for leaf in leaf_nodes(tree) for text in _texts(leaf)):
            found[code_units(text)] = True
    return found


def _texts(leaf: Leaf) -> Iterable[str]:
    if isinstance(leaf, Phrase):
        return (leaf.folded,)
    if isinstance(leaf, Near):
        return (*_texts(leaf.left), *_texts(leaf.right))
    return tuple(filter(None, leaf.pieces))


def plan_of(
    reports: Iterable[Kept], request: SearchRequest, statistics: Statistics | None = None
) -> Plan:
    """A request over these reports alone, all of which pass its filters."""
    asked = unnarrowed(request)
    tree = parse(asked.q, words=asked.words).tree
    return Planner(columns_of(reports, statistics, tree)).prepare(asked)


def unnarrowed(request: SearchRequest) -> SearchRequest:
    """The request without what says which reports pass; page and size stay."""
    asked = replace(request.unfiltered(), silent=request.silent, sort=request.sort)
    return replace(asked, page=request.page, size=request.size, passages=request.passages)


def shown(
    reports: Sequence[Kept], request: SearchRequest, statistics: Statistics
) -> tuple[ReportHit, ...]:
    """The reports as a result shows them, in their order."""
    if not reports:
        return ()
    plan = plan_of(reports, request, statistics)
    return shown_reports(plan, np.arange(len(reports)), hits_by_file(plan), request.passages)
