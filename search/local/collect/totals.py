"""How much was found: reports, sections and hits, counted without printing any of them."""

from __future__ import annotations

import numpy as np

from indexer.arrays.segment import TITLE_KIND
from search.local.matching.frames import allowed, kind_set
from search.local.plan import Plan
from search.model import Totals


def totals(plan: Plan) -> Totals:
    """Counts reports, sections and hits. Sections are those with hits; where the query finds no text,
    those that match by themselves; of a silent request, all of the kinds asked for."""
    columns, found, passing = plan.columns, plan.answer, plan.passing
    inside = passing.take(columns.block_file.take(found.blocks))
    if plan.request.silent:
        sections = _sections(plan)
    elif found.silent is None:
        sections = int(np.count_nonzero(inside & ~columns.titles(found.blocks)))
    else:
        sections = int(found.silent[passing].sum())
    reports = int(np.count_nonzero(passing))
    hits = int(np.compress(inside, found.hits).sum())
    return Totals(reports, sections, hits, int(np.compress(inside, found.whole).sum()))


def _sections(plan: Plan) -> int:
    """How many sections of the kinds asked for the passing reports have."""
    columns, kinds = plan.columns, kind_set(plan.request.section)
    blocks = np.flatnonzero(
        plan.passing.take(columns.block_file) & (columns.block_kind != TITLE_KIND)
    )
    return int(np.count_nonzero(allowed(columns, blocks, kinds)))
