"""The table of facets over reports, and the filters that a request sets by them.

A further facet is one more line here; `section` is none of them: its filter says which sections a
query is tried on (see matching), and its counts are those of sections.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.arrays.segment import Bools
from search.local.facets.coded import Coded
from search.local.facets.facet import ReportFacet
from search.local.facets.issuers import Issuers
from search.local.facets.origins import Origins
from search.local.facets.regions import Regions
from search.local.facets.years import Years
from search.local.facts.columns import Columns
from search.model import SearchRequest, since_seconds

ReportFacets = Mapping[str, ReportFacet]


def report_facets(columns: Columns) -> ReportFacets:
    """The facets of an index by name."""
    return {
        "region": Regions(columns),
        "year": Years(columns),
        "genre": Coded("genre", columns.genre),
        "issuer": Issuers(columns),
        "origin": Origins(columns.origin),
    }


@dataclass(frozen=True, slots=True)
class Filters:
    """The files that pass each facet's filter; a facet that is not filtered has none."""

    masks: Mapping[str, Bools]

    def passing(self, files: Bools, *, but: str = "") -> Bools:
        """Those of the files that pass; the facet named by `but` is not asked."""
        for name, mask in self.masks.items():
            if name != but:
                files = files & mask
        return files


def filters_of(request: SearchRequest, facets: ReportFacets, columns: Columns) -> Filters:
    """The filters that the request sets. RequestError where a region is unknown."""
    masks = {name: facet.mask(request) for name, facet in facets.items()}
    if request.since:
        masks["since"] = columns.changed >= since_seconds(request.since)
    return Filters({name: mask for name, mask in masks.items() if mask is not None})
