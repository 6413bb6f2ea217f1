"""What a request asks of a cluster: which reports match, with how many hits, in how many sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from search.query.tree import And, Leaf, Near, Node, Phrase, Wildcard, Words
from search.remote.chosen import Chosen, Condition, cases, cases_of_each, chosen_of
from search.remote.documents import TITLE
from search.remote.dsl import ALL, NONE, Query, both, either, in_units, of_kinds, scored, without
from search.remote.frames import Kinds, Matcher, Reports, Sections, narrowed, negates
from search.remote.leaves import Lookup, Measure, candidates, leaf_of, words_of

_TITLES = of_kinds({TITLE})


@dataclass(frozen=True)
class Asked:
    """A tree whose texts are folded, asked in a scope and in sections of some kinds."""

    tree: Node
    scope: str
    kinds: Kinds
    lookup: Lookup

    @cached_property
    def chosen(self) -> tuple[Chosen, ...]:
        """Through what it can have hits."""
        return chosen_of(self.tree, self.kinds)

    @cached_property
    def reports(self) -> Matcher:
        """Tries nodes on whole reports."""
        return Matcher(Reports(self.lookup), self.lookup)

    @cached_property
    def units(self) -> Matcher:
        """Tries nodes on titles and sections."""
        return Matcher(Sections(self.lookup), self.lookup)

    def _both(self, matcher: Matcher) -> Query:
        """Kinds narrow: what does not match as a whole does not match in some of its sections."""
        own = matcher.match(self.tree, self.kinds)
        if self.kinds is None or not negates(self.tree):
            return own
        return both(matcher.match(self.tree, None), own)

    @cached_property
    def unit_match(self) -> Query:
        """The units that match by themselves."""
        return self._both(self.units)

    @cached_property
    def matching(self) -> Query:
        """The reports that match. A title alone does only where it holds a hit."""
        if self.scope == "report":
            return self._both(self.reports)
        noisy = either([self._noisy(one) for one in self.chosen])
        titles = both(_TITLES, noisy) if noisy != NONE else NONE
        return in_units(both(self.unit_match, either([without(ALL, _TITLES), titles])))

    @cached_property
    def everywhere(self) -> Query:
        """Those that match whatever the kinds asked for."""
        if self.scope == "report":
            return self.reports.match(self.tree, None)
        return in_units(self.units.match(self.tree, None))

    def _noisy(self, one: Chosen) -> Query:
        return both(*(self.units.match(*c) for c in one.conditions), self.holding(one))

    def holding(self, one: Chosen) -> Query:
        """The units that hold what was chosen, whatever its conditions."""
        node = one.node
        held = self.lookup.holds_words(node) if isinstance(node, Words) else self.lookup.holds(node)
        return both(of_kinds(one.kinds), held)

    def conditions(self, conditions: Sequence[Condition]) -> list[Query]:
        """The frames in which each holds."""
        matcher = self.reports if self.scope == "report" else self.units
        return [matcher.match(*condition) for condition in conditions]

    def counted(self, measure: Measure) -> Query:
        """The reports that match and have what is measured; the score is the measure of their hits."""
        if self.is_simple:
            return in_units(self._scored_units(self.chosen, measure), "sum")
        if measure in ("hits", "both") and self.together is not None:
            parts = [in_units(self._scored_units([one], measure), "sum") for one in self.chosen]
            return {"bool": {"must": parts, "filter": self.together}}
        parts = list(
            self._parts_of_reports(measure)
            if self.scope == "report"
            else self._parts_of_units(measure)
        )
        return {"bool": {"filter": [self.matching], "should": parts}}

    @cached_property
    def together(self) -> list[Query] | None:
        """Of different phrases that must all stand in a report, what else it must meet: what scores is then
        what matches. None of any other query."""
        if self.scope != "report" or not isinstance(self.tree, And):
            return None
        if self.kinds is not None and negates(self.tree):
            return None
        kinds, rest = narrowed(self.tree, self.kinds)
        phrases = {child for child in rest if isinstance(child, Phrase)}
        if not phrases or {one.node for one in self.chosen} != phrases:
            return None
        if len(self.chosen) != len(phrases):
            return None
        others = [self.reports.match(c, kinds) for c in rest if not isinstance(c, Phrase)]
        return [q for q in (Reports(self.lookup).valid(kinds), *others) if q != ALL]

    @property
    def is_simple(self) -> bool:
        """Whether a leaf, or an OR of leaves, is all there is: what scores is what matches."""
        tree, leaves = self.tree, Leaf | Words
        alone = isinstance(tree, leaves)
        return self.scope == "report" and (alone or self._is_or_of_leaves)

    @property
    def _is_or_of_leaves(self) -> bool:
        children = getattr(self.tree, "children", ())
        plain = all(isinstance(child, Leaf | Words) for child in children)
        return bool(children) and plain and not isinstance(self.tree, And)

    def _parts_of_reports(self, measure: Measure) -> Iterator[Query]:
        for true, false, active in cases(self.chosen):
            part = in_units(self._scored_units(active, measure), "sum")
            yield scored(part, self.conditions(true), self.conditions(false))

    def _parts_of_units(self, measure: Measure) -> Iterator[Query]:
        titles = [one for one in self.chosen if one.title]
        others = [one for one in self.chosen if not one.title]
        if titles and any(isinstance(one.node, Wildcard | Near) for one in self.chosen):
            yield from self._distinct_parts(titles, others, measure)
            return
        for one in titles:
            twice = [self._where(o) for o in others if o.node == one.node]
            own = scored(self._score(one, measure), [_TITLES], twice)
            there = in_units(both(self.unit_match, *self.conditions(one.conditions)))
            yield scored(in_units(own, "sum"), [there])
        units = [
            scored(
                self._scored_units(active, measure),
                [self.unit_match, *self.conditions(true)],
                self.conditions(false),
            )
            for true, false, active in cases(others)
        ]
        if units:
            yield in_units(either(units), "sum")

    def _distinct_parts(
        self, titles: Sequence[Chosen], others: Sequence[Chosen], measure: Measure
    ) -> Iterator[Query]:
        """The same where what is asked of the title may coincide there with what is asked anywhere."""
        found = list(cases(others))
        inside = [
            ([self.unit_match, *self.conditions(c.true)], self.conditions(c.false)) for c in found
        ]
        sections = [
            scored(self._scored_units(case.chosen, measure), where, [_TITLES, *none])
            for case, (where, none) in zip(found, inside, strict=True)
        ]
        if sections:
            yield in_units(either(sections), "sum")
        elsewhere = [without(both(*where), *none) for where, none in inside]
        for case in cases_of_each(titles):
            units = [
                scored(
                    self._scored_units([*case.chosen, *one.chosen], measure),
                    [_TITLES, *where],
                    none,
                )
                for one, (where, none) in zip(found, inside, strict=True)
            ]
            if case.chosen:
                alone = self._scored_units(case.chosen, measure)
                units.append(scored(alone, [_TITLES], elsewhere))
            there, away = (
                [in_units(both(self.unit_match, *self.conditions(c))) for c in part]
                for part in (case.true, case.false)
            )
            if units:
                yield scored(in_units(either(units), "sum"), there, away)

    def _where(self, one: Chosen) -> Query:
        return both(self.unit_match, *self.conditions(one.conditions))

    def _score(self, one: Chosen, measure: Measure) -> Query:
        assert isinstance(one.node, Phrase | Wildcard | Near)  # of a chunk, the words are
        return self.lookup.score(one.node, measure)

    def _scored_units(self, chosen: Sequence[Chosen], measure: Measure) -> Query:
        """The units that hold one of them; the score is the measure of their distinct hits."""
        if len(chosen) == 1 and not isinstance(chosen[0].node, Words):
            one = chosen[0]
            return scored(self._score(one, measure), [of_kinds(one.kinds)])
        if all(isinstance(one.node, Phrase | Words) for one in chosen):
            return self._plain_units(chosen, measure)
        items = [_item(one) for one in chosen]
        among = either([self._may_hold(one) for one in chosen])
        return self.lookup.counted(items, among, measure)

    def _may_hold(self, one: Chosen) -> Query:
        if isinstance(one.node, Words):
            return self.holding(one)
        return both(of_kinds(one.kinds), candidates(one.node))

    def _plain_units(self, chosen: Sequence[Chosen], measure: Measure) -> Query:
        """The same of phrases: different ones never coincide."""
        parts = [
            self.lookup.score(leaf, measure)
            if ALL in where
            else scored(self.lookup.score(leaf, measure), [either(where)])
            for leaf, where in self.units_of(chosen, counted=True).items()
        ]
        return either(parts)

    def units_of(self, chosen: Sequence[Chosen], *, counted: bool) -> Mapping[Leaf, list[Query]]:
        """For each leaf, the units in which it is chosen, whether or not it stands there; with `counted`,
        without those where the words of a chunk, there in one piece, only help its rank."""
        where: dict[Leaf, list[Query]] = {}
        for one in chosen:
            if not isinstance(one.node, Words):
                where.setdefault(one.node, []).append(of_kinds(one.kinds))
                continue
            whole, words = self.lookup.holds(one.node.whole), one.node.words
            where.setdefault(one.node.whole, []).append(of_kinds(one.kinds))
            apart = both(of_kinds(one.kinds), *map(self.lookup.holds, words))
            found = without(apart, whole) if counted else either([self.holding(one)])
            for word in words:
                where.setdefault(word, []).append(found)
        return where


def _item(one: Chosen) -> dict[str, Any]:
    kinds = None if one.kinds is None else sorted(one.kinds)
    if isinstance(one.node, Words):
        return words_of(one.node, kinds)
    return leaf_of(one.node, kinds)
