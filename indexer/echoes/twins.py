"""Which pairs of sentences are twins, and how: by the distance of their folds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from indexer.arrays.segment import U1, U4, Ints
from indexer.echoes.candidates import candidates, most_changes_of
from indexer.echoes.measure import figures

_AT_ONCE = 1 << 16
_HALF, _LOW = np.uint64(32), np.uint64((1 << 32) - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Twins:
    """Pairs of distinct sentences that are twins and not equal, each once (a < b), ascending: their distance, and
    1 where the figures are the same."""

    a: U4
    b: U4
    changes: U4
    same_figures: U1


def twins(texts: Sequence[str], told: Callable[[int], None]) -> Twins:
    """All of them that are found; `told` as for `candidates`."""
    pairs = candidates(texts, told)
    a, b = (pairs >> _HALF).astype(np.int64), (pairs & _LOW).astype(np.int64)
    length = np.array([len(text) for text in texts], np.int64)
    most = most_changes_of(np.maximum(length[a], length[b]))
    changes = np.zeros(len(pairs), np.int64)
    for here in _alike(most):
        changes[here] = _distances(texts, a[here], b[here], int(most[here[0]]))
    near = np.flatnonzero(changes <= most)
    a, b = a[near], b[near]
    same = [figures(texts[one]) == figures(texts[two]) for one, two in zip(a, b, strict=True)]
    return Twins(
        a.astype(np.uint32),
        b.astype(np.uint32),
        changes[near].astype(np.uint32),
        np.array(same, np.uint8),
    )


def _alike(most: Ints) -> list[Ints]:
    """The pairs that may have so many changes, some at a time."""
    order = np.argsort(most, kind="stable")
    edges = np.flatnonzero(np.diff(most[order])) + 1
    groups = [group for group in np.split(order, edges) if len(group)]
    return [
        group[first : first + _AT_ONCE]
        for group in groups
        for first in range(0, len(group), _AT_ONCE)
    ]


def _distances(texts: Sequence[str], a: Ints, b: Ints, most: int) -> Ints:
    """The changes between the sentences of each pair; more than `most` where there are more."""
    found: Ints = cpdist(
        [texts[at] for at in a.tolist()],
        [texts[at] for at in b.tolist()],
        scorer=Levenshtein.distance,
        score_cutoff=most,
        dtype=np.int64,
    )
    return found
