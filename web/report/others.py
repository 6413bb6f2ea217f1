"""Reports to compare with: the same body's of other years, and those of places beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.model import Region, Report
from search.engine import Engine
from search.model import MAX_SIZE, ReportHit, SearchRequest
from web.show import date
from web.urls import search_url

MOST_NEIGHBOURS = 12
"""Most neighbours shown."""


class OtherYear(NamedTuple):
    """A report by its year; `label` says its day or title, too, where another has the same year."""

    label: str
    hit: ReportHit


@dataclass(frozen=True, slots=True)
class Others:
    """`years` has the report itself among them; the links lead to a search for all of each."""

    years: tuple[OtherYear, ...]
    all_years: str
    neighbours: tuple[ReportHit, ...]
    all_neighbours: str


def others(engine: Engine, report: Report) -> Others:
    """Two searches without a query; none for what the report does not say of itself."""
    years, neighbours = _years_asked(report), _neighbours_asked(report)
    return Others(
        tuple(_labelled(_same_body(_found(engine, _itself_first(years)), report))),
        search_url(replace(years, size=20, passages=3)) if years else "",
        _beside(_found(engine, neighbours), report),
        search_url(replace(neighbours, size=20, passages=3)) if neighbours else "",
    )


def _years_asked(report: Report) -> SearchRequest | None:
    if not report.region:
        return None
    return SearchRequest(
        region=(report.region[-1].code,),
        genre=(report.genre,),
        issuer=(report.issuer,) if report.issuer else (),
        sort="year",
        size=MAX_SIZE,
        passages=0,
    )


def _neighbours_asked(report: Report) -> SearchRequest | None:
    if len(report.region) < 2 or report.year is None:
        return None
    return SearchRequest(
        region=(report.region[-2].code,),
        year=(report.year,),
        genre=(report.genre,),
        sort="region",
        size=MAX_SIZE,
        passages=0,
    )


def _found(engine: Engine, asked: SearchRequest | None) -> tuple[ReportHit, ...]:
    return engine.search(asked).reports if asked else ()


def _same_body(found: Iterable[ReportHit], report: Report) -> tuple[ReportHit, ...]:
    """Those of this very region and issuer that have a year: a region's search has all below it."""
    same = tuple(
        hit
        for hit in found
        if _codes(hit.region) == _codes(report.region)
        and hit.issuer == report.issuer
        and hit.year is not None
    )
    return tuple(sorted(same, key=_day)) if any(hit.id != report.id for hit in same) else ()


def _codes(chain: Iterable[Region]) -> list[str]:
    """A region is the same whatever its reports call it."""
    return [region.code for region in chain]


def _itself_first(asked: SearchRequest | None) -> SearchRequest | None:
    """A region's own reports come before those below it: a province has thousands of these."""
    return replace(asked, sort="region") if asked else None


def _day(hit: ReportHit) -> tuple[int, str]:
    return hit.year or 0, hit.published or ""


def _labelled(years: Sequence[ReportHit]) -> Iterator[OtherYear]:
    often = Counter(hit.year for hit in years)
    for hit in years:
        more = date(hit.published) if hit.published else hit.title
        yield OtherYear(f"{hit.year}（{more}）" if often[hit.year] > 1 else str(hit.year), hit)


def _beside(found: Iterable[ReportHit], report: Report) -> tuple[ReportHit, ...]:
    """One report a region on the same level; of several, the one of the body that corresponds."""
    chosen: dict[str, ReportHit] = {}
    role = _role(report.issuer, report.region[-1].name) if report.region else ""
    for hit in found:
        if len(hit.region) != len(report.region) or hit.region[-1].code == report.region[-1].code:
            continue
        known = chosen.get(hit.region[-1].code)
        fits = _role(hit.issuer, hit.region[-1].name) == role
        if known is None or (fits and _role(known.issuer, known.region[-1].name) != role):
            chosen[hit.region[-1].code] = hit
    return tuple(chosen.values())[:MOST_NEIGHBOURS]


def _role(issuer: str | None, region: str) -> str:
    """What a body is in its region: 人民政府办公室 of 青山镇人民政府办公室."""
    return (issuer or "").rpartition(region)[2]
