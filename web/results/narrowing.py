"""The filters in force and the pages of a result, each as the URL of the search it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from search.engine import Engine
from search.model import FACETS, Facet, SearchRequest, SearchResult, Sort
from web.results.choosing import shown_for, with_values
from web.results.namesakes import told_apart
from web.show import facet_label, value_label
from web.shown import Shown
from web.texts import t
from web.urls import Varying, search_url

SORTS: tuple[Sort, ...] = ("relevance", "-year", "year", "hits", "region", "-changed")
SIZES = (20, 50, 100)
"""Reports a page to choose from."""
MOST_WAYS = 12
"""Filters whose dropping is tried where nothing is found."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter in force, and the search without it; `name` is that of its parameter."""

    name: str
    label: str
    without: SearchRequest
    href: str


@dataclass(frozen=True, slots=True)
class WaysOut:
    """Where nothing is found: each filter that could be dropped, with the reports that gives, the
    most first, none that gives nothing; and the reports without any of the filters."""

    dropped: tuple[tuple[Filter, int], ...]
    without_all: int


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


def filters(result: SearchResult, asked: SearchRequest, shown: Shown) -> tuple[Filter, ...]:
    """The filters in force, in the order of the facets."""
    return tuple(
        Filter(name, label, without, search_url(without, shown_for(without, asked, shown)))
        for name, label, without in _filters(result, asked)
    )


def options(asked: SearchRequest, shown: Shown) -> tuple[Filter, ...]:
    """The options in force that the page does not show in another way, as filters."""
    return tuple(
        Filter(name, "", without, search_url(without, shown))
        for name, without in (
            ("silent", replace(asked, silent=False, page=1)),
            ("literal", replace(asked, literal=False, page=1)),
            ("scope", replace(asked, scope="report", page=1)),
        )
        if without != replace(asked, page=1)
    )


def ways_out(
    engine: Engine, asked: SearchRequest, in_force: tuple[Filter, ...], shown: Shown
) -> WaysOut:
    """What dropping filters would give, once nothing is found; of many filters, some.

    Asks the engine once a filter.
    """
    anywhere = replace(asked, whole=False, page=1)
    whole = [Filter("whole", "", anywhere, search_url(anywhere, shown))] if asked.whole else []
    others = (*whole, *options(asked, shown)) if asked.q else ()
    tried = [
        (dropped, engine.count(dropped.without).reports)
        for dropped in (*in_force, *others)[:MOST_WAYS]
    ]
    return WaysOut(
        tuple(sorted((way for way in tried if way[1]), key=lambda way: -way[1])),
        engine.count(without_filters(asked)).reports if len(in_force) > 1 else 0,
    )


def without_filters(asked: SearchRequest) -> SearchRequest:
    """The same query over everything."""
    kept = replace(asked.unfiltered(), section=())
    return replace(
        kept, silent=asked.silent, sort=asked.sort, size=asked.size, passages=asked.passages
    )


def sorts(asked: SearchRequest, shown: Shown) -> list[tuple[Sort, str]]:
    """Each order and its address."""
    addresses = Varying.of(asked, ("sort",), shown)
    return [(sort, addresses.url_with("sort", sort)) for sort in SORTS]


def sizes(result: SearchResult, asked: SearchRequest, shown: Shown) -> list[tuple[int, str]]:
    """Each number of reports a page and its address; none where the least holds them all."""
    if result.total.reports <= SIZES[0]:
        return []
    addresses = Varying.of(asked, ("size",), shown)
    return [(size, addresses.url_with("size", size)) for size in SIZES]


def pager(result: SearchResult, asked: SearchRequest, shown: Shown) -> Pager:
    """The pages of the reports found."""
    addresses = Varying.of(asked, ("page",), shown)
    last = -(-result.total.reports // result.size)
    return pages(asked.page, last, lambda number: addresses.url_with("page", number))


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


def _filters(
    result: SearchResult, asked: SearchRequest
) -> Iterator[tuple[str, str, SearchRequest]]:
    for name in FACETS:
        facets: tuple[Facet, ...] = getattr(result.facets, name)
        chosen = [facet for facet in facets if facet.selected and name != "year"]
        regions = facets if name == "region" and chosen else ()
        names = told_apart((region.value, region.label) for region in regions)
        for facet in chosen:
            left = tuple(other.value for other in chosen if other is not facet)
            label = names.get(facet.value) or facet_label(name, facet)
            yield name, label, with_values(asked, name, left)
        if not chosen:
            yield from _bare_filters(name, asked)
        if name == "year" and (asked.year_from is not None or asked.year_to is not None):
            without = replace(asked, page=1, year_from=None, year_to=None)
            yield "year_range", range_label(asked), without
    if asked.since:
        yield "since", asked.since.replace("T", " "), replace(asked, since="", page=1)


def range_label(asked: SearchRequest) -> str:
    """What a range of years is called, open ones too."""
    first, last = asked.year_from, asked.year_to
    if first is None:
        return t("year_until", year=last)
    if last is None:
        return t("year_since", year=first)
    return f"{first}–{last}"


def _bare_filters(name: str, asked: SearchRequest) -> Iterator[tuple[str, str, SearchRequest]]:
    """Filters by what was asked: single years, and values that the facets do not know."""
    values = tuple(map(str, getattr(asked, name)))
    for value in values:
        rest = tuple(other for other in values if other != value)
        yield name, value_label(name, value, value), with_values(asked, name, rest)
