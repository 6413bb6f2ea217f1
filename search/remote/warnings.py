"""What the reader should know of how a query was taken and answered."""

from __future__ import annotations

from indexer.messages import Message
from search.local.facets.fields import field_warnings
from search.query.tree import Words
from search.remote.prepared import Prepared


def warnings_of(prepared: Prepared, reports: int, whole: int | None) -> tuple[Message, ...]:
    """`reports` are found; `whole` of them hold a bare chunk in one piece, None where the query is none."""
    tree = prepared.query.tree
    found = [*prepared.query.warnings, *field_warnings(tree)]
    if isinstance(tree, Words) and whole is not None and whole < reports:
        found.append(Message("in_one_piece", typed=tree.whole.text, count=whole))
    return tuple(found)
