"""How much of each report is copied, over all reports at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from indexer.arrays.segment import Ints
from indexer.echoes.measure import COPIES, STATES
from indexer.store.echo_file import EchoArrays
from search.local.echoing.facts import Facts
from search.local.echoing.families import Families
from search.local.echoing.links import Links, links

_AT_ONCE = 50_000
"""Sentences that are looked at together."""
_COPIES = np.array([STATES.index(state) for state in COPIES])


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """For each report: code points of its sentences by state (a row of as many as STATES); the report that most of
    what it copied is from, -1 where there is none, and how much that is."""

    by_state: Ints
    chief: Ints
    from_chief: Ints


def table(arrays: EchoArrays, facts: Facts, families: Families) -> Table:
    """Of all reports."""
    start = arrays.report_start.astype(np.int64)
    length = arrays.distinct_length[arrays.sentence_which].astype(np.int64)
    by_state = np.zeros((arrays.reports, len(STATES)), np.int64)
    chief = np.full(arrays.reports, -1, np.int64)
    from_chief = np.zeros(arrays.reports, np.int64)
    for first, end in _parts(start):
        here = np.arange(start[first], start[end])
        found = links(facts, families, here)
        own, lengths = families.report[here], length[here]
        np.add.at(by_state, (own, found.states), lengths)
        of, most, characters = _chiefs(found, own, lengths, arrays.reports)
        chief[of], from_chief[of] = most, characters
    return Table(by_state, chief, from_chief)


def _parts(start: Ints) -> list[tuple[int, int]]:
    """Reports [first, end), so many at a time as have _AT_ONCE sentences, one at least."""
    reports = len(start) - 1
    edges = [0]
    while edges[-1] < reports:
        end = int(np.searchsorted(start, start[edges[-1]] + _AT_ONCE, "right")) - 1
        edges.append(min(max(end, edges[-1] + 1), reports))
    return list(pairwise(edges))


def _chiefs(found: Links, own: Ints, lengths: Ints, reports: int) -> tuple[Ints, Ints, Ints]:
    """The reports that copied, from whom the most, and how much: of several, the earliest file."""
    deciding = found.deciding()
    copied = np.flatnonzero(np.isin(found.states, _COPIES) & (deciding >= 0))
    key = own[copied] * reports + found.report[deciding[copied]]
    keys, which = np.unique(key, return_inverse=True)
    sums = np.bincount(which, weights=lengths[copied], minlength=len(keys)).astype(np.int64)
    order = np.lexsort((keys, -sums, keys // reports))
    best = order[np.flatnonzero(np.diff(keys[order] // reports, prepend=-1))]
    return keys[best] // reports, keys[best] % reports, sums[best]
