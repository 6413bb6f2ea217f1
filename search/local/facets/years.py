"""The facet of years: single ones and a range are alternatives."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indexer.arrays.distinct import distinct
from indexer.arrays.segment import NO_YEAR, Bools, Ints
from search.local.facts.columns import Columns
from search.model import Facet, SearchRequest


class Years:
    """The year of each report."""

    def __init__(self, columns: Columns) -> None:
        self._stored = columns.year

    def mask(self, request: SearchRequest) -> Bools | None:
        if not request.year and request.year_from is None and request.year_to is None:
            return None
        years = distinct(self._stored)
        chosen = years[[year_selected(request, _year(year)) for year in years.tolist()]]
        return np.isin(self._stored, chosen)

    def values(self, request: SearchRequest, files: Ints) -> tuple[Facet, ...]:
        stored = self._stored[files]
        years, found = np.unique(stored[stored != NO_YEAR], return_counts=True)
        return year_values(request, dict(zip(years.tolist(), found.tolist(), strict=True)))


def year_values(request: SearchRequest, reports: Mapping[int, int]) -> tuple[Facet, ...]:
    """The years that have reports, and those chosen; `reports`: how many each has."""
    return tuple(
        Facet(str(year), str(year), None, reports.get(year, 0), year_selected(request, year))
        for year in sorted({*reports, *request.year})
    )


def _year(stored: int) -> int | None:
    return None if stored == NO_YEAR else stored


def year_selected(request: SearchRequest, year: int | None) -> bool:
    """Whether the request's years, single ones or the range, hold this one."""
    if year is None:
        return False
    ranged = request.year_from is not None or request.year_to is not None
    first = request.year_from if request.year_from is not None else year
    last = request.year_to if request.year_to is not None else year
    return year in request.year or (ranged and first <= year <= last)
