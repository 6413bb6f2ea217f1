"""How much is found, and its facets: what is asked for them, and what the answers tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from search.model import Facets, Totals
from search.query.tree import Words, leaves_of
from search.remote.asking import Answer
from search.remote.documents import TITLE
from search.remote.dsl import Query, both, either, in_units, of_kinds, scored, without
from search.remote.facets import FIELDS, Known, aggregation, facets_of
from search.remote.leaves import STEP, Measure, most_both
from search.remote.prepared import Prepared
from search.remote.sections import is_of_one, sections_of

Bodies = dict[str, dict[str, Any]]
_SUM = {"sum": {"script": {"source": "Math.rint(_score.doubleValue())"}}}
_STEPS = {"sum": {"script": {"source": f"Math.floor(Math.rint(_score.doubleValue()) / {STEP})"}}}
_FACETS, _KINDS, _PIECE, _BY_KIND = "facets:", "kinds", "in_one_piece", "by_kind"
_BOTH, _HITS = "both", "hits"


def totals_bodies(prepared: Prepared, *, piece: bool = False) -> Bodies:
    """What `totals_of` is told by, unless they `overflow`; `piece`: what `in_one_piece` is told by, too."""
    if prepared.request.silent:
        aggs = {"s0": _sections_of(prepared)}
        return {"hits": _body(prepared.found, aggs)}
    aggs = {**_sections(prepared), **(_in_piece(prepared) if piece else {})}
    if _has_both(prepared):
        aggs |= {_BOTH: {"stats": _SUM["sum"]}, _HITS: _STEPS}
        return {"hits": _body(_counted(prepared, "both"), aggs)}
    return {"hits": _body(_counted(prepared, "hits"), aggs | {_HITS: _SUM})}


def overflow(prepared: Prepared, answers: Mapping[str, Answer]) -> Bodies:
    """What must be asked, too: nothing, unless a report has more hits than its score can tell apart."""
    told = answers["hits"].get("aggregations", {}).get(_BOTH)
    if told is None or (told["max"] or 0) < most_both(leaves_of(prepared.asked.tree)):
        return {}
    measures: tuple[Measure, ...] = ("hits", "whole")
    return {
        f"{_BOTH}:{one}": _body(_counted(prepared, one), {_BOTH: _SUM}, total=False)
        for one in measures
    }


def totals_of(prepared: Prepared, answers: Mapping[str, Answer]) -> Totals:
    """The exact totals."""
    answer = answers["hits"]
    aggs = answer.get("aggregations", {})
    reports = answer["hits"]["total"]["value"]
    if _KINDS in aggs:
        buckets = aggs[_KINDS]["units"]["kinds"]["buckets"]
        sections = sum(b["doc_count"] for b in buckets if b["key"] != TITLE)
    else:
        sections = sum(_count(aggs[name]) for name in aggs if re.fullmatch(r"s\d+", name))
    if prepared.request.silent or not prepared.finds_text:
        return Totals(reports, sections, 0, 0)
    hits = whole = round(aggs[_HITS]["value"])
    if _BOTH in aggs:
        whole = round(aggs[_BOTH]["sum"]) - STEP * hits
    if f"{_BOTH}:hits" in answers:
        hits, whole = (
            round(answers[f"{_BOTH}:{one}"]["aggregations"][_BOTH]["value"])
            for one in ("hits", "whole")
        )
    return Totals(reports, sections, hits, whole)


def _has_both(prepared: Prepared) -> bool:
    """Whether hits and those of whole words are two counts."""
    return prepared.finds_text and not prepared.request.whole


def facet_bodies(prepared: Prepared, bodies: Bodies, known: Known) -> Bodies:
    """The bodies of totals, with what tells the facets, too. One whose value is chosen is counted by itself,
    as if it were not."""
    main = bodies["hits"]
    aggs = dict(main.get("aggs", {}))
    chosen = [name for name in FIELDS if name in prepared.filters]
    aggs |= {_FACETS + name: aggregation(name) for name in FIELDS if name not in chosen}
    found = {**bodies}
    for name in chosen:
        others = both(prepared.matching, *prepared.passing(but=name))
        found[_FACETS + name] = _body(others, {_FACETS + name: aggregation(name)}, total=False)
    aggs |= _in_piece(prepared)
    if _KINDS not in aggs:
        queries = {k: query for k, query in prepared.by_kind().items() if k in known.kinds}
        by_kind = {_BY_KIND: {"filters": {"filters": queries}}}
        if prepared.asked.kinds is None and not prepared.request.silent:
            aggs |= by_kind  # none but those that are found
        else:
            query = both({"term": {"present": True}}, *prepared.passing())
            found[_BY_KIND] = _body(query, by_kind, total=False)
    return found | {"hits": {**main, "aggs": aggs}}


def looked_in_bodies(prepared: Prepared, known: Known) -> Bodies:
    """What tells the facets of reports among which a query looks, and how many they are."""
    return facet_bodies(prepared, {"hits": _body(prepared.found, {})}, known)


def _in_piece(prepared: Prepared) -> dict[str, Any]:
    """What counts the reports that hold a bare chunk in one piece, where the query is one."""
    tree = prepared.asked.tree
    if not isinstance(tree, Words) or prepared.request.silent:
        return {}
    return {_PIECE: {"filter": in_units(prepared.asked.lookup.holds(tree.whole))}}


def facets_from(prepared: Prepared, answers: Mapping[str, Answer], known: Known) -> Facets:
    """The facets."""
    aggs: dict[str, Any] = {}
    for answer in answers.values():
        aggs |= answer.get("aggregations", {})
    if _KINDS in aggs:
        buckets = aggs[_KINDS]["units"]["kinds"]["buckets"]
        sections = {b["key"]: b["reports"]["doc_count"] for b in buckets}
    else:
        found = aggs[_BY_KIND]["buckets"]
        sections = {kind: bucket["doc_count"] for kind, bucket in found.items()}
    by_name = {name: aggs[_FACETS + name] for name in FIELDS}
    return facets_of(prepared.request, by_name, sections, known.regions)


def in_one_piece(answers: Mapping[str, Answer]) -> int | None:
    """How many of the reports found hold a bare chunk in one piece; None where none was asked for."""
    found = answers["hits"].get("aggregations", {}).get(_PIECE)
    return None if found is None else int(found["doc_count"])


def _body(query: Query, aggs: Mapping[str, Any], *, total: bool = True) -> dict[str, Any]:
    return {"size": 0, "track_total_hits": total, "query": query, "aggs": dict(aggs)}


def _counted(prepared: Prepared, measure: Measure) -> Query:
    """The reports that are found, scored by the measure of their hits."""
    if not prepared.finds_text:
        return prepared.found
    return scored(prepared.asked.counted(measure), prepared.passing())


def _sections(prepared: Prepared) -> dict[str, Any]:
    """What counts the sections with hits, by kind where one pass can."""
    asked = prepared.asked
    if not is_of_one(asked):
        return sections_of(asked)
    units = either([asked.holding(one) for one in asked.chosen])
    kinds = {
        "terms": {"field": "units.kind", "size": 100},
        "aggs": {"reports": {"reverse_nested": {}}},
    }
    inside = {"units": {"filter": units, "aggs": {"kinds": kinds}}}
    return {_KINDS: {"nested": {"path": "units"}, "aggs": inside}}


def _sections_of(prepared: Prepared) -> dict[str, Any]:
    """What counts all sections of the kinds in which the query looks."""
    units = without(of_kinds(prepared.kinds), of_kinds({TITLE}))
    return {"nested": {"path": "units"}, "aggs": {"units": {"filter": units}}}


def _count(agg: Mapping[str, Any]) -> int:
    return int(agg["units"]["doc_count"]) if "units" in agg else _count(agg["there"])
