"""Chart and matrix as rows for a table to take away: every year and region, and each query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from search.model import SearchRequest
from search.spread import Group, Row, Spread
from web.export.sheet import Cell, Column
from web.results.namesakes import names_of
from web.said import told
from web.texts import t
from web.trend import figures
from web.trend.asking import is_chosen
from web.trend.rest import rest_names
from web.trend.series import Series

BY_YEAR = ("query", "year", "reports", "matching", "share", "hits", "characters", "rate")
BY_REGION = ("query", "code", "region", "level", *BY_YEAR[1:])
DIGITS = 4
"""Decimals of shares, which are parts of 1, and of rates."""


def columns(names: Iterable[str], kind: str) -> list[Column]:
    """What stands above them."""
    return [
        Column(
            name, t(f"trend_column_{name}_{kind}" if name == "matching" else f"trend_column_{name}")
        )
        for name in names
    ]


def year_rows(series: Iterable[Series], asked: SearchRequest) -> Iterator[Sequence[Cell]]:
    """A row a query and year that is chosen; the reports that name no year come last."""
    for one in series:
        if one.found is None:
            continue
        for year, group in zip(one.found.years, one.found.chart, strict=True):
            if is_chosen(year, asked):
                yield one.q, year, *_numbers(group)
        if one.found.undated.reports:
            yield one.q, t("trend_undated"), *_numbers(one.found.undated)


def region_rows(series: Iterable[Series], asked: SearchRequest) -> Iterator[Sequence[Cell]]:
    """A row a query, region and year, without reports too; only years that are chosen."""
    for one in series:
        if one.found is not None:
            names, (rest, _) = names_of(one.found), rest_names(one.found.rows)
            for row in one.found.rows:
                yield from _cells(one.q, one.found, row, rest, names, asked)


def wrong(series: Iterable[Series]) -> Iterator[tuple[str, str]]:
    """For the head of a file: the queries that are not in it, and why."""
    for one in series:
        if one.error is not None:
            yield t("file_wrong"), f"{one.q}  {told(one.error.message)}"


def _cells(
    q: str, found: Spread, row: Row, rest: str, names: Mapping[str, str], asked: SearchRequest
) -> Iterator[Sequence[Cell]]:
    """`rest` is what the row without a region is called."""
    where: tuple[Cell, ...] = ("", rest, "")
    if row.region is not None:
        where = (row.region.code, names[row.region.code], t(f"level_{row.region.level}"))
    for year, group in zip(found.years, row.years, strict=True):
        if is_chosen(year, asked):
            yield q, *where, year, *_numbers(group)
    if row.undated.reports:
        yield q, *where, t("trend_undated"), *_numbers(row.undated)


def _numbers(group: Group) -> Sequence[Cell]:
    share = round(figures.value(group, "share"), DIGITS) if group.reports else None
    rate = round(figures.value(group, "rate"), DIGITS) if group.characters else None
    return group.reports, group.matching, share, group.hits, group.characters, rate
