"""Distinct sentences with their twins, and the reports that have them: what is gone through for each sentence."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.arrays.distinct import first_of_each
from indexer.arrays.segment import U1, Bools, Ints
from indexer.echoes.measure import MANY
from indexer.store.echo_file import EchoArrays


class Met(NamedTuple):
    """Sentences beside others of their families: `of` counts those asked for, `twin` is a sentence; `changes` and
    `same` as in the file of echoes, 0 and 1 of equal ones."""

    of: Ints
    twin: Ints
    changes: Ints
    same: U1


class Families:
    """The family of a distinct sentence is itself and its twins.

    `report`: of each sentence, its report. `size`: of each distinct sentence, how many reports its family stands
    in, each counted for every twin in it.
    """

    def __init__(self, arrays: EchoArrays) -> None:
        self._which = arrays.sentence_which.astype(np.int64)
        start = arrays.report_start.astype(np.int64)
        self.report: Ints = np.repeat(np.arange(arrays.reports), np.diff(start))
        distinct = len(arrays.distinct_length)
        self._sentence, self._sentences = self._members(distinct, arrays.reports)
        own = np.arange(distinct)
        a, b = arrays.twin_a.astype(np.int64), arrays.twin_b.astype(np.int64)
        head = np.concatenate([own, a, b])
        order = np.argsort(head, kind="stable")
        self._twin: Ints = np.concatenate([own, b, a])[order]
        zero, one = np.zeros(distinct, np.int64), np.ones(distinct, np.uint8)
        changes = arrays.twin_changes.astype(np.int64)
        same = arrays.twin_same_figures
        self._changes: Ints = np.concatenate([zero, changes, changes])[order]
        self._same: U1 = np.concatenate([one, same, same])[order]
        self._twins: Ints = np.append(0, np.cumsum(np.bincount(head, minlength=distinct)))
        sizes = np.append(0, np.cumsum(np.diff(self._sentences)[self._twin]))
        self.size: Ints = np.diff(sizes[self._twins])

    def _members(self, distinct: int, reports: int) -> tuple[Ints, Ints]:
        """For each distinct sentence one sentence a report, the first; and where those of each begin."""
        key = self._which * max(reports, 1) + self.report
        order = np.argsort(key, kind="stable")
        sentence = order[first_of_each(key[order])]
        counts = np.bincount(self._which[sentence], minlength=distinct)
        return sentence, np.append(0, np.cumsum(counts))

    def which(self, sentences: Ints) -> Ints:
        """The distinct sentences that they are."""
        return self._which[sentences]

    def met(self, sentences: Ints) -> Met:
        """All that stands in their families, themselves too; of those whose family is too large, nothing."""
        which = self._which[sentences]
        of, at = _expanded(self._twins, which, self.size[which] <= MANY)
        of_twin, member = _expanded(self._sentences, self._twin[at], np.ones(len(at), bool))
        at = at[of_twin]
        return Met(of[of_twin], self._sentence[member], self._changes[at], self._same[at])


def _expanded(starts: Ints, which: Ints, wanted: Bools) -> tuple[Ints, Ints]:
    """All items of some rows of a table whose rows begin at `starts`: for each its row's place in `which`, and its
    own place."""
    counts = np.where(wanted, starts[which + 1] - starts[which], 0)
    of = np.repeat(np.arange(len(which)), counts)
    before = np.cumsum(counts) - counts
    return of, np.arange(len(of)) + (starts[which] - before)[of]
