"""The reports that a query looks in: those that meet its conditions, whatever the request filters. What
a spread makes of them, filtered and by year, is its ground (`collect/ground.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from indexer.arrays.segment import U2, Bools
from search.local.facets.fields import files_where
from search.local.facts.columns import Columns
from search.local.hits.leaves import LeafHits
from search.local.matching.evaluate import Evaluation
from search.local.matching.frames import Frames, KindSet, Reports, Sections
from search.local.matching.kinds import matching_kinds
from search.query.tree import Leaf, Node


@dataclass(frozen=True, slots=True)
class Candidates:
    """`files`: those that meet the conditions within the sections that the request names. `kinds`: for
    each file, bit k is set where it does within its sections of kind k alone."""

    files: Bools
    kinds: U2

    @property
    def bytes(self) -> int:
        return self.files.nbytes + self.kinds.nbytes


def candidates(columns: Columns, conditions: Node, *, scope: str, kinds: KindSet) -> Candidates:
    """The reports of conditions (see search.query.conditions). Whatever meets the whole query is among
    them: a title alone, too, where the scope is the section."""
    holds = cache(lambda field: files_where(field, columns))
    frames: Frames = Sections(columns) if scope == "section" else Reports(columns)
    evaluation = Evaluation(columns, frames, _no_hits, holds)
    everywhere = evaluation.match(conditions, None)
    matched = everywhere if kinds is None else everywhere & evaluation.match(conditions, kinds)
    files = frames.files(everywhere)
    return Candidates(
        frames.files(matched),
        matching_kinds(columns, conditions, files, scope, _no_hits, holds),
    )


def _no_hits(leaf: Leaf) -> LeafHits:
    raise AssertionError(f"conditions look up no text: {leaf}")
