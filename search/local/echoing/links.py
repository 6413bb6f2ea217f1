"""Each sentence beside its twins, one a report: what they are to it, and what state that leaves it in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.arrays.distinct import first_of_each
from indexer.arrays.segment import Bools, Ints
from indexer.echoes.measure import COMMON, MANY, STATES
from search.local.echoing.facts import Facts
from search.local.echoing.families import Families

_ALONE, _FIRST, _TIED, _FIGURES, _BELOW, _OTHERS = range(6)
_ABOVE, _OWN, _LAST_YEAR, _COMMON = range(6, len(STATES))


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """For each sentence asked for, in order, its twins by time, the earliest first: the `rows` of `of`
    (which counts sentences asked for), `twin` (a sentence), `report`, `changes`, `same` (the figures are) and
    `role` (what state it would leave the sentence in by itself).

    `states` are those of the sentences; `start` is where the rows of each begin, one item more.
    """

    of: Ints
    twin: Ints
    report: Ints
    changes: Ints
    same: Bools
    role: Ints
    states: Ints
    start: Ints

    def deciding(self) -> Ints:
        """For each sentence the first row that decides its state, -1 where nothing was copied."""
        state = self.states[self.of]
        rows = np.flatnonzero((self.role == state) & (state >= _FIGURES) & (state < _COMMON))
        found = np.full(len(self.states), -1, np.int64)
        found[self.of[rows][::-1]] = rows[::-1]
        return found


def links(facts: Facts, families: Families, sentences: Ints) -> Links:
    """Of some sentences, ascending."""
    met = families.met(sentences)
    own, report = families.report[sentences][met.of], families.report[met.twin]
    apart = np.flatnonzero(~facts.same_report(own, report))
    of, report, twin = met.of[apart], report[apart], met.twin[apart]
    changes, same = met.changes[apart], met.same[apart].astype(bool)
    order = np.lexsort((twin, changes, ~same, report, of))
    key = of[order] * (len(facts.files) + 1) + report[order]
    best = order[first_of_each(key)]
    times = facts.last[report[best]], facts.order[report[best]]
    best = best[np.lexsort((report[best], *times, of[best]))]
    of, report = of[best], report[best]
    own = families.report[sentences][of]
    role = _roles(facts, own, report, same[best])
    common = (families.size[families.which(sentences)] > MANY) | _common(
        facts, own, report, of, len(sentences)
    )
    states = np.zeros(len(sentences), np.int64)
    np.maximum.at(states, of, role)
    start = np.searchsorted(of, np.arange(len(sentences) + 1))
    return Links(
        of, twin[best], report, changes[best], same[best], role,
        np.where(common, _COMMON, states), start,
    )  # fmt: skip


def _roles(facts: Facts, own: Ints, report: Ints, same: Bools) -> Ints:
    """What a twin of `report` is to a sentence of report `own`."""
    recent = facts.recent(report, own)
    of_body = facts.same_body(report, own)
    role = np.where(facts.above(own, report), _BELOW, _OTHERS)
    role = np.where(facts.above(report, own) & recent, _ABOVE, role)
    role = np.where(of_body, np.where(recent, _LAST_YEAR, _OWN), role)
    role = np.where(same, role, _FIGURES)
    late = np.where(facts.earlier(own, report), _FIRST, _TIED)
    return np.where(facts.earlier(report, own), role, late)


def _common(facts: Facts, own: Ints, report: Ints, of: Ints, count: int) -> Bools:
    """Of which sentences COMMON other bodies or more have a twin."""
    body = facts.body[report]
    other = ~facts.same_body(report, own)
    keys = np.sort(of[other] * (len(facts.files) + 1) + body[other])
    sentences = keys[first_of_each(keys)] // (len(facts.files) + 1)
    found: Bools = np.bincount(sentences, minlength=count) >= COMMON
    return found
