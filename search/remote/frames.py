"""The query tree over frames, the parts of reports that it is tried on as one: which match.

As in search/local/matching: `Reports` asks documents, `Sections` their units. Kinds narrow where a query
looks; None stands for every unit, the title too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from indexer.text.fold import fold
from search.local.facets.regions import region_codes
from search.query.tree import (
    And,
    Everything,
    Field,
    InTitle,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Wildcard,
    Words,
    Years,
)
from search.remote.documents import TITLE
from search.remote.dsl import (
    ALL,
    NONE,
    OF_REPORT,
    TITLE_TEXT,
    Query,
    both,
    either,
    in_units,
    of_kinds,
    without,
)
from search.remote.leaves import Lookup

Kinds = frozenset[str] | None
_SHORT = 32_000
"""Years are kept as short integers; none is beyond."""


class Frames(Protocol):
    """Frames of one sort."""

    def valid(self, kinds: Kinds) -> Query:
        """The frames that hold a unit of these kinds."""

    def holding(self, units: Query, kinds: Kinds) -> Query:
        """The frames that hold one of these units, of these kinds."""

    def in_title(self, node: InTitle) -> Query:
        """The frames of reports whose title holds the text."""

    def fact(self, name: str) -> str:
        """The field of a fact of their reports."""


class Reports:
    """A frame is a report."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def valid(self, kinds: Kinds) -> Query:
        present: Query = {"term": {"present": True}}
        if kinds is None:
            return present
        return both(present, {"terms": {"kinds": sorted(kinds)}}) if kinds else NONE

    def holding(self, units: Query, kinds: Kinds) -> Query:
        return in_units(both(of_kinds(kinds), units))

    def in_title(self, node: InTitle) -> Query:
        if isinstance(node.text, Phrase):
            return self._lookup.holds(node.text, OF_REPORT)
        return in_units(both(of_kinds({TITLE}), self._lookup.holds(node.text)))

    def fact(self, name: str) -> str:
        return name


class Sections:
    """A frame is a title or a section."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def valid(self, kinds: Kinds) -> Query:
        return of_kinds(kinds)

    def holding(self, units: Query, kinds: Kinds) -> Query:
        return both(of_kinds(kinds), units)

    def in_title(self, node: InTitle) -> Query:
        return self._lookup.holds(node.text, TITLE_TEXT)

    def fact(self, name: str) -> str:
        return f"units.{name}"


class Matcher:
    """One query on one sort of frames."""

    def __init__(self, frames: Frames, lookup: Lookup) -> None:
        self._frames = frames
        self._lookup = lookup

    def match(self, node: Node, kinds: Kinds) -> Query:
        """The frames that match, when only units of these kinds are looked at."""
        frames, lookup = self._frames, self._lookup
        match node:
            case Phrase() | Wildcard() | Near():
                return frames.holding(lookup.holds(node), kinds)
            case Words():
                return frames.holding(lookup.holds_words(node), kinds)
            case And():
                kinds, rest = narrowed(node, kinds)
                return both(frames.valid(kinds), *(self.match(child, kinds) for child in rest))
            case Or():
                return either([self.match(child, kinds) for child in node.children])
            case Not():
                return without(frames.valid(kinds), self.match(node.child, kinds))
            case Everything():
                return frames.valid(kinds)
            case Field(name="section"):
                return frames.valid(with_kind(kinds, node.value))
            case InTitle():
                return both(frames.valid(kinds), frames.in_title(node))
            case Field() | Years():
                return both(frames.valid(kinds), self._fact(node))

    def _fact(self, node: Field | Years) -> Query:
        name = self._frames.fact
        if isinstance(node, Years):
            return years(name("year"), node.first, node.last)
        if node.name == "region":
            return {"terms": {name("region"): list(region_codes(node.value))}}
        if node.name == "genre":
            return {"term": {name("genre"): node.value}}
        wanted = fold(node.value)
        if not wanted:
            return ALL
        return {"wildcard": {name("issuer_folded"): {"value": f"*{wanted}*"}}}


def years(field: str, first: int | None, last: int | None) -> Query:
    """The frames that name a year of these; None leaves an end open."""
    bounds = {"gte": first, "lte": last}
    asked = {k: max(-_SHORT, min(_SHORT, v)) for k, v in bounds.items() if v is not None}
    return {"range": {field: asked}} if asked else {"exists": {"field": field}}


def narrowed(node: And, kinds: Kinds) -> tuple[Kinds, list[Node]]:
    """A section: among the terms narrows where the others must stand."""
    rest: list[Node] = []
    for child in node.children:
        if isinstance(child, Field) and child.name == "section":
            kinds = with_kind(kinds, child.value)
        else:
            rest.append(child)
    return kinds, rest


def with_kind(kinds: Kinds, kind: str) -> frozenset[str]:
    """The kinds, narrowed to this one."""
    return frozenset({kind}) if kinds is None else kinds & {kind}


def negates(node: Node) -> bool:
    """Whether the query excludes something: more units may then make it match less."""
    return isinstance(node, Not) or (
        isinstance(node, And | Or) and any(map(negates, node.children))
    )


def leaf_nodes(node: Node) -> Iterator[Leaf]:
    """All texts that are looked up, those under NOT too."""
    if isinstance(node, Phrase | Wildcard | Near):
        yield node
    elif isinstance(node, Words):
        yield from (node.whole, *node.words)
    elif isinstance(node, InTitle):
        yield node.text
    elif isinstance(node, Not):
        yield from leaf_nodes(node.child)
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from leaf_nodes(child)
