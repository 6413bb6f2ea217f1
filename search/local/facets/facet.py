"""What a facet of reports is: a filter, and how many reports each of its values would leave."""

from __future__ import annotations

from typing import Protocol

from indexer.arrays.segment import Bools, Ints
from search.model import Facet, SearchRequest


class ReportFacet(Protocol):
    """A facet over files: made once for an index. Threads may share it."""

    def mask(self, request: SearchRequest) -> Bools | None:
        """Which files pass the request's filter; None where the request sets no such filter."""

    def values(self, request: SearchRequest, files: Ints) -> tuple[Facet, ...]:
        """The values that the files have, and those chosen, with count 0 if need be."""
