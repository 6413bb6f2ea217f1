"""The regions that a matrix has as its rows: see `search.spread.Below`."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from indexer.errors import LimitError
from indexer.messages import Message
from indexer.model import Region
from indexer.regions.table import COUNTRY, table
from search.local.facets.regions import codes_meant
from search.spread import MAX_ROWS, Below

_DEPTHS = {"country": 0, "province": 0, "city": 1, "county": 2, "town": 3}
_APART = frozenset(("710000", "810000", "820000"))
"""台湾, 香港 and 澳门: no report of theirs is missed."""


class RowRegion(NamedTuple):
    """A row. One that is not `expected` is there only where it has reports."""

    region: Region
    expected: bool


def rows_of(
    names: tuple[str, ...], below: Below, with_reports: Container[str]
) -> tuple[RowRegion, ...]:
    """The rows, each after those it is in; `names` are the regions asked for, as a request has them.

    LimitError where they are more than MAX_ROWS.
    """
    codes = dict.fromkeys(code for name in names for code in codes_meant(name, with_reports))
    found = _rows(tuple(codes), below)
    if len(found) > MAX_ROWS:
        raise LimitError(
            Message("too_many_rows", most=MAX_ROWS), hint=Message("too_many_rows_hint")
        )
    return found


@lru_cache(maxsize=32)
def _rows(asked: tuple[str, ...], below: Below) -> tuple[RowRegion, ...]:
    """The rows of the regions of these codes, one too many where they are more than MAX_ROWS."""
    every = chain.from_iterable(_below_asked(code, below) for code in asked)
    rows: dict[str, RowRegion] = {}
    for row in every if asked else _provinces(below):
        known = rows.get(row.region.code, row)
        rows[row.region.code] = RowRegion(row.region, known.expected or row.expected)
        if len(rows) > MAX_ROWS:
            break
    return tuple(sorted(rows.values(), key=lambda row: table().lineage(row.region.code)))


def _provinces(below: Below) -> Iterator[RowRegion]:
    for province in table().children(COUNTRY):
        expected = province.code not in _APART
        if below == "children":
            yield RowRegion(province, expected)
        else:
            yield from _within(province, _DEPTHS[below], expected)


def _below_asked(code: str, below: Below) -> Iterator[RowRegion]:
    region = table().get(code)
    assert region is not None
    if code == COUNTRY:  # it stands beside the tree
        yield RowRegion(region, expected=True)
    elif below != "children":
        yield from _within(region, _DEPTHS[below], expected=True)
    else:
        children = table().children(code)
        if all(table().is_former(child.code) for child in children):
            yield RowRegion(region, expected=True)
        yield from (RowRegion(child, not table().is_former(child.code)) for child in children)


def _within(region: Region, depth: int, expected: bool) -> Iterator[RowRegion]:
    """The rows of a level in a region, the region itself where it has nothing of that level."""
    own = _DEPTHS[region.level]
    children = table().children(region.code) if own < depth else ()
    standing = [child for child in children if not table().is_former(child.code)]
    if not any(_DEPTHS[child.level] <= depth for child in standing):
        yield RowRegion(region, expected)
        return
    for child in children:
        there = expected and not table().is_former(child.code)
        there = there and _DEPTHS[child.level] <= depth
        yield from _within(child, depth, there)
