"""Facets as links: each value leads to the search that has it chosen, or taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.model import FACETS, Facet, SearchRequest, SearchResult
from web.show import facet_label
from web.urls import search_url

FEW = 12
"""A list of values up to this long is shown in full, and so is a tree."""
FEW_BRANCHES = 3
"""A level of a tree up to this wide is opened."""
MOST = 60
"""Values of a long list that are on the page at all."""
BAR_WIDTH = 100
"""Width of the longest bar of a facet, in units of its drawing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One facet value; `href` chooses it or, where it is chosen, takes it back.

    `closed` says that there are regions below it, shown once it is chosen.
    """

    label: str
    count: int
    selected: bool
    href: str
    bar: int
    closed: bool
    children: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet: the values in view, those behind "more", and how many are not on the page."""

    name: str
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...]
    left_out: int


def facet_groups(result: SearchResult, asked: SearchRequest) -> tuple[FacetGroup, ...]:
    """The facets that have values, in the order in which they are shown."""
    trees = (_Tree.of(name, getattr(result.facets, name)) for name in FACETS)
    return tuple(_group(tree, asked) for tree in trees if tree.values)


def toggled(name: str, facet: Facet, facets: tuple[Facet, ...], asked: SearchRequest) -> str:
    """The search with the value taken back or added; of a tree, in place of those on its path."""
    return _toggled(_Tree.of(name, facets), facet, asked)


def with_values(asked: SearchRequest, name: str, values: tuple[str, ...]) -> SearchRequest:
    """The request with a filter's values replaced, from its first page."""
    changed = tuple(map(int, values)) if name == "year" else values
    return replace(asked, page=1, **{name: changed})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Tree:
    """One facet's values by value, and those below each; below None the topmost."""

    name: str
    values: dict[str, Facet]
    below: dict[str | None, list[Facet]]

    @classmethod
    def of(cls, name: str, facets: tuple[Facet, ...]) -> _Tree:
        values = {facet.value: facet for facet in facets}
        below: dict[str | None, list[Facet]] = {}
        for facet in facets:
            parent = facet.parent if facet.parent in values else None
            below.setdefault(parent, []).append(facet)
        return cls(name, values, below)

    def above(self, facet: Facet) -> Iterator[str]:
        """The values on the way up."""
        seen = {facet.value}
        while facet.parent in self.values and facet.parent not in seen:
            facet = self.values[facet.parent]
            seen.add(facet.value)
            yield facet.value

    def opened(self) -> frozenset[str]:
        """Values whose parts are shown: chosen ones, those above them, and where there are few."""
        if len(self.values) <= FEW:
            return frozenset(self.values)
        chosen = [facet for facet in self.values.values() if facet.selected]
        opened = {facet.value for facet in chosen}
        opened.update(value for facet in chosen for value in self.above(facet))
        level = self.below.get(None, [])
        while level and len(level) <= FEW_BRANCHES:
            opened.update(facet.value for facet in level)
            level = [part for facet in level for part in self.below.get(facet.value, [])]
        return frozenset(opened)


def _group(tree: _Tree, asked: SearchRequest) -> FacetGroup:
    top = tree.below.get(None, [])
    whole = tree.name in ("region", "year") or len(top) <= FEW
    first = [facet for i, facet in enumerate(top) if whole or i < FEW or facet.selected]
    rest = [facet for i, facet in enumerate(top) if not (whole or i < FEW or facet.selected)]
    more = _choices(tree, rest[: MOST - FEW], asked)
    return FacetGroup(tree.name, _choices(tree, first, asked), more, len(rest) - len(more))


def _choices(tree: _Tree, facets: list[Facet], asked: SearchRequest) -> tuple[Choice, ...]:
    opened = tree.opened()
    largest = max((facet.count for facet in tree.values.values()), default=0)

    def choice(facet: Facet) -> Choice:
        parts = tree.below.get(facet.value, [])
        shown = facet.value in opened
        return Choice(
            label=facet_label(tree.name, facet),
            count=facet.count,
            selected=facet.selected,
            href=_toggled(tree, facet, asked),
            bar=max(round(BAR_WIDTH * facet.count / largest), 1) if facet.count else 0,
            closed=bool(parts) and not shown,
            children=tuple(map(choice, parts)) if shown else (),
        )

    return tuple(map(choice, facets))


def _toggled(tree: _Tree, facet: Facet, asked: SearchRequest) -> str:
    others = [
        other for other in tree.values.values() if other.selected and other.value != facet.value
    ]
    if tree.name == "year":
        return search_url(_year_toggled(facet, others, asked))
    if facet.selected:
        chosen = others
    else:
        above = set(tree.above(facet))
        apart = (other for other in others if facet.value not in tree.above(other))
        chosen = [*(other for other in apart if other.value not in above), facet]
    return search_url(with_values(asked, tree.name, tuple(other.value for other in chosen)))


def _year_toggled(facet: Facet, others: list[Facet], asked: SearchRequest) -> SearchRequest:
    """A range stands beside single years; without one of its own it becomes single years."""
    year = int(facet.value)
    singles = tuple(other for other in asked.year if other != year)
    if not facet.selected:
        return replace(asked, page=1, year=(*singles, year))
    if year in asked.year and not _in_range(year, asked):
        return replace(asked, page=1, year=singles)
    left = tuple(int(other.value) for other in others)
    return replace(asked, page=1, year=left, year_from=None, year_to=None)


def _in_range(year: int, asked: SearchRequest) -> bool:
    first, last = asked.year_from, asked.year_to
    ranged = first is not None or last is not None
    return ranged and (first is None or first <= year) and (last is None or year <= last)
