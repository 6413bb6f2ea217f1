"""The corpus at a glance: reports by region and year, each number a link; and what is missing.

A corpus has some thousand tiles: of their addresses only what varies is made for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from search.engine import Engine
from search.model import SearchRequest, SearchResult
from web.results.choosing import YEARS
from web.shown import NOTHING_SHOWN
from web.start.counted import Corpus, Counted, counted
from web.texts import t
from web.urls import Pairs, Varying, search_url

MOST_YEARS = 32
"""Columns of a year each; where there are more, those before share one."""
FEW_YEARS = 9
LONG_NAME = 6
"""Code points of a region's name."""
_NOTHING = SearchRequest()
_BY_YEAR = Varying.of(_NOTHING, YEARS, NOTHING_SHOWN)


class Tile(NamedTuple):
    """Reports and the list of them: "" where there are none, or where no request finds them. Columns
    without reports that follow each other are one tile, `span` columns wide."""

    reports: int
    href: str
    span: int = 1


class TileRow(NamedTuple):
    """A region with its tiles all along the columns, and one for all."""

    name: str
    tiles: tuple[Tile, ...]
    total: Tile


class Column(NamedTuple):
    """Some years; `label` is what there is room for, `round` says that it is a year to find one's way
    by. `period` are the parameters of a search in them, None where it takes a query."""

    label: str
    full: str
    round: bool
    years: frozenset[int | None]
    period: Pairs | None
    href: str


@dataclass(frozen=True, slots=True)
class Glance:
    """`years` and `regions` are without any report; the year of the `undated` is unknown, the region of
    the `unplaced`."""

    columns: tuple[Column, ...]
    rows: tuple[TileRow, ...]
    characters: int
    years: tuple[str, ...]
    regions: tuple[str, ...]
    undated: Tile
    unplaced: Tile

    @property
    def few(self) -> bool:
        """Whether the columns are too few for the width of the page."""
        return len(self.columns) < FEW_YEARS

    @property
    def long(self) -> bool:
        """Whether names are longer than those of provinces."""
        return any(len(row.name) > LONG_NAME for row in self.rows)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not (self.years or self.regions or self.undated.reports or self.unplaced.reports)


def glance(engine: Engine, everything: SearchResult) -> Glance:
    """Of all reports, which are the answer `everything` to an empty request."""
    corpus = counted(engine, everything)
    undated = _undated(corpus)
    columns = tuple(_columns(corpus, undated))
    rows = [_row(place, columns) for place in (*corpus.places, corpus.unplaced) if place.total]
    return Glance(
        columns=columns,
        rows=tuple(rows),
        characters=corpus.characters,
        years=tuple(_ranges(corpus)),
        regions=corpus.bare,
        undated=_tile(corpus.undated, undated),
        unplaced=_row(corpus.unplaced, ()).total,
    )


def _undated(corpus: Corpus) -> str:
    """The reports that name no year: no filter says so, a query does."""
    if not corpus.years:
        return search_url(replace(_NOTHING, sort="-year"))
    return search_url(replace(_NOTHING, q=f"NOT 年份:{corpus.years[0]}..{corpus.years[-1]}"))


def _columns(corpus: Corpus, undated: str) -> Iterator[Column]:
    years = corpus.years
    if len(years) > MOST_YEARS:
        before, years = years[:-MOST_YEARS], years[-MOST_YEARS:]
        period = [("year_to", str(before[-1]))]
        full = t("start_before", year=years[0])
        href = _BY_YEAR.url(period)
        yield Column(t("start_before_short"), full, True, frozenset(before), period, href)
    for year in years:
        period = [("year", str(year))]
        label, href = f"{year % 100:02}", _BY_YEAR.url(period)
        yield Column(label, str(year), year % 5 == 0, frozenset({year}), period, href)
    if corpus.undated:
        label = t("start_undated")
        yield Column(label, label, True, frozenset({None}), None, undated)


def _row(place: Counted, columns: Sequence[Column]) -> TileRow:
    addresses = None if place.asked is None else Varying.of(place.asked, YEARS, NOTHING_SHOWN)

    def tile(column: Column) -> Tile:
        reports = sum([place.reports.get(year, 0) for year in column.years])
        if addresses is None or column.period is None:
            return _tile(reports, "")
        return _tile(reports, addresses.url(column.period))

    total = _tile(place.total, addresses.none if addresses else "")
    return TileRow(place.name, tuple(_joined(map(tile, columns))), total)


def _joined(tiles: Iterable[Tile]) -> Iterator[Tile]:
    """Those without reports as one, where they follow each other."""
    for empty, run in groupby(tiles, lambda tile: not tile.reports):
        if empty:
            yield Tile(0, "", len(list(run)))
        else:
            yield from run


def _tile(reports: int, href: str) -> Tile:
    return Tile(reports, href if reports else "")


def _ranges(corpus: Corpus) -> Iterator[str]:
    """The years without any report, those in a row as one range."""
    held = dict(zip(corpus.years, corpus.by_year, strict=True))
    for empty, run in groupby(corpus.years, lambda year: not held[year]):
        if empty:
            first, *others = run
            yield f"{first}–{others[-1]}" if others else str(first)
