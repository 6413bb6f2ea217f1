"""The filters of a request as queries over reports, by the facet that each is of."""

from __future__ import annotations

from collections.abc import Mapping

from search.local.facets.regions import codes_asked
from search.model import SearchRequest, since_seconds
from search.remote.dsl import Query, either
from search.remote.frames import years


def filters_of(request: SearchRequest) -> Mapping[str, Query]:
    """Those that it sets. RequestError where a region is unknown."""
    found: dict[str, Query] = {}
    if request.region:
        found["region"] = {"terms": {"region": sorted(set(codes_asked(request)))}}
    of_years: list[Query] = [{"terms": {"year": list(request.year)}}] if request.year else []
    if request.year_from is not None or request.year_to is not None:
        of_years.append(years("year", request.year_from, request.year_to))
    if of_years:
        found["year"] = either(of_years)
    for name in ("genre", "issuer", "origin"):
        if chosen := getattr(request, name):
            found[name] = {"terms": {name: list(chosen)}}
    if request.since:
        found["since"] = {"range": {"changed": {"gte": since_seconds(request.since)}}}
    return found
