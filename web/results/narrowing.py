"""The filters in force and the pages of a result, each as the URL of the search it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from search.model import FACETS, Facet, SearchRequest, SearchResult, Sort
from web.results.facets import toggled, with_values
from web.show import facet_label
from web.urls import search_url

SORTS: tuple[Sort, ...] = ("relevance", "-year", "year", "hits", "region")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force; `href` is the search without it."""

    name: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the results; number None is a gap."""

    number: int | None
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """The way through the pages; `links` is empty where one page holds all."""

    first: str
    previous: str | None
    next: str | None
    links: tuple[PageLink, ...]


def chips(result: SearchResult, asked: SearchRequest) -> tuple[Chip, ...]:
    """The filters in force, in the order of the facets."""
    return tuple(_chips(result, asked))


def without_filters(asked: SearchRequest) -> SearchRequest:
    """The same query over everything."""
    kept = SearchRequest(q=asked.q, scope=asked.scope, literal=asked.literal)
    return replace(kept, sort=asked.sort, size=asked.size, passages=asked.passages)


def pager(result: SearchResult, asked: SearchRequest) -> Pager:
    """The pages of the reports found."""

    def href(number: int) -> str:
        return search_url(replace(asked, page=number))

    return pages(asked.page, -(-result.total.reports // result.size), href)


def pages(current: int, last: int, href: Callable[[int], str]) -> Pager:
    """First, last (0 where there are none) and the pages around the current one."""
    last = max(last, 1)
    return Pager(
        first=href(1),
        previous=href(min(current - 1, last)) if current > 1 else None,
        next=href(current + 1) if current < last else None,
        links=tuple(
            PageLink(number, href(number) if number else "", number == current)
            for number in _page_numbers(current, last)
        ),
    )


def _page_numbers(current: int, last: int) -> Iterator[int | None]:
    """None stands for pages left out; nothing at all for one page."""
    near = range(max(1, current - 2), min(last, current + 2) + 1)
    before = 0
    for number in sorted({1, *near, last}) if last > 1 else ():
        if number > before + 1:
            yield None
        yield number
        before = number


def _chips(result: SearchResult, asked: SearchRequest) -> Iterator[Chip]:
    for name in FACETS:
        facets: tuple[Facet, ...] = getattr(result.facets, name)
        chosen = [facet for facet in facets if facet.selected and name != "year"]
        for facet in chosen:
            yield Chip(name, facet_label(name, facet), toggled(name, facet, facets, asked))
        if not chosen:
            yield from _bare_chips(name, asked)
    for name in ("year_from", "year_to"):
        year = getattr(asked, name)
        if year is not None:
            without = replace(asked, page=1, **{name: None})  # type: ignore[arg-type]
            yield Chip(name, str(year), search_url(without))


def _bare_chips(name: str, asked: SearchRequest) -> Iterator[Chip]:
    """Filters by what was asked: years, whose range has chips of its own, and unknown values."""
    values = tuple(map(str, getattr(asked, name)))
    for value in values:
        rest = tuple(other for other in values if other != value)
        yield Chip(name, value, search_url(with_values(asked, name, rest)))
