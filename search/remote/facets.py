"""The facets of an answer: how many reports each value would leave, as the engine of one machine has them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from indexer.model import KINDS
from search.labels import FACET_LABELS, KIND_LABELS
from search.local.facets.coded import fixed_values
from search.local.facets.issuers import issuer_values
from search.local.facets.origins import telling
from search.local.facets.regions import RegionTree
from search.local.facets.years import year_values
from search.model import CHOICES, Facet, Facets, SearchRequest
from search.remote.asking import whole_terms
from search.remote.documents import NOWHERE

FIELDS: Mapping[str, str] = {
    "region": "region_order",
    "year": "year",
    "genre": "genre",
    "issuer": "issuer",
    "origin": "origin",
}
"""The facets of reports, and the field that each counts by."""
MOST_VALUES = 60_000
"""Values of one facet; where there are more, the answer is refused."""


def aggregation(name: str) -> dict[str, Any]:
    """What counts the values of a facet."""
    return {"terms": {"field": FIELDS[name], "size": MOST_VALUES}}


class KnownRegions:
    """The region chains of all reports of an index, which are told by their codes."""

    def __init__(self, chains: Collection[str]) -> None:
        """As documents have them (`chain`)."""
        found: dict[str, Any] = {}
        for chain in map(json.loads, sorted(chains)):
            codes = " ".join(code for code, _, _ in chain) or NOWHERE
            found.setdefault(codes, chain)
        self._places = {codes: place for place, codes in enumerate(found)}
        self._tree = RegionTree([*found.values()])

    def values(self, request: SearchRequest, counts: Mapping[str, int]) -> tuple[Facet, ...]:
        """The facet; `counts`: how many reports each chain has, by its codes."""
        reports = np.zeros(len(self._places), np.int64)
        for codes, count in counts.items():
            reports[self._places[codes]] = count
        return self._tree.values(request, reports)


@dataclass(frozen=True, slots=True)
class Known:
    """What facets need to know of the whole index, which never changes: its regions and kinds of section."""

    regions: KnownRegions
    kinds: Collection[str]


def facets_of(
    request: SearchRequest,
    found: Mapping[str, Mapping[str, Any]],
    sections: Mapping[str, int],
    regions: KnownRegions,
) -> Facets:
    """`found`: the aggregation of each facet; `sections`: how many reports match in each kind."""
    counts = {name: whole_terms(found[name]) for name in FIELDS}
    issuers = sorted(counts["issuer"].items(), key=lambda one: (-one[1], one[0]))
    return Facets(
        region=regions.values(request, counts["region"]),
        year=year_values(request, counts["year"]),
        section=fixed_values(
            KINDS, KIND_LABELS, [sections.get(kind, 0) for kind in KINDS], request.section
        ),
        genre=_coded("genre", counts, request),
        issuer=issuer_values(request, [n for n, _ in issuers], [count for _, count in issuers]),
        origin=telling(_coded("origin", counts, request)),
    )


def _coded(
    name: str, counts: Mapping[str, Mapping[Any, int]], request: SearchRequest
) -> tuple[Facet, ...]:
    values = CHOICES[name]
    reports = [counts[name].get(value, 0) for value in values]
    return fixed_values(values, FACET_LABELS[name], reports, getattr(request, name))
