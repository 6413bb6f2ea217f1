"""Regions by years: each tile is a link to the reports that it counts.

A matrix has some thousand tiles. trend/rows.html unpacks rows, field by field in their order, and
calls nothing for a tile: addresses and texts are made here, of each only what varies. Years without
reports that follow each other are one tile, so that a sparse corpus costs what it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain, compress, groupby
from operator import itemgetter
from typing import Literal, NamedTuple

from indexer.model import Region
from search.model import SearchRequest
from search.spread import Row, Spread
from web.results.choosing import YEARS
from web.show import short_province
from web.shown import Shown
from web.trend.asking import is_chosen
from web.trend.columns import Columns
from web.trend.rest import rest_names
from web.urls import Varying

MOST_ROWS = 400
"""Where there are more rows than this, those without reports are left out; then the rows after it."""
_REPORTS = itemgetter(0)

State = Literal["none", "out", "not", "part", "some", "a not", "a part", "a some"]
"""No report; a year that is not chosen; reports, of which none counts; of which some do; or all. The
last three are those of a row that no filter is for: they are no links."""


class Tile(NamedTuple):
    """One year with reports, or `span` years without any that is chosen.

    `counted` is the number of reports that count, `of` says "n/N" of a part; `href` lists these reports,
    or where none counts, those that do not. It is "" where no filter is for the row.
    """

    state: State
    span: int
    counted: int
    of: str
    href: str


_OF = itemgetter(Tile._fields.index("of"))
_tile = partial(tuple.__new__, Tile)
"""As `Tile._make`, which takes twice as long."""


class MatrixRow(NamedTuple):
    """A region and its tiles, with its name as there is room for and in full; `undated` is "" where all its reports name their year."""

    name: str
    full: str
    href: str
    tiles: list[Tile]
    undated: str
    matching: int
    reports: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """`left_out` rows have no report and are not shown; of the others the first are, of `found`."""

    rows: tuple[MatrixRow, ...]
    regions: int
    heads: tuple[tuple[str, bool, int, str], ...]
    undated: bool
    narrowed: bool
    left_out: int
    found: int
    parts: bool


def matrix(
    spread: Spread,
    names: Mapping[str, str],
    columns: Columns,
    asked: SearchRequest,
    shown: Shown,
) -> Matrix:
    """The rows of a spread, called by their `names`, each with a tile for each column."""
    rows = spread.rows
    if len(rows) > MOST_ROWS:
        rows = tuple(row for row in rows if row.total.reports)
    undated = spread.undated.reports > 0
    tiles = _Tiles.of(columns, asked, shown)
    rest = rest_names(spread.rows)
    heads = Varying.of(asked, ("region",), replace(shown, below="children"))
    made = tuple(
        MatrixRow(
            *(rest if row.region is None else _names(row.region, names)),
            "" if row.region is None else heads.url_of("region", row.region.code),
            tiles.of_row(row),
            _undated(row) if undated else "",
            row.total.matching,
            row.total.reports,
        )
        for row in rows[:MOST_ROWS]
    )
    by_year = Varying.of(asked, YEARS, shown)
    return Matrix(
        rows=made,
        regions=sum(row.region is not None for row in rows),
        heads=tuple(
            (columns.label(year), year % 5 == 0, year, by_year.url([("year", str(year))]))
            for year in columns.years
        ),
        undated=undated,
        narrowed=not tiles.every,
        left_out=len(spread.rows) - len(rows),
        found=len(rows),
        parts=any(map(_OF, chain.from_iterable(row.tiles for row in made))),
    )


def _names(region: Region, names: Mapping[str, str]) -> tuple[str, str]:
    """A row's name as there is room for, and in full."""
    name = names[region.code]
    return short_province(name) if region.level == "province" else name, name


def _undated(row: Row) -> str:
    """How many of its reports without a year count, "" where all of them name one."""
    undated = row.undated
    return f"{undated.matching}/{undated.reports}" if undated.reports else ""


@dataclass(frozen=True, slots=True)
class _Tiles:
    """The tiles of a row; `chosen` are its years, all of them if `every`. Addresses are those of the list
    of the reports that count, and of the others, cut where the region stands: `some_ends` and `none_ends`
    have the rest of them for each column."""

    columns: Columns
    chosen: tuple[bool, ...]
    every: bool
    some: str
    none: str
    some_ends: tuple[str, ...]
    none_ends: tuple[str, ...]

    @classmethod
    def of(cls, columns: Columns, asked: SearchRequest, shown: Shown) -> _Tiles:
        """Queries to compare with come along, for the way back to the trend."""
        listed = replace(shown, view="list")
        varying = ("region", *YEARS)
        some = Varying.of(asked, varying, listed)
        none = Varying.of(replace(asked, silent=not asked.silent), varying, listed)
        chosen = tuple(is_chosen(year, asked) for year in columns.years)
        return cls(
            columns,
            chosen,
            all(chosen),
            f"{some.before}region=",
            f"{none.before}region=",
            tuple(f"&year={year}{some.after}" for year in columns.years),
            tuple(f"&year={year}{none.after}" for year in columns.years),
        )

    def of_row(self, row: Row) -> list[Tile]:
        """Tile by tile; most have no report, so those that have are looked for first."""
        groups = self.columns.pick(row.years)
        code = "" if row.region is None else row.region.code
        some, none, some_ends, none_ends = (
            self.some + code, self.none + code, self.some_ends, self.none_ends
        )  # fmt: skip
        tiles: list[Tile] = []
        end = 0
        for at in compress(range(len(groups)), map(_REPORTS, groups)):
            if at > end:
                tiles += self._empty(end, at)
            end = at + 1
            reports, matching, _, _ = groups[at]
            if not code:
                tiles.append(_bare(reports, matching))
            elif not matching:
                tiles.append(_tile(("not", 1, 0, "", none + none_ends[at])))
            elif matching == reports:
                tiles.append(_tile(("some", 1, matching, "", some + some_ends[at])))
            else:
                of = f"{matching}/{reports}"
                tiles.append(_tile(("part", 1, matching, of, some + some_ends[at])))
        if end < len(groups):
            tiles += self._empty(end, len(groups))
        return tiles

    def _empty(self, start: int, end: int) -> list[Tile]:
        """Years without reports, from one to another: those that are not chosen are tiles of their own."""
        if self.every:
            return [_run("none", end - start)]
        years = groupby(self.chosen[start:end])
        return [_run("none" if c else "out", len(list(run))) for c, run in years]


def _bare(reports: int, matching: int) -> Tile:
    if not matching:
        return Tile("a not", 1, 0, "", "")
    if matching == reports:
        return Tile("a some", 1, matching, "", "")
    return Tile("a part", 1, matching, f"{matching}/{reports}", "")


@lru_cache(maxsize=512)
def _run(state: State, span: int) -> Tile:
    return Tile(state, span, 0, "", "")
