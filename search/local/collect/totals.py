"""How much was found: reports, sections and hits, counted without printing any of them."""

from __future__ import annotations

import numpy as np

from indexer.arrays.distinct import first_of_each
from indexer.arrays.segment import TITLE_KIND
from search.local.matching.frames import allowed
from search.local.plan import Plan
from search.model import SearchRequest, Totals
from search.query.parse import parse
from search.query.tree import Phrase, Wildcard


def totals(plan: Plan) -> Totals:
    """Counts reports, sections and hits. Sections are those with hits; where the query finds no text,
    those that match by themselves; of a silent request, all of the kinds in which it
    looks."""
    columns, found, passing = plan.columns, plan.answer, plan.passing
    inside = passing.take(columns.block_file.take(found.blocks))
    if plan.request.silent:
        sections = _sections(plan)
    elif found.sections_alone is None:
        sections = int(np.count_nonzero(inside & ~columns.titles(found.blocks)))
    else:
        sections = int(found.sections_alone[passing].sum())
    reports = int(np.count_nonzero(passing))
    hits = int(np.compress(inside, found.hits).sum())
    return Totals(reports, sections, hits, int(np.compress(inside, found.whole).sum()))


def is_one_text(request: SearchRequest) -> bool:
    """Whether what a request finds are the hits of one text: of several leaves, what hits of whole words come
    to is another matter than what all come to."""
    tree = parse(request.validate().q, words=request.words).tree
    return isinstance(tree, Phrase | Wildcard) and not request.silent


def whole_totals(plan: Plan) -> Totals:
    """The totals of the same request of one text for whole words only, by the hits that a plan for all has
    already."""
    columns, found = plan.columns, plan.answer
    some = found.whole > 0
    blocks, whole = np.compress(some, found.blocks), np.compress(some, found.whole)
    files = columns.block_file.take(blocks)
    inside = plan.passing.take(files)
    hits = int(np.compress(inside, whole).sum())
    return Totals(
        len(first_of_each(np.compress(inside, files))),
        int(np.count_nonzero(inside & ~columns.titles(blocks))),
        hits,
        hits,
    )


def _sections(plan: Plan) -> int:
    """How many sections of the kinds asked for the passing reports have."""
    columns, kinds = plan.columns, plan.kinds
    blocks = np.flatnonzero(
        plan.passing.take(columns.block_file) & (columns.block_kind != TITLE_KIND)
    )
    return int(np.count_nonzero(allowed(columns, blocks, kinds)))
