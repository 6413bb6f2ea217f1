"""The region facet: a tree that opens level by level.

Where a level's parts are few they are on the page, folded away, so that a region opens at once. A
country has thousands of counties: there a link brings the parts. The page stays small, whatever
the corpus.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from search.model import Facet, SearchRequest, SearchResult
from web.results.choosing import Choosing
from web.show import short_province
from web.shown import Shown
from web.urls import Varying

FEW = 12
"""A tree of up to so many regions is opened as a whole."""
FEW_FOLDED = 60
"""So many regions may be on the page folded away, below those in view."""
FEW_IN_SIGHT = 8
"""Topmost regions in view; the others wait behind "more"."""
SHORT_NAME, SMALL_NUMBER = 3, 999
"""Where no name is longer, in characters, and no number greater, two topmost regions stand side by side."""
FEW_BRANCHES = 3
"""A level up to this wide is opened."""


class RegionChoice(NamedTuple):
    """A region; `href` chooses it or, where it is chosen, takes it back.

    Its parts are those on the page, folded away unless `open`; of parts that are not,
    `open_href` is the page that has them. results/rows.html unpacks the fields in their order.
    """

    code: str
    label: str
    reports: int
    selected: bool
    href: str
    open: bool
    open_href: str | None
    parts: tuple[RegionChoice, ...]


class RegionsInSight(NamedTuple):
    """The topmost regions. `dense`, two side by side, all are in view; else the first ones, those
    chosen or opened among them, and the others wait behind "more"."""

    shown: tuple[RegionChoice, ...]
    more: tuple[RegionChoice, ...]
    dense: bool


def regions_in_sight(
    result: SearchResult, asked: SearchRequest, shown: Shown
) -> RegionsInSight | None:
    """The facet of a result, None where it has no regions."""
    choices = region_choices(result, asked, shown)
    short = tuple(map(_shortened, choices))
    if len(choices) > FEW_IN_SIGHT and all(map(_is_small, short)):
        return RegionsInSight(short, (), True)
    first = tuple(r for at, r in enumerate(choices) if at < FEW_IN_SIGHT or r.selected or r.open)
    more = tuple(r for r in choices[FEW_IN_SIGHT:] if not (r.selected or r.open))
    return RegionsInSight(first, more, False) if choices else None


def _shortened(choice: RegionChoice) -> RegionChoice:
    province = choice.code.endswith("0000")
    return choice._replace(label=short_province(choice.label)) if province else choice


def _is_small(choice: RegionChoice) -> bool:
    """Whether a region takes half a line, and nothing below it."""
    fits = len(choice.label) <= SHORT_NAME and choice.reports <= SMALL_NUMBER
    return fits and not (choice.selected or (choice.open and choice.parts))


def region_choices(
    result: SearchResult, asked: SearchRequest, shown: Shown
) -> tuple[RegionChoice, ...]:
    """The topmost regions with what is on the page of those below them."""
    tree = _Tree.of(result.facets.region)
    choosing = Choosing.of("region", result.facets.region, asked, shown)
    opening = Varying.of_open(asked, shown)
    opened = tree.opened(shown.open)
    chosen = frozenset(choosing.chosen)
    related = {code: frozenset(tree.above(tree.values[code])) for code in chosen}
    in_view = [f.value for level in (None, *opened) for f in tree.below.get(level, [])]
    folds = sum(len(tree.below.get(code, [])) for code in in_view) <= FEW_FOLDED

    def choice(facet: Facet, foldable: bool) -> RegionChoice:
        code = facet.value
        parts = tree.below.get(code, [])
        is_open = code in opened
        here = is_open or foldable
        return RegionChoice(
            code=code,
            label=facet.label,
            reports=facet.reports,
            selected=facet.selected,
            href=choosing.href(code, _on_the_same_path(tree, facet, related)),
            open=is_open,
            open_href=None if here or not parts else _open_url(opening, shown, code),
            parts=tuple(choice(part, is_open and folds) for part in parts) if here else (),
        )

    return tuple(choice(facet, folds) for facet in tree.below.get(None, []))


def _on_the_same_path(
    tree: _Tree, facet: Facet, related: dict[str, frozenset[str]]
) -> frozenset[str]:
    """Chosen regions around this one or within it: choosing it takes their place."""
    if not related:
        return frozenset()
    within = {code for code, above in related.items() if facet.value in above}
    return frozenset({*tree.above(facet), *within})


def _open_url(addresses: Varying, shown: Shown, code: str) -> str:
    opened = [*(c for c in shown.open if c != code), code]
    return f"{addresses.url([('open', c) for c in opened])}#region-{code}"


@dataclass(frozen=True, slots=True)
class _Tree:
    """The regions by code, and those below each; below None the topmost."""

    values: dict[str, Facet]
    below: dict[str | None, list[Facet]]

    @classmethod
    def of(cls, facets: tuple[Facet, ...]) -> _Tree:
        values = {facet.value: facet for facet in facets}
        below: dict[str | None, list[Facet]] = {}
        for facet in facets:
            parent = facet.parent if facet.parent in values else None
            below.setdefault(parent, []).append(facet)
        return cls(values, below)

    def above(self, facet: Facet) -> Iterator[str]:
        """The codes on the way up."""
        seen = {facet.value}
        while facet.parent in self.values and facet.parent not in seen:
            facet = self.values[facet.parent]
            seen.add(facet.value)
            yield facet.value

    def opened(self, asked: tuple[str, ...]) -> frozenset[str]:
        """Regions whose parts are in view: those asked for, chosen ones, those above either,
        and where there are few."""
        if len(self.values) <= FEW:
            return frozenset(self.values)
        opened = {code for code in asked if code in self.values}
        opened.update(facet.value for facet in self.values.values() if facet.selected)
        for code in tuple(opened):
            opened.update(self.above(self.values[code]))
        level = self.below.get(None, [])
        while level and len(level) <= FEW_BRANCHES:
            opened.update(facet.value for facet in level)
            level = [part for facet in level for part in self.below.get(facet.value, [])]
        return frozenset(opened)
