"""The facets of an answer: how many reports each value would leave, as the engine of one machine has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
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

FIELDS: Mapping[str, str] = {
    "region": "chain",
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


def facets_of(
    request: SearchRequest, found: Mapping[str, Mapping[str, Any]], sections: Mapping[str, int]
) -> Facets:
    """`found`: the aggregation of each facet; `sections`: how many reports match in each kind."""
    counts = {name: whole_terms(found[name]) for name in FIELDS}
    chains = [json.loads(chain) for chain in counts["region"]]
    reports = np.array([*counts["region"].values()], np.int64)
    issuers = sorted(counts["issuer"].items(), key=lambda one: (-one[1], one[0]))
    return Facets(
        region=RegionTree(chains).values(request, reports),
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
