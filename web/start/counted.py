"""How many reports there are of each region and year, and the requests that find them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.model import Region
from indexer.regions.table import COUNTRY
from search.engine import Engine
from search.model import SearchRequest, SearchResult
from search.spread import Group, Row, Spread
from web.show import short_region
from web.texts import t

_ASKED = SearchRequest(size=1, passages=0)
_NOTHING = SearchRequest()


class Counted(NamedTuple):
    """Reports by year, None for those of an unknown one; `asked` finds them all, None where no request
    does."""

    name: str
    reports: Mapping[int | None, int]
    asked: SearchRequest | None

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.reports.values())


@dataclass(frozen=True, slots=True)
class Corpus:
    """`places` are the regions with reports, those nationwide or of the region itself last; `bare` the
    regions without any; `unplaced` the reports of which no region is known.

    `years` has each from the first to the last; `by_year` is a number for each.
    """

    places: tuple[Counted, ...]
    bare: tuple[str, ...]
    unplaced: Counted
    years: tuple[int, ...]
    by_year: tuple[int, ...]
    undated: int
    characters: int


def counted(engine: Engine, everything: SearchResult) -> Corpus:
    """Of all reports, which are the answer `everything` to an empty request."""
    spread, within = _spread(engine)
    named = [row for row in spread.rows if row.region is not None]
    places = [
        Counted(short_region(row.region), _of_row(spread, row), _in(row.region.code))
        for row in named
        if row.region and row.total.reports
    ]
    rest = next((_of_row(spread, row) for row in spread.rows if row.region is None), {})
    if within is None:
        top = [facet.value for facet in everything.facets.region if facet.parent is None]
        national = _national(engine) if COUNTRY in top else {}
        places += _if_any(Counted(t("start_national"), national, _in(COUNTRY)))
        rest = {year: reports - national.get(year, 0) for year, reports in rest.items()}
        unplaced = Counted(t("start_unplaced"), rest, _outside(top))
    else:
        places += _if_any(Counted(t("start_own", name=within.name), rest, None))
        unplaced = Counted(t("start_unplaced"), {}, None)
    return Corpus(
        tuple(places),
        tuple(short_region(row.region) for row in named if row.region and not row.total.reports),
        unplaced,
        spread.years,
        tuple(group.reports for group in spread.chart),
        spread.undated.reports,
        spread.total.characters,
    )


def _spread(engine: Engine) -> tuple[Spread, Region | None]:
    """By provinces, or by what is in the region that holds all reports."""
    asked, within = _ASKED, None
    spread = engine.spread(asked)
    while (only := _only(spread.rows)) and (only.code,) != asked.region:
        asked = replace(asked, region=(only.code,))
        parts = engine.spread(asked)
        if not any(row.region and row.total.reports for row in parts.rows):
            break  # all are of the region itself: it is the row to show
        spread, within = parts, only
    return spread, within


def _only(rows: Sequence[Row]) -> Region | None:
    """The region that all reports are in, if there is one."""
    held = [row.region for row in rows if row.total.reports]
    return held[0] if len(held) == 1 else None


def _national(engine: Engine) -> dict[int | None, int]:
    """The reports of the whole country by year."""
    spread = engine.spread(replace(_ASKED, region=(COUNTRY,)))
    return _numbers(spread.years, spread.chart, spread.undated)


def _of_row(spread: Spread, row: Row) -> dict[int | None, int]:
    return _numbers(spread.years, row.years, row.undated)


def _numbers(
    years: Sequence[int], groups: Sequence[Group], undated: Group
) -> dict[int | None, int]:
    found: dict[int | None, int] = {
        year: group.reports for year, group in zip(years, groups, strict=True)
    }
    found[None] = undated.reports
    return found


def _in(code: str) -> SearchRequest:
    return replace(_NOTHING, region=(code,))


def _outside(codes: Sequence[str]) -> SearchRequest:
    """What is in none of these regions: no filter says so, a query does."""
    known = " OR ".join(f"地区:{code}" for code in codes)
    return replace(_NOTHING, q=f"NOT ({known})") if codes else replace(_NOTHING, sort="-year")


def _if_any(place: Counted) -> Iterator[Counted]:
    if place.total:
        yield place
