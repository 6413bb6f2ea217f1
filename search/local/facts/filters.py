"""The filters of a request, and the fields of a query, as masks over the files of the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from indexer.arrays.distinct import distinct
from indexer.arrays.segment import NO_YEAR, Bools
from indexer.errors import RequestError
from indexer.model import GENRES
from indexer.regions.table import table
from indexer.text.fold import fold
from search.local.facts.columns import Columns
from search.model import SearchRequest
from search.query.tree import And, Field, Node, Not, Or, Years

_MANY = 3  # so many regions of one name are worth a word


@dataclass(frozen=True, slots=True)
class Filters:
    """The files that pass each facet's filter; a facet that is not filtered has none."""

    masks: Mapping[str, Bools]

    def passing(self, files: Bools, *, but: str = "") -> Bools:
        """Those of the files that pass; the facet named by `but` is not asked."""
        for name, mask in self.masks.items():
            if name != but:
                files = files & mask
        return files


def filters_of(request: SearchRequest, columns: Columns) -> Filters:
    """The filters that the request sets. RequestError where a region is unknown."""
    masks: dict[str, Bools] = {}
    if request.region:
        masks["region"] = _in_regions(columns, [c for r in request.region for c in _codes(r)])
    if request.year or request.year_from is not None or request.year_to is not None:
        masks["year"] = _years(request, columns)
    if request.genre:
        masks["genre"] = np.isin(columns.genre, [GENRES.index(genre) for genre in request.genre])
    if request.issuer:
        wanted = frozenset(request.issuer)
        masks["issuer"] = _by_issuer(columns, [i in wanted for i in columns.issuers])
    return Filters(masks)


def _in_regions(columns: Columns, codes: Sequence[str]) -> Bools:
    chains = np.zeros(len(columns.chains), bool)
    for code in set(codes):
        chains[columns.chains_of_code.get(code, [])] = True
    found: Bools = chains[columns.chain]
    return found


def _by_issuer(columns: Columns, chosen: Sequence[bool]) -> Bools:
    found: Bools = np.array([*chosen, False], bool)[columns.issuer]  # -1, none, is the last
    return found


def _years(request: SearchRequest, columns: Columns) -> Bools:
    years = distinct(columns.year)
    chosen = years[[year_selected(request, _year(y)) for y in years.tolist()]]
    return np.isin(columns.year, chosen)


def _year(stored: int) -> int | None:
    return None if stored == NO_YEAR else stored


def year_selected(request: SearchRequest, year: int | None) -> bool:
    """Whether the request's years, single ones or the range, hold this one."""
    if year is None:
        return False
    ranged = request.year_from is not None or request.year_to is not None
    first = request.year_from if request.year_from is not None else year
    last = request.year_to if request.year_to is not None else year
    return year in request.year or (ranged and first <= year <= last)


def _codes(name: str) -> tuple[str, ...]:
    codes = region_codes(name)
    if not codes:
        raise RequestError(
            f"没有名为“{name}”的地区",
            parameter="region",
            hint="请写行政区全称、简称或行政区划代码，如 内蒙古、鄂尔多斯市、150602。",
        )
    return codes


@lru_cache(maxsize=1_024)
def region_codes(name: str) -> tuple[str, ...]:
    """The codes of a region given by name or code; several where the name repeats, () for none."""
    return tuple(table().named(name))


def files_where(field: Field | Years, columns: Columns) -> Bools:
    """The files for which a field of the query, `section` aside, holds."""
    if isinstance(field, Years):
        stated: Bools = columns.year != NO_YEAR
        if field.first is not None:
            stated = stated & (columns.year.astype(np.int64) >= field.first)
        if field.last is not None:
            stated = stated & (columns.year.astype(np.int64) <= field.last)
        return stated
    if field.name == "region":
        return _in_regions(columns, region_codes(field.value))
    if field.name == "genre":
        genre: Bools = columns.genre == GENRES.index(field.value)
        return genre
    wanted = fold(field.value)
    found = _by_issuer(columns, [wanted in issuer for issuer in columns.folded_issuers])
    return found if wanted else np.ones(columns.files, bool)


def field_warnings(tree: Node) -> Iterator[str]:
    """What the reader should know of the query's regions."""
    if isinstance(tree, And | Or):
        for child in tree.children:
            yield from field_warnings(child)
    elif isinstance(tree, Not):
        yield from field_warnings(tree.child)
    elif isinstance(tree, Field) and tree.name == "region":
        count = len(region_codes(tree.value))
        if not count:
            yield f"没有名为“{tree.value}”的地区"
        elif count >= _MANY:
            yield f"名为“{tree.value}”的地区有 {count} 个，都包括在内"
