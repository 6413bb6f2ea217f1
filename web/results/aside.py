"""What stands beside the list of reports: the share of each year, and who stays silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from search.model import Facet, SearchRequest, SearchResult
from web.results.years import slots_of
from web.shown import Shown
from web.urls import search_url

MOST_REGIONS = 8
"""Regions told of those that stay silent."""


class Share(NamedTuple):
    """Of a year's reports those that say it: `filled` of a hundred, in parts of an outline; `held` is
    False of a year without reports."""

    year: int
    filled: float
    held: bool


class SilentRegion(NamedTuple):
    """A region: of its `reports`, so many do not say it; `href` lists them."""

    label: str
    silent: int
    reports: int
    href: str


@dataclass(frozen=True, slots=True)
class Aside:
    """`others` are the reports under the same filters that are not in the result: the silent ones or,
    of a silent request, those that say it; `others_href` lists them. `latest` and `highest` are the
    shares to tell in words."""

    trend_href: str
    strip: tuple[Share, ...]
    latest: Share | None
    highest: Share | None
    others: int
    others_href: str
    regions: tuple[SilentRegion, ...]


def aside(
    result: SearchResult, everything: SearchResult, asked: SearchRequest, shown: Shown
) -> Aside | None:
    """Of a result among all reports under its filters; None where nothing is asked."""
    if not asked.q or not everything.total.reports:
        return None
    strip = tuple(_strip(result, everything))
    held = [share for share in strip if share.held]
    turned = replace(asked, silent=not asked.silent, sort="relevance", page=1)
    return Aside(
        trend_href=search_url(replace(asked, page=1), replace(shown, view="trend")),
        strip=strip,
        latest=held[-1] if held else None,
        highest=max(held, key=lambda share: (share.filled, share.year), default=None),
        others=everything.total.reports - result.total.reports,
        others_href=search_url(turned, shown),
        regions=() if asked.silent else tuple(_silent(result, everything, turned, shown)),
    )


def _strip(result: SearchResult, everything: SearchResult) -> Iterator[Share]:
    """The years from the first to the last that the filters leave."""
    found = {int(facet.value): facet.reports for facet in result.facets.year}
    every = {int(facet.value): facet.reports for facet in everything.facets.year if facet.reports}
    for year in slots_of(sorted(every)) if every else ():
        reports = every.get(year, 0)
        share = 100 * found.get(year, 0) / reports if reports else 0.0
        yield Share(year, round(share, 1), reports > 0)


def _silent(
    result: SearchResult, everything: SearchResult, turned: SearchRequest, shown: Shown
) -> Iterator[SilentRegion]:
    """The topmost regions, or those right below a chosen one, with the greatest part that is silent."""
    found = {facet.value: facet.reports for facet in result.facets.region}
    known = {facet.value for facet in everything.facets.region}
    chosen = {facet.value for facet in everything.facets.region if facet.selected}

    def told(facet: Facet) -> bool:
        return facet.parent in chosen if chosen else facet.parent not in known

    groups = [
        (facet, facet.reports - found.get(facet.value, 0))
        for facet in everything.facets.region
        if facet.reports and told(facet)
    ]
    groups = [group for group in groups if group[1]]
    groups.sort(key=lambda group: (-group[1] / group[0].reports, -group[1]))
    for facet, silent in groups[:MOST_REGIONS]:
        href = search_url(replace(turned, region=(facet.value,)), shown)
        yield SilentRegion(facet.label, silent, facet.reports, href)
