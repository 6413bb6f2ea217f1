"""A list while it is counted: what is asked of all its lines, and what is noted of each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import NamedTuple

from search.engine import Engine
from search.model import SearchRequest
from search.spread import Below, Spread
from web.api.counts_json import counted_json
from web.api.json_shape import Shape
from web.results.namesakes import names_of
from web.trend.asking import is_chosen
from web.trend.rest import rest_names


class Frame(NamedTuple):
    """The years and regions of the reports in which a list looks: the columns of its table. The last year is
    None where some reports name none. Regions are codes and names; the last code is "" where some reports
    are in none of them."""

    years: tuple[int | None, ...]
    regions: tuple[tuple[str, str], ...]

    @staticmethod
    def of(found: Spread, asked: SearchRequest) -> Frame:
        """Of what the request finds where nothing is looked for."""
        dated = zip(found.years, found.chart, strict=True)
        years = [year for year, group in dated if group.reports and is_chosen(year, asked)]
        names, (rest, _) = names_of(found), rest_names(found.rows)
        return Frame(
            (*years, *((None,) if found.undated.reports else ())),
            tuple(
                (row.region.code, names[row.region.code]) if row.region else ("", rest)
                for row in found.rows
                if row.total.reports
            ),
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """A list and how it is asked; `crossed`: by year and region at once."""

    queries: tuple[str, ...]
    request: SearchRequest
    below: Below = "children"
    crossed: bool = False

    def digest(self, generation: str) -> str:
        """Tells lists apart, how they are asked, and of which index."""
        told = [self.queries, asdict(self.request), self.below, self.crossed, generation]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def frame(self, engine: Engine) -> Frame:
        """Its columns; what is wrong with its filters is raised here."""
        asked = replace(self.request, q="", silent=False, size=1, passages=0)
        return Frame.of(engine.spread(asked, self.below), asked)


class Lines:
    """The lines of a list, counted on from where a former run came to.

    A note has the line's number, from 1, what the query finds (see `counts_json.py`), and under `same_as`
    the first line whose query is the same once it is understood: folded, that is.
    """

    def __init__(self, engine: Engine, listing: Listing) -> None:
        self._engine = engine
        self._listing = listing
        self._first_of: dict[str, int] = {}
        self.done = 0

    def known(self, note: Shape) -> None:
        """Take over the note of the next line from a former run."""
        self.done += 1
        self._note(note)

    def next(self, count: int) -> Iterator[Shape]:
        """The notes of up to `count` more lines; none at the end."""
        listing, asked = self._listing, self._listing.request
        queries = islice(listing.queries, self.done, self.done + count)
        found = self._engine.counts(queries, asked, listing.below, crossed=listing.crossed)
        for one in found:
            self.done += 1
            yield self._note({"line": self.done, "same_as": None, **counted_json(one, asked)})

    def _note(self, note: Shape) -> Shape:
        """The note, with the first line that is the same."""
        understood = str(note["canonical"] or note["query"])
        first = self._first_of.setdefault(understood, self.done)
        return {**note, "same_as": None if first == self.done else first}
