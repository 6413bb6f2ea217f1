"""A request made ready to be asked: validated, parsed, its queries written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from indexer.model import KINDS
from search.local.plan import check_size
from search.model import SearchRequest
from search.query.conditions import conditions, kinds_asked
from search.query.parse import parse
from search.query.tree import Node, ParsedQuery, as_folded, leaves_of, size
from search.remote.asked import Asked
from search.remote.dsl import ALL, Query, both, in_units, without
from search.remote.filters import filters_of
from search.remote.frames import Kinds, negates
from search.remote.leaves import Lookup
from search.remote.sections import by_kind


@dataclass(frozen=True)
class Prepared:
    """What a request asks. `filters`: by facet, what passes them."""

    request: SearchRequest
    query: ParsedQuery
    asked: Asked
    filters: Mapping[str, Query]
    bare_titles: bool = False
    """Whether a title alone matches, where sections are asked: it does for where a query looks."""

    @staticmethod
    def of(request: SearchRequest) -> Prepared:
        """Raises RequestError, QueryError or LimitError."""
        request.validate()
        filters = filters_of(request)
        query = parse(request.q, words=request.words)
        check_size(query.tree)
        kinds = frozenset(request.section) or None
        lookup = Lookup(request.whole)
        asked = Asked(as_folded(query.tree), request.scope, kinds, lookup)
        return Prepared(request, query, asked, filters)

    @property
    def canonical(self) -> str:
        """The query as it was understood."""
        return str(self.query.tree)

    @property
    def finds_text(self) -> bool:
        """Whether it can have hits."""
        return any(True for _ in leaves_of(self.query.tree))

    @property
    def is_literal(self) -> bool:
        """Whether the spelling of a text decides what is found: that the cluster does not know."""
        return self.request.literal and size(self.query.tree) > 0

    @property
    def conditions(self) -> Node:
        """What it asks beside text."""
        return conditions(self.query.tree)

    @cached_property
    def looked_in(self) -> Asked:
        """The reports among which it looks, as if they were asked for."""
        return Asked(self.conditions, self.asked.scope, self.asked.kinds, self.asked.lookup)

    @cached_property
    def candidates(self) -> Query:
        """Those reports, whatever the request filters."""
        among = self.looked_in
        return in_units(among.unit_match) if among.scope == "section" else among.matching

    def among(self) -> Prepared:
        """What asks for the reports among which it looks."""
        request = replace(self.request, silent=False)
        return Prepared(
            request, ParsedQuery(self.conditions), self.looked_in, self.filters, bare_titles=True
        )

    @cached_property
    def matching(self) -> Query:
        """The reports that are found, whatever the request filters."""
        if self.request.silent:
            return without(self.candidates, self.asked.matching)
        return self.candidates if self.bare_titles else self.asked.matching

    @property
    def kinds(self) -> Kinds:
        """The kinds of section in which alone the query looks, by filter and by field."""
        chosen, typed = self.asked.kinds, kinds_asked(self.conditions)
        return typed if chosen is None else chosen if typed is None else chosen & typed

    def by_kind(self) -> dict[str, Query]:
        """The reports that are found within their sections of one kind alone."""
        found = _by_kind(self.asked)
        if not self.request.silent:
            return found
        among = _by_kind(self.looked_in)
        return {kind: without(among[kind], found[kind]) for kind in KINDS}

    def passing(self, *, but: str = "") -> list[Query]:
        """The filters, without that of one facet."""
        return [query for name, query in self.filters.items() if name != but]

    @cached_property
    def found(self) -> Query:
        """The reports that are found and pass the filters."""
        return both(self.matching, *self.passing())


def _by_kind(asked: Asked) -> dict[str, Query]:
    everywhere = asked.everywhere if negates(asked.tree) else ALL
    return {kind: both(everywhere, query) for kind, query in by_kind(asked).items()}
