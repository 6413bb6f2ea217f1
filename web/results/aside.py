"""What stands beside the list of reports: the share of each year, and who stays silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from search.model import Facet, LookedIn, SearchRequest, SearchResult
from web.asked import finds_text
from web.results.namesakes import told_apart
from web.results.years import slots_of
from web.show import in_percent
from web.shown import Shown
from web.urls import Varying, search_url

MOST_REGIONS = 8
"""Regions told of those that stay silent."""


class Share(NamedTuple):
    """Of a year's reports those that say it, as written."""

    year: int
    percent: str


_SAID = ("who_says", "others_say"), ("who_is_silent", "others_silent")
_MATCHED = (
    ("who_says_matched", "others_say_matched"),
    ("who_is_silent_matched", "others_silent_matched"),
)
"""Keys of what is said of the other half: of reports that say it or match, and of those that do not."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The share of each year as a drawing, 10 wide a year and 100 high.

    Paths: outlines of the years with reports, the filled part of each, a hatch for years without.
    `latest` and `highest` are told in words; `highest` only where it is higher.
    """

    first: int
    last: int
    width: int
    outlines: str
    filled: str
    hatched: str
    latest: Share
    highest: Share | None


class SilentRegion(NamedTuple):
    """A region: of its `reports`, so many do not say it; `href` lists them."""

    label: str
    silent: int
    reports: int
    href: str


@dataclass(frozen=True, slots=True)
class Aside:
    """`others` are the reports under the same filters that are not in the result: the silent ones or,
    of a silent request, those that say it; `others_href` lists them, `who` and `say` are the keys of their
    words. `strip` is None where no report names its year."""

    trend_href: str
    strip: Strip | None
    who: str
    say: str
    others: int
    others_href: str
    regions: tuple[SilentRegion, ...]


def aside(
    result: SearchResult, everything: LookedIn, asked: SearchRequest, shown: Shown
) -> Aside | None:
    """Of a result among all reports under its filters; None where nothing is asked or found."""
    if not asked.q or not result.total.reports:
        return None
    said, unsaid = _SAID if finds_text(asked) else _MATCHED
    who, say = said if asked.silent else unsaid
    turned = replace(asked, silent=not asked.silent, sort="relevance", page=1)
    return Aside(
        who=who,
        say=say,
        trend_href=search_url(replace(asked, page=1), replace(shown, view="trend")),
        strip=_strip(result, everything),
        others=everything.reports - result.total.reports,
        others_href=search_url(turned, shown),
        regions=() if asked.silent else tuple(_silent(result, everything, turned, shown)),
    )


def _strip(result: SearchResult, everything: LookedIn) -> Strip | None:
    """Of the years from the first to the last that the filters leave."""
    found = {int(facet.value): facet.reports for facet in result.facets.year}
    every = {int(facet.value): facet.reports for facet in everything.facets.year if facet.reports}
    if not every:
        return None
    shares = {year: found.get(year, 0) / held for year, held in every.items()}
    most = max(shares, key=lambda year: (shares[year], year))
    years = slots_of(sorted(every))
    at = {year: 10 * number + 0.5 for number, year in enumerate(years)}
    return Strip(
        first=years[0],
        last=years[-1],
        width=10 * len(years),
        outlines="".join(f"M{at[year]} 0h9v100h-9z" for year in years if year in every),
        filled="".join(
            f"M{at[year]} 100v-{100 * shares[year]:.1f}h9V100" for year in years if shares.get(year)
        ),
        hatched="".join(
            f"M{at[year]} 35l9-25m-9 55l9-25m-9 55l9-25" for year in years if year not in every
        ),
        latest=_share(shares, years[-1]),
        highest=_share(shares, most) if shares[most] > shares[years[-1]] else None,
    )


def _share(shares: Mapping[int, float], year: int) -> Share:
    return Share(year, in_percent(shares[year]))


def _silent(
    result: SearchResult, everything: LookedIn, turned: SearchRequest, shown: Shown
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
    addresses = Varying.of(turned, ("region",), shown)
    names = told_apart((facet.value, facet.label) for facet, _ in groups[:MOST_REGIONS])
    for facet, silent in groups[:MOST_REGIONS]:
        href = addresses.url_of("region", facet.value)
        yield SilentRegion(names[facet.value], silent, facet.reports, href)
