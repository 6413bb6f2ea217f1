"""What is told by reading reports: the engine of one machine is asked about those that a query finds.

So whatever it tells is told, of so many reports as can be read for one answer; more are refused.
"""

from __future__ import annotations

from dataclasses import replace

from search.local.plan import Plan, Planner
from search.model import SearchRequest
from search.query.tree import (
    And,
    InTitle,
    Near,
    Node,
    Or,
    Phrase,
    Wildcard,
    Words,
    as_folded,
    leaves_of,
)
from search.remote.dsl import Query, both, either, in_units
from search.remote.fetched import Statistics, columns_of, unnarrowed
from search.remote.leaves import Lookup
from search.remote.prepared import Prepared
from search.remote.shelf import Shelf

_PRESENT: Query = {"term": {"present": True}}


def read_whole(
    shelf: Shelf, prepared: Prepared, reports: int, mean_length: float, request: SearchRequest
) -> Plan:
    """The plan of a request over all reports that decide its answer, whatever it filters: of a literal one, say,
    all that hold a text of the query in another spelling. LimitError where they are too many."""
    tree = prepared.query.tree
    asked = prepared.request
    if _holds_text(tree) and not asked.silent:
        lookup = Lookup()
        leaves = dict.fromkeys(leaves_of(as_folded(tree)))
        query = either([in_units(lookup.holds(leaf)) for leaf in leaves])
    else:
        query = _PRESENT
    kept = shelf.some(query)
    columns = columns_of(kept, Statistics(reports, mean_length), tree)
    return Planner(columns).prepare(request)


def read_found(shelf: Shelf, prepared: Prepared, statistics: Statistics) -> Plan:
    """The plan of a request over the reports that it finds. LimitError where they are too many."""
    kept = shelf.some(both(prepared.found, _PRESENT))
    columns = columns_of(kept, statistics, prepared.query.tree)
    return Planner(columns).prepare(replace(unnarrowed(prepared.request)))


def _holds_text(node: Node) -> bool:
    """Whether whatever matches holds one of the texts."""
    if isinstance(node, And):
        return any(map(_holds_text, node.children))
    if isinstance(node, Or):
        return all(map(_holds_text, node.children))
    return isinstance(node, Phrase | Wildcard | Near | Words | InTitle)
