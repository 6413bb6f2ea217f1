"""What the reader should know of how the query was taken and answered."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indexer.messages import Message
from search.local.facets.fields import field_warnings
from search.local.plan import Plan
from search.query.tree import Leaf, Near, Phrase, Wildcard, Words, leaves_of


def warnings(plan: Plan) -> tuple[Message, ...]:
    """Those of the query itself come first."""
    return (*plan.query.warnings, *_of_the_answer(plan))


def _of_the_answer(plan: Plan) -> Iterator[Message]:
    tree = plan.query.tree
    yield from field_warnings(tree)
    if plan.request.literal and any(_has_wildcard(leaf) for leaf in leaves_of(tree)):
        yield Message("wildcards_not_literal")
    if isinstance(tree, Words) and not plan.request.silent:
        reports, whole = int(np.count_nonzero(plan.passing)), _reports_with_whole(plan, tree)
        if whole < reports:
            yield Message("in_one_piece", typed=tree.whole.text, count=whole)


def _reports_with_whole(plan: Plan, chunk: Words) -> int:
    """How many of the reports found hold the bare chunk in one piece."""
    columns, whole = plan.columns, chunk.whole
    if not plan.request.literal:
        whole = Phrase(whole.folded, whole.folded)
    holding = np.zeros(columns.files, bool)
    holding[columns.block_file[plan.leaves.hits(whole).blocks]] = True
    return int(np.count_nonzero(holding & plan.passing))


def _has_wildcard(leaf: Leaf) -> bool:
    if isinstance(leaf, Near):
        return _has_wildcard(leaf.left) or _has_wildcard(leaf.right)
    return isinstance(leaf, Wildcard)
