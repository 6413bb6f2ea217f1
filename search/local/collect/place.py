"""Where a report stands in a result."""

from __future__ import annotations

import numpy as np

from search.local.collect.ranked import hits_by_file, ranked
from search.local.plan import Plan
from search.spread import Place


def place(plan: Plan, file: int) -> Place | None:
    """The place of a file among all that the plan finds, in the order asked; None if it is not there."""
    if not plan.passing[file]:
        return None
    found = np.flatnonzero(plan.passing)
    order = ranked(plan, found, hits_by_file(plan), len(found))
    at = int(np.flatnonzero(order == file)[0])
    before, after = order[max(0, at - 1) : at].tolist(), order[at + 1 : at + 2].tolist()
    columns = plan.columns
    return Place(
        number=at + 1,
        reports=len(order),
        previous=columns.id_of_file(before[0]) if before else None,
        next=columns.id_of_file(after[0]) if after else None,
    )
