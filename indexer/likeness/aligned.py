"""What the reports of each pair have in common: exactly, by all their units."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

import numpy as np

from indexer.arrays.segment import U8, Bools, Ints
from indexer.likeness.candidates import Candidates
from indexer.likeness.sketched import Sketched
from indexer.likeness.texts import Texts
from indexer.likeness.units import Ordered, common, ordered, units
from indexer.store.alike_file import AlikeArrays

_CACHED = 4 << 20
"""Units of reports that are held ready for the next pair, 40 bytes each."""
_ODD = np.uint64(0x9E3779B97F4A7C15)


def aligned(
    pairs: Candidates, texts: Texts, found: Sketched, known: AlikeArrays | None
) -> tuple[Ints, Ints]:
    """For each pair, the common code points of a, and of b. What was known of two texts is kept."""
    digest_a, digest_b = found.digest[pairs.a], found.digest[pairs.b]
    equal = digest_a == digest_b
    of_a = np.where(equal, found.characters[pairs.a], 0).astype(np.int64)
    of_b = np.where(equal, found.characters[pairs.b], 0).astype(np.int64)
    done = equal | _known(known, digest_a, digest_b, of_a, of_b)
    ready = _Ready(texts)
    for at in np.flatnonzero(~done).tolist():
        of_a[at], of_b[at] = common(ready.of(int(pairs.a[at])), ready.of(int(pairs.b[at])))
    return of_a, of_b


def _known(known: AlikeArrays | None, digest_a: U8, digest_b: U8, of_a: Ints, of_b: Ints) -> Bools:
    """Fill in what was known of two texts, whichever stood first; which pairs these are."""
    if known is None or not len(known.pair_a):
        return np.zeros(len(of_a), bool)
    first, second = known.report_digest[known.pair_a], known.report_digest[known.pair_b]
    keys = np.concatenate([_key(first, second), _key(second, first)])
    firsts = np.concatenate([known.pair_of_a, known.pair_of_b])
    seconds = np.concatenate([known.pair_of_b, known.pair_of_a])
    order = np.argsort(keys)
    wanted = _key(digest_a, digest_b)
    at = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)]
    there: Bools = keys[at] == wanted
    of_a[there], of_b[there] = firsts[at[there]], seconds[at[there]]
    return there


def _key(first: U8, second: U8) -> U8:
    """A number for two texts in this order."""
    key: U8 = (first * _ODD) ^ second
    return key


@dataclass(slots=True)
class _Ready:
    """The units of the reports that were asked for last."""

    texts: Texts
    _held: OrderedDict[int, Ordered] = field(default_factory=OrderedDict)
    _units: int = 0

    def of(self, report: int) -> Ordered:
        """The units of a report."""
        if report in self._held:
            self._held.move_to_end(report)
            return self._held[report]
        made = self._held[report] = ordered(units(self.texts.folded(report)))
        self._units += len(made.which)
        while self._units > _CACHED and len(self._held) > 1:
            self._units -= len(self._held.popitem(last=False)[1].which)
        return made
