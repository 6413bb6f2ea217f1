"""Flat facets as lists of links: genre, kind of section, issuer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from indexer.text.fold import fold
from search.model import CHOICES, FACETS, Facet, SearchRequest, SearchResult
from web.results.choosing import Choosing
from web.show import facet_label
from web.shown import Shown

LONG = tuple(name for name in FACETS if name not in (*CHOICES, "region", "year"))
"""The facets of any number of values, but for the tree of regions and the chart of years."""
FEW = 8
"""Values of a facet in view; the others wait behind "more"."""
MOST = 60
"""Values of a facet that are on the page at all, but for chosen ones."""


class Choice(NamedTuple):
    """One value; `href` chooses it or, where it is chosen, takes it back.

    results/rows.html unpacks the fields in their order.
    """

    label: str
    reports: int
    selected: bool
    href: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet: the values in view, those behind "more", and how many are not on the page.

    `lookup` says whether it is long enough to be looked through by text.
    """

    name: str
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...]
    left_out: int
    lookup: bool


def facet_groups(
    names: Iterable[str], result: SearchResult, asked: SearchRequest, shown: Shown
) -> list[FacetGroup]:
    """Those of these facets that have values."""
    groups = (facet_group(name, result, asked, shown) for name in names)
    return [group for group in groups if group]


def facet_group(
    name: str, result: SearchResult, asked: SearchRequest, shown: Shown
) -> FacetGroup | None:
    """A flat facet, None where it has no values."""
    facets: tuple[Facet, ...] = getattr(result.facets, name)
    if not facets:
        return None
    choosing = Choosing.of(name, facets, asked, shown)
    like = fold(shown.issuer_like) if name == "issuer" else ""
    listed = [facet for facet in facets if not like or facet.selected or like in fold(facet.label)]
    in_view = MOST if like else FEW
    first = [facet for at, facet in enumerate(listed) if at < in_view or facet.selected]
    rest = [facet for facet in listed[in_view:] if not facet.selected]
    more = rest[: MOST - in_view]

    def choices(some: list[Facet]) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                facet_label(name, facet), facet.reports, facet.selected, choosing.href(facet.value)
            )
            for facet in some
        )

    return FacetGroup(
        name,
        choices(first),
        choices(more),
        left_out=len(rest) - len(more),
        lookup=name == "issuer" and (len(facets) > FEW or bool(like)),
    )
