"""Who says it first: of all, and in each region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from search.model import Fragment, ReportHit, SearchRequest
from search.spread import First, Spread
from web.show import date
from web.shown import Shown
from web.texts import t
from web.urls import Varying, marked_passage_url, report_url, search_url

BEFORE, AFTER = 12, 24
"""Code points of a passage before and after its first hit."""


class FirstRow(NamedTuple):
    """The first report of a region, or of all (`region` ""); `href` leads to its first hit.

    `year` is that in which it counts as said. `date` is when it was published, "" where that is unknown,
    and `day` the same beside that year; `of` says which year it names as its own, if another one.
    `others` is how many more reports of the year and region say it.
    """

    year: int
    date: str
    day: str
    of: str
    region: str
    region_href: str
    report: str
    href: str
    fragments: tuple[Fragment, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Firsts:
    """The part of the regions that is shown, `first` to `last` of `total`."""

    of_all: FirstRow
    rows: tuple[FirstRow, ...]
    first: int
    last: int
    total: int
    previous: str
    next: str


def firsts(
    spread: Spread, names: Mapping[str, str], asked: SearchRequest, shown: Shown
) -> Firsts | None:
    """None where nothing is found that names its year."""
    if spread.first is None:
        return None
    regions = Varying.of(asked, ("region",), replace(shown, below="children"))
    before = (spread.page - 1) * spread.size
    last = before + len(spread.firsts)
    previous = min(spread.page - 1, -(-spread.firsts_total // spread.size))
    return Firsts(
        _row(spread.first, asked, shown, regions, names),
        tuple(_row(first, asked, shown, regions, names) for first in spread.firsts),
        before + 1,
        last,
        spread.firsts_total,
        search_url(replace(asked, page=previous), shown) if spread.page > 1 else "",
        search_url(replace(asked, page=spread.page + 1), shown)
        if last < spread.firsts_total
        else "",
    )


def _row(
    first: First, asked: SearchRequest, shown: Shown, regions: Varying, names: Mapping[str, str]
) -> FirstRow:
    report, region = first.report, first.region
    written = date(report.published) if report.published else ""
    return FirstRow(
        first.year,
        written,
        written.removeprefix(f"{first.year}年").removeprefix(f"{first.year}-"),
        "" if report.year == first.year else t("first_of_year", year=report.year),
        names[region.code] if region else "",
        regions.url_of("region", region.code) if region else "",
        _called(report, names),
        _href(report, asked, shown),
        _brief(report.passages[0].fragments) if report.passages else (),
        first.others,
    )


def _called(report: ReportHit, names: Mapping[str, str]) -> str:
    """A report's place and year, or its title where these are not known."""
    if not report.region:
        return report.title
    own = report.region[-1]
    return t("first_called", place=names.get(own.code, own.name), year=report.year)


def _href(report: ReportHit, asked: SearchRequest, shown: Shown) -> str:
    if report.passages:
        return marked_passage_url(report.id, report.passages[0], asked, shown)
    return report_url(report.id, asked, shown)


def _brief(fragments: tuple[Fragment, ...]) -> tuple[Fragment, ...]:
    """A passage cut down to its first hit and what stands beside it."""
    at = next((i for i, fragment in enumerate(fragments) if fragment.hit), None)
    if at is None:
        return fragments[:1]
    before = "".join(fragment.text for fragment in fragments[:at])
    after = "".join(fragment.text for fragment in fragments[at + 1 :])
    left = before if len(before) <= BEFORE else f"…{before[-BEFORE:]}"
    right = after if len(after) <= AFTER else f"{after[:AFTER]}…"
    return Fragment(left, False), fragments[at], Fragment(right, False)
