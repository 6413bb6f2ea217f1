"""The searches that choose a facet's value or take it back, as addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.model import Facet, SearchRequest
from web.shown import NOTHING_SHOWN, Shown
from web.urls import Pairs, Varying, pairs, search_url

YEARS = ("year", "year_from", "year_to")


def with_values(asked: SearchRequest, name: str, values: Iterable[str]) -> SearchRequest:
    """The request with a filter's values replaced, from its first page."""
    changed = tuple(map(int, values)) if name == "year" else tuple(values)
    return replace(asked, page=1, **{name: changed})  # type: ignore[arg-type]


def shown_for(then: SearchRequest, asked: SearchRequest, shown: Shown) -> Shown:
    """How `then` is shown, to which a link leads from the page of `asked`: where it takes all regions
    back, the rows that were chosen within them go, too. Towns of the whole country are too many."""
    leaves = bool(asked.region) and not then.region
    return replace(shown, below=NOTHING_SHOWN.below) if leaves else shown


@dataclass(frozen=True, slots=True)
class Choosing:
    """One filter of a search: the values chosen, and the addresses with others; `none` has no value."""

    name: str
    chosen: tuple[str, ...]
    addresses: Varying
    none: str

    @classmethod
    def of(cls, name: str, facets: Iterable[Facet], asked: SearchRequest, shown: Shown) -> Choosing:
        chosen = tuple(facet.value for facet in facets if facet.selected)
        without = with_values(asked, name, ())
        none = search_url(without, shown_for(without, asked, shown))
        return cls(name, chosen, Varying.of(asked, (name,), shown), none)

    def href(self, value: str, instead_of: frozenset[str] = frozenset()) -> str:
        """The search with the value taken back or added; added, others leave with it."""
        if not self.chosen:
            return self.addresses.url([(self.name, value)])
        taken_back = value in self.chosen
        left = [v for v in self.chosen if v != value and (taken_back or v not in instead_of)]
        values = left if taken_back else [*left, value]
        return self.addresses.url([(self.name, v) for v in values]) if values else self.none


@dataclass(frozen=True, slots=True)
class ChoosingYears:
    """The years of a search: single ones stand beside a range; both are alternatives."""

    asked: SearchRequest
    chosen: tuple[int, ...]
    range: Pairs
    addresses: Varying

    @classmethod
    def of(cls, facets: Iterable[Facet], asked: SearchRequest, shown: Shown) -> ChoosingYears:
        chosen = tuple(int(facet.value) for facet in facets if facet.selected)
        bounds = pairs(SearchRequest(year_from=asked.year_from, year_to=asked.year_to))
        return cls(asked, chosen, bounds, Varying.of(asked, YEARS, shown))

    def href(self, year: int) -> str:
        """The search with the year added or taken back; a range that loses one becomes years."""
        singles = [other for other in self.asked.year if other != year]
        if year not in self.chosen:
            return self._url([*singles, year], self.range)
        if not in_range(year, self.asked):
            return self._url(singles, self.range)
        return self._url([other for other in self.chosen if other != year], [])

    def _url(self, years: list[int], bounds: Pairs) -> str:
        return self.addresses.url([*(("year", str(year)) for year in years), *bounds])


def in_range(year: int, asked: SearchRequest) -> bool:
    """Whether a range is asked that holds the year."""
    first, last = asked.year_from, asked.year_to
    ranged = first is not None or last is not None
    return ranged and (first is None or first <= year) and (last is None or year <= last)
