"""The files of an answer in the order that the request asks for."""

from __future__ import annotations

import numpy as np

from indexer.arrays.segment import Ints
from search.local.facts.order import first_of, order_keys
from search.local.plan import Plan


def hits_by_file(plan: Plan) -> Ints:
    """How many hits each file of the index has."""
    columns, found = plan.columns, plan.answer
    by_file = np.bincount(
        columns.block_file.take(found.blocks), weights=found.hits, minlength=columns.files
    )
    return by_file.astype(np.int64)


def ranked(plan: Plan, files: Ints, by_file: Ints, wanted: int) -> Ints:
    """The first `wanted` of the files in the order asked; `by_file`: for each file, its number of hits."""
    keys = order_keys(plan.columns, plan.request.sort, plan.answer.scores, by_file)
    return first_of(plan.columns, files, keys, wanted)
