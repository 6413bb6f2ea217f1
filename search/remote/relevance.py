"""The order of relevance, scored where the reports are: the formula of search/local/ranking.py.

Of each leaf, a script damps what its hits weigh; what stands together multiplies, by one factor for each
leaf more that a report's fullest section holds. Scores of the cluster have 24 bits: those shown are worked
out anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.local.ranking import K1, TITLE, TOGETHER, B, idf, leaf_weights
from search.query.tree import Leaf, Node, Phrase, Words, leaves_of
from search.remote.asked import Asked
from search.remote.chosen import Chosen, cases
from search.remote.documents import TITLE as TITLE_KIND
from search.remote.dsl import (
    ALL,
    NONE,
    OF_REPORT,
    Query,
    both,
    either,
    in_units,
    of_kinds,
    scored,
    without,
)

_TITLES = of_kinds({TITLE_KIND})
_DAMPING = "(1 - params.b + params.b * doc['length'].value / params.mean)"
_DAMPED = f"_score / {_DAMPING}"
_RAISED = "_score * params.times"
_RAISED_MORE = f"_score * (params.times - 1 / {_DAMPING})"
_SATURATED = "params.weight * _score * (params.k1 + 1) / (_score + params.k1)"


class Weighed(NamedTuple):
    """Reports scored by what the hits of a leaf weigh: in sections, in titles. `counted_twice`: the titles' are
    among those of the sections, too."""

    body: list[Query]
    title: list[Query]
    counted_twice: bool = False


@dataclass(frozen=True)
class Relevance:
    """How reports are scored for what is asked. `mean`: folded code units of a report."""

    asked: Asked
    mean: float

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """All that can give hits."""
        return tuple(dict.fromkeys(leaves_of(self.asked.tree)))

    def query(self, holding: Mapping[Leaf, int], reports: int, leaves_found: int) -> Query:
        """The reports that match, scored; see `Statistics` for what is given."""
        weights = leaf_weights(self.asked.tree, lambda leaf: idf(holding[leaf], reports))
        parts = [part for leaf, weight in weights.items() for part in self._scored(leaf, weight)]
        found = self._matching(parts)
        steps = self._steps(leaves_found) if leaves_found > 1 else []
        if not steps:
            return found
        asked = {"query": found, "functions": steps, "score_mode": "multiply"}
        return {"function_score": {**asked, "boost_mode": "multiply"}}

    @property
    def alone(self) -> Query:
        """The same in order where there is one leaf, whatever it weighs."""
        return self._matching([self._damped(leaf) for leaf in self.leaves])

    def _matching(self, parts: list[Query]) -> Query:
        """The reports that match, by the scores of the leaves; where these alone tell, nothing is asked twice."""
        asked = self.asked
        if asked.is_simple:
            return either(parts)
        if asked.together is not None and len(parts) == len(asked.chosen):
            return {"bool": {"must": parts, "filter": asked.together}}
        return {"bool": {"filter": [asked.matching], "should": parts}}

    def answering(self, leaf: Leaf) -> Query:
        """The reports that match, and in which the leaf answers."""
        found = self._weighed(leaf)
        return both(self.asked.matching, either([*found.body, *found.title]))

    def _scored(self, leaf: Leaf, weight: float) -> Iterator[Query]:
        damped = self._damped(leaf)
        if damped != NONE:
            yield _script(damped, _SATURATED, weight=weight, k1=K1)

    def _damped(self, leaf: Leaf) -> Query:
        body, title, counted_twice = self._weighed(leaf)
        parts = []
        damping = {"b": B, "mean": self.mean}
        if body:
            parts.append(_script(either(body), _DAMPED, **damping))
        if title and counted_twice:
            parts.append(_script(either(title), _RAISED_MORE, times=TITLE, **damping))
        elif title:
            parts.append(_script(either(title), _RAISED, times=TITLE))
        return either(parts)

    def _weighed(self, leaf: Leaf) -> Weighed:
        own = [one for one in self.asked.chosen if leaf in _leaves(one)]
        if self.asked.scope == "section":
            return self._weighed_units(leaf, own)
        if isinstance(leaf, Phrase) and not any(one.conditions for one in own):
            where = self.asked.units_of(own, counted=False)[leaf]
            if ALL in where:
                return self._weighed_anywhere(leaf)
        found = Weighed([], [])
        for true, false, active in cases(own):
            conditions = self.asked.conditions(true), self.asked.conditions(false)
            for units, of_title in self._weighed_by_place(leaf, active):
                part = scored(in_units(units, "sum"), *conditions)
                (found.title if of_title else found.body).append(part)
        return found

    def _weighed_anywhere(self, leaf: Phrase) -> Weighed:
        """Of a phrase that answers wherever it stands: titles are asked by the report's own field."""
        lookup = self.asked.lookup
        body = in_units(lookup.score(leaf, "weight"), "sum")
        return Weighed([body], [lookup.weight(leaf, OF_REPORT)], counted_twice=True)

    def _weighed_by_place(
        self, leaf: Leaf, chosen: Sequence[Chosen]
    ) -> Iterator[tuple[Query, bool]]:
        """The units in which it is chosen, those of sections, then those that are titles."""
        where = either(self.asked.units_of(chosen, counted=False)[leaf])
        score = self.asked.lookup.score(leaf, "weight")
        kinds = [one.kinds for one in chosen]
        if any(k is None or k != {TITLE_KIND} for k in kinds):
            yield scored(score, [where], [_TITLES]), False
        if any(k is None or TITLE_KIND in k for k in kinds):
            yield scored(score, [where, _TITLES]), True

    def _weighed_units(self, leaf: Leaf, own: Sequence[Chosen]) -> Weighed:
        """The same where sections are asked: the conditions are the unit's, but for one asked of the title."""
        score, asked = self.asked.lookup.score(leaf, "weight"), self.asked
        others = [one for one in own if not one.title]
        where = [
            both(
                asked.unit_match,
                *asked.conditions(one.conditions),
                either(asked.units_of([one], counted=False)[leaf]),
            )
            for one in others
        ]
        body = [in_units(scored(score, [either(where)], [_TITLES]), "sum")] if where else []
        title = [in_units(scored(score, [either(where), _TITLES]), "sum")] if where else []
        own_titles = [
            in_units(both(asked.unit_match, *asked.conditions(one.conditions)))
            for one in own
            if one.title
        ]
        if own_titles:
            alone = in_units(scored(score, [_TITLES], where), "sum")
            title.append(scored(alone, [either(own_titles)]))
        return Weighed(body, title)

    def _steps(self, leaves_found: int) -> list[Query]:
        """For each number of leaves that may stand together, what it multiplies the score by more."""
        groups = list(self._groups())
        step = TOGETHER / (leaves_found - 1)
        steps: list[Query] = []
        for count in range(2, leaves_found + 1):
            held = [
                without(both(in_units(_at_least(count, leaves)), *true), *false)
                for true, false, leaves in groups
                if len(leaves) >= count
            ]
            if held:
                weight = (1 + step * (count - 1)) / (1 + step * (count - 2))
                steps.append({"filter": either(held), "weight": weight})
        return steps

    def _groups(self) -> Iterator[_Group]:
        """The leaves that units may hold together, by which of the conditions hold."""
        asked = self.asked
        if asked.scope == "section":
            yield from self._groups_of_sections()
            return
        for true, false, active in cases(asked.chosen):
            found = asked.units_of(active, counted=False).items()
            leaves = [both(either(where), asked.lookup.holds(leaf)) for leaf, where in found]
            yield _Group(asked.conditions(true), asked.conditions(false), leaves)

    def _groups_of_sections(self) -> Iterator[_Group]:
        """Of units that match by themselves; and of titles, where leaves that are asked of them answer in all
        reports that match otherwise."""
        asked = self.asked
        others = [one for one in asked.chosen if not one.title]
        for true, false, active in cases(others):
            held = self._held_where(active)
            inside = without(
                both(asked.unit_match, *asked.conditions(true)), *asked.conditions(false)
            )
            yield _Group([], [], [both(inside, where) for where in held.values()])
        titles = [one for one in asked.chosen if one.title]
        if not titles:
            return
        own = {
            leaf: both(_TITLES, asked.unit_match, where)
            for leaf, where in self._held_where(others).items()
        }
        for true, false, active in cases(titles):
            asked_of_title = {
                one.node: both(_TITLES, asked.lookup.holds(one.node))
                for one in active
                if not isinstance(one.node, Words)
            }
            there = [in_units(both(asked.unit_match, query)) for query in asked.conditions(true)]
            away = [in_units(both(asked.unit_match, query)) for query in asked.conditions(false)]
            yield _Group(there, away, [*(own | asked_of_title).values()])

    def _held_where(self, chosen: Sequence[Chosen]) -> dict[Node, Query]:
        """For each leaf, the units that hold it where it is chosen, its conditions too."""
        asked = self.asked
        found: dict[Node, list[Query]] = {}
        for one in chosen:
            for leaf, where in asked.units_of([one], counted=False).items():
                found.setdefault(leaf, []).append(
                    both(*asked.conditions(one.conditions), either(where), asked.lookup.holds(leaf))
                )
        return {leaf: either(queries) for leaf, queries in found.items()}


class _Group(NamedTuple):
    """Conditions that hold of a report, that do not, and the leaves that its units may then hold together."""

    true: list[Query]
    false: list[Query]
    leaves: list[Query]


def _at_least(count: int, queries: Sequence[Query]) -> Query:
    return {"bool": {"should": list(queries), "minimum_should_match": count}}


def _script(query: Query, source: str, **params: float) -> Query:
    return {"script_score": {"query": query, "script": {"source": source, "params": params}}}


def _leaves(one: Chosen) -> tuple[Node, ...]:
    if isinstance(one.node, Words):
        return (one.node.whole, *one.node.words)
    return (one.node,)
