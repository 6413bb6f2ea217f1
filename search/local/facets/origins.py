"""The facet of where texts are from: the files themselves, or their recognition."""

from __future__ import annotations

from indexer.arrays.segment import U1, Bools, Ints
from search.local.facets.coded import Coded
from search.model import Facet, SearchRequest


class Origins:
    """The origin of each report. Where nothing was recognised and none is chosen it tells nothing, and has
    no values."""

    def __init__(self, codes: U1) -> None:
        self._coded = Coded("origin", codes)

    def mask(self, request: SearchRequest) -> Bools | None:
        return self._coded.mask(request)

    def values(self, request: SearchRequest, files: Ints) -> tuple[Facet, ...]:
        return telling(self._coded.values(request, files))


def telling(found: tuple[Facet, ...]) -> tuple[Facet, ...]:
    """The values, none where they tell nothing."""
    plain = all(facet.value == "text" and not facet.selected for facet in found)
    return () if plain else found
