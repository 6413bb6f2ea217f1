"""Several queries under the same filters: what each finds, and where its links lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.errors import GongkaiError, LimitError, QueryError
from search.engine import Engine
from search.model import SearchRequest
from search.spread import Below, Group, Spread
from web.shown import Shown
from web.trend.columns import Columns
from web.urls import search_url

SIGNS = "ABCDEFGHIJKLMNOPQRST"
"""A letter a query: colours come again after the eighth."""
COLOURS = 8
NO_REPORTS = Group(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Series:
    """A query, what it finds under the same filters, and where its links lead.

    `at` counts from 0. `found` is None where there is an `error`; `colour` counts from 1. `first` makes it
    the main query, "" of the main query itself.
    """

    at: int
    sign: str
    colour: int
    q: str
    found: Spread | None
    error: GongkaiError | None
    first: str
    remove: str

    def groups(self, columns: Columns) -> list[Group]:
        """Those of the columns; an empty one for a year that fields of this query leave out."""
        if self.found is None:
            return []
        by_year = dict(zip(self.found.years, self.found.chart, strict=True))
        return [by_year.get(year, NO_REPORTS) for year in columns.years]


def all_series(
    engine: Engine, spread: Spread, asked: SearchRequest, shown: Shown, below: Below = "children"
) -> Iterator[Series]:
    """The main query, whose spread is known, and each of the others, with the rows of a level; what is
    wrong with one of these is told beside it. The same query is not asked twice."""
    also = tuple(q for q in shown.also if q != asked.q)
    queries = (asked.q, *also)
    for at, q in enumerate(queries):
        found, error = (spread, None) if at == 0 else _asked(engine, replace(asked, q=q), below)
        rest = tuple(other for other in queries if other != q)
        yield Series(
            at,
            SIGNS[at],
            at % COLOURS + 1,
            q,
            found,
            error,
            search_url(replace(asked, q=q, page=1), replace(shown, also=rest)) if at else "",
            search_url(replace(asked, q=rest[0], page=1), replace(shown, also=rest[1:]))
            if rest
            else "",
        )


def _asked(
    engine: Engine, asked: SearchRequest, below: Below
) -> tuple[Spread | None, GongkaiError | None]:
    try:
        return engine.spread(replace(asked, page=1, size=1, passages=0), below), None
    except (QueryError, LimitError) as error:
        return None, error
