"""Who stays silent: the reports that the query does not find, the regions where it finds none, and
those of which the corpus has nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from search.model import SearchRequest
from search.spread import Spread
from web import language
from web.asked import is_narrowed
from web.results.choosing import YEARS
from web.results.narrowing import range_label
from web.show import number
from web.shown import Shown
from web.texts import in_language
from web.trend.asking import left_silent
from web.urls import Varying, pairs, search_url

SHOWN = 8
"""Regions in sight; the others are folded away."""
MOST = 500
"""Most regions of a list on the page."""


class SilentRegion(NamedTuple):
    """A region whose reports are all silent; `href` lists them, `told` says how many they are."""

    name: str
    href: str
    told: str


@dataclass(frozen=True, slots=True)
class Silence:
    """`reports` of `of` are silent, `href` lists them. `years` says which were looked at, "" if all.

    `regions` have only silent reports, `missing` none at all; of both, `more` than are shown. `spoken`:
    some region has reports, so that it is worth saying where none is silent, or none is missing.
    `narrowed`: only some of the corpus's reports were looked at.
    """

    years: str
    reports: int
    of: int
    href: str
    regions: tuple[SilentRegion, ...]
    more_regions: int
    missing: tuple[str, ...]
    more_missing: int
    spoken: bool
    narrowed: bool


def silence(
    spread: Spread, names: Mapping[str, str], asked: SearchRequest, shown: Shown
) -> Silence:
    """Of the reports that pass the filters, by the rows of the spread."""
    silent = replace(asked, silent=True, page=1)
    listed = replace(shown, view="list")
    addresses = Varying.of(silent, ("region",), listed)
    rows = [row for row in spread.rows if row.region is not None]
    told = in_language(language.current())
    regions = [
        SilentRegion(
            names[row.region.code],
            addresses.url_of("region", row.region.code),
            told("silent_count", count=number(row.total.reports)),
        )
        for row in rows
        if row.region and row.total.reports and left_silent(row.total, asked) == row.total.reports
    ]
    missing = [names[row.region.code] for row in rows if row.region and not row.total.reports]
    return Silence(
        _years(asked) or _span(spread, asked),
        left_silent(spread.total, asked),
        spread.total.reports,
        search_url(silent, listed),
        tuple(regions[:MOST]),
        max(len(regions) - MOST, 0),
        tuple(missing[:MOST]),
        max(len(missing) - MOST, 0),
        any(row.total.reports for row in rows),
        is_narrowed(asked),
    )


def _years(asked: SearchRequest) -> str:
    """The years chosen."""
    names = [str(year) for year in asked.year]
    if any(name != "year" for name, _ in pairs(asked) if name in YEARS):
        names.append(range_label(asked))
    return "、".join(names)


def _span(spread: Spread, asked: SearchRequest) -> str:
    """The years that a narrowed answer looks in, "" where it looks in all."""
    if not spread.years or not is_narrowed(asked):
        return ""
    first, last = spread.years[0], spread.years[-1]
    return str(first) if first == last else f"{first}–{last}"
