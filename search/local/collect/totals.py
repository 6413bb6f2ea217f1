"""How much was found: reports, sections and hits, counted without printing any of them."""

from __future__ import annotations

import numpy as np

from search.local.plan import Plan
from search.model import Totals


def totals(plan: Plan) -> Totals:
    """Counts reports, sections and hits. Sections are those with hits; where the query finds no text,
    those that match by themselves."""
    columns, found, passing = plan.columns, plan.answer, plan.passing
    inside = passing.take(columns.block_file.take(found.blocks))
    if found.silent is None:
        sections = int(np.count_nonzero(inside & ~columns.titles(found.blocks)))
    else:
        sections = int(found.silent[passing].sum())
    reports = int(np.count_nonzero(passing))
    hits = int(np.compress(inside, found.hits).sum())
    return Totals(reports, sections, hits, int(np.compress(inside, found.whole).sum()))
