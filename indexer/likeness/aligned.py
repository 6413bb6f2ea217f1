"""What the reports of each pair have in common: exactly, by all their units."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

import numpy as np

from indexer.arrays.segment import U8, Bools, Ints
from indexer.likeness.candidates import Candidates
from indexer.likeness.measure import SHARE
from indexer.likeness.sketched import Sketched
from indexer.likeness.texts import Texts
from indexer.likeness.units import Ordered, common, ordered, units
from indexer.store.alike_file import AlikeArrays

FAILURES = 4
"""So many pairs of a report, the likeliest first, are tried in vain, one after the other."""
HOPELESS = SHARE / 2
"""Two reports with a smaller share of both in common are no likeness by far."""

_CACHED = 4 << 20
"""Units of reports that are held ready for the next pair, 40 bytes each."""
_ODD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """Pairs of reports (a < b), ascending, and the common code points of a, and of b."""

    a: Ints
    b: Ints
    of_a: Ints
    of_b: Ints


def aligned(pairs: Candidates, texts: Texts, found: Sketched, known: AlikeArrays | None) -> Aligned:
    """What was known of two texts is kept. The pairs of a report are tried until FAILURES in a row have
    nothing like SHARE in common: those that follow are less likely."""
    digest_a, digest_b = found.digest[pairs.a], found.digest[pairs.b]
    equal = digest_a == digest_b
    of_a = np.where(equal, found.characters[pairs.a], 0).astype(np.int64)
    of_b = np.where(equal, found.characters[pairs.b], 0).astype(np.int64)
    done = equal | _known(known, digest_a, digest_b, of_a, of_b)
    tried = np.zeros(len(done), bool)
    ready = _Ready(texts)
    report, failures = -1, 0
    for at, (a, b) in enumerate(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)):
        report, failures = a, failures if a == report else 0
        if failures == FAILURES:
            continue
        if not done[at]:
            of_a[at], of_b[at] = common(ready.of(a), ready.of(b))
        tried[at] = True
        least = found.characters[a] * HOPELESS, found.characters[b] * HOPELESS
        failures = failures + 1 if of_a[at] < least[0] and of_b[at] < least[1] else 0
    return _in_order(pairs.a[tried], pairs.b[tried], of_a[tried], of_b[tried])


def _in_order(a: Ints, b: Ints, of_a: Ints, of_b: Ints) -> Aligned:
    turned = a > b
    first, second = np.where(turned, b, a), np.where(turned, a, b)
    order = np.lexsort((second, first))
    return Aligned(
        first[order],
        second[order],
        np.where(turned, of_b, of_a)[order],
        np.where(turned, of_a, of_b)[order],
    )


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
