"""In how many sections what is asked has hits, and within which kinds of section reports match."""

from __future__ import annotations

from typing import Any

from indexer.model import KINDS
from search.query.tree import And, Field, Node, Not, Or, Phrase, Years
from search.remote.asked import Asked
from search.remote.chosen import cases
from search.remote.documents import TITLE
from search.remote.dsl import Query, both, either, in_units, of_kinds, without
from search.remote.frames import narrowed, negates

_TITLES = of_kinds({TITLE})


def sections_of(asked: Asked) -> dict[str, Any]:
    """Aggregations over reports that match, whose counts add up to the sections with hits."""
    if not asked.chosen:
        return {"s0": _count(without(asked.units.match(asked.tree, asked.kinds), _TITLES))}
    if asked.scope == "section":
        some = [
            both(
                asked.unit_match,
                without(both(*asked.conditions(true)), *asked.conditions(false)),
                either([asked.holding(one) for one in active]),
            )
            for true, false, active in cases(asked.chosen)
        ]
        return {"s0": _count(without(either(some), _TITLES))}
    found: dict[str, Any] = {}
    for number, (true, false, active) in enumerate(cases(asked.chosen)):
        own = _count(without(either([asked.holding(one) for one in active]), _TITLES))
        if true or false:
            where = {"filter": asked.conditions(true), "must_not": asked.conditions(false)}
            own = {"filter": {"bool": where}, "aggs": {"there": own}}
        found[f"s{number}"] = own
    return found


def is_of_one(asked: Asked) -> bool:
    """Whether all is asked of a leaf, or an OR of leaves, and at most excludes reports or tells facts of theirs, in
    whatever kinds of section: reports that match as a whole do within each kind that holds a leaf."""
    if asked.is_simple:
        return asked.kinds is None
    if asked.together is None or not isinstance(asked.tree, And):
        return False
    kinds, rest = narrowed(asked.tree, asked.kinds)
    others = [child for child in rest if not isinstance(child, Phrase)]
    return kinds is None and len(asked.chosen) == 1 and all(map(_is_wide, others))


def _is_wide(node: Node) -> bool:
    """Whether what meets it as a whole does within each kind of section, too."""
    if isinstance(node, Not):
        return not negates(node.child)
    if isinstance(node, And | Or):
        return all(map(_is_wide, node.children))
    return isinstance(node, Years) or (isinstance(node, Field) and node.name != "section")


def by_kind(asked: Asked) -> dict[str, Query]:
    """Over reports that match everywhere: those that do within their sections of one kind."""
    if asked.scope == "report":
        return {k: asked.reports.match(asked.tree, frozenset({k})) for k in KINDS}
    units = asked.units.match(asked.tree, None)
    return {k: in_units(both(of_kinds({k}), units)) for k in KINDS}


def _count(units: Query) -> dict[str, Any]:
    return {"nested": {"path": "units"}, "aggs": {"units": {"filter": units}}}
