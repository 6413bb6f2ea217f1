"""The facets of an answer: how many reports each value would leave.

Each facet ignores its own selection; a selected value stays, with count 0 if need be.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from indexer.arrays.segment import Ints
from indexer.model import KINDS
from search.budget import checkpoint
from search.labels import KIND_LABELS
from search.local.facets.coded import fixed_values
from search.local.plan import Plan
from search.model import Facet, Facets, LookedIn


def facets(plan: Plan) -> Facets:
    """All facets."""
    checkpoint()
    request = plan.request
    matching = np.flatnonzero(plan.passing)

    def files_for(name: str) -> Ints:
        """The files that match when facet `name` is not asked."""
        if name not in plan.filters.masks:
            return matching
        return np.flatnonzero(plan.filters.passing(plan.answer.files, but=name))

    of_reports = {name: f.values(request, files_for(name)) for name, f in plan.facets.items()}
    return Facets(section=_sections(plan), **of_reports)


def looked_in(plan: Plan) -> LookedIn:
    """The candidates that pass the filters, and their facets."""
    among = plan.candidates
    every = replace(plan.answer, files=among.files, kinds=among.kinds)
    passing = plan.filters.passing(among.files)
    return LookedIn(
        int(np.count_nonzero(passing)), facets(replace(plan, answer=every, passing=passing))
    )


def _sections(plan: Plan) -> tuple[Facet, ...]:
    """How many reports match within their sections of each kind."""
    kinds = plan.answer.kinds
    files = np.flatnonzero(kinds)
    inside = plan.filters.passing(plan.columns.present)[files]
    held, counts = np.unique(kinds[files[inside]], return_counts=True)
    reports = [int(counts[held >> kind & 1 == 1].sum()) for kind in range(len(KINDS))]
    return fixed_values(KINDS, KIND_LABELS, reports, plan.request.section)
