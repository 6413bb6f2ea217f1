"""In how many sections what is asked has hits, and within which kinds of section reports match."""

from __future__ import annotations

from typing import Any

from indexer.model import KINDS
from search.remote.asked import Asked
from search.remote.chosen import cases
from search.remote.documents import TITLE
from search.remote.dsl import Query, both, either, in_units, of_kinds, without

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


def by_kind(asked: Asked) -> dict[str, Query]:
    """Over reports that match everywhere: those that do within their sections of one kind."""
    if asked.scope == "report":
        return {k: asked.reports.match(asked.tree, frozenset({k})) for k in KINDS}
    units = asked.units.match(asked.tree, None)
    return {k: in_units(both(of_kinds({k}), units)) for k in KINDS}


def _count(units: Query) -> dict[str, Any]:
    return {"nested": {"path": "units"}, "aggs": {"units": {"filter": units}}}
