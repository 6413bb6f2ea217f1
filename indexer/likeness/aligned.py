"""What the reports of each pair have in common: exactly, by all their units."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from indexer.arrays.segment import U4, U8, Bools, Ints
from indexer.likeness.candidates import Pairs
from indexer.likeness.measure import SHARE
from indexer.likeness.sketched import Sketched
from indexer.likeness.texts import Texts
from indexer.likeness.units import Ordered, common, ordered, units
from indexer.store.alike_file import AlikeArrays

FAILURES = 4
"""So many pairs of a report, the likeliest first, are tried in vain, one after the other."""
HOPELESS = SHARE / 2
"""Two reports with a smaller share of both in common are no likeness by far."""

_CACHED = 1 << 20
"""Units of reports that are held ready for the next pair, 40 bytes each."""
_ODD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """Pairs of reports (a < b), ascending, and the common code points of a, and of b."""

    a: U4
    b: U4
    of_a: U4
    of_b: U4


def aligned(
    parts: Iterable[Pairs], texts: Texts, found: Sketched, known: AlikeArrays | None
) -> Aligned:
    """What was known of two texts is kept. The pairs of a report are tried until FAILURES in a row have
    nothing like SHARE in common: those that follow are less likely."""
    ready, before = _Ready(texts), _Known(known)
    tried = bytearray()  # it grows in its place: of a million reports it is the largest thing here
    for pairs in parts:
        tried += _tried(pairs, found, ready, before).tobytes()
    return _in_order(np.frombuffer(tried, np.uint32).reshape(-1, 4))


def _tried(pairs: Pairs, found: Sketched, ready: _Ready, before: _Known) -> U4:
    """A row for each pair that was tried: a, b, and the common code points of a, and of b."""
    digest_a, digest_b = found.digest[pairs.a], found.digest[pairs.b]
    equal = digest_a == digest_b
    of_a = np.where(equal, found.characters[pairs.a], 0).astype(np.int64)
    of_b = np.where(equal, found.characters[pairs.b], 0).astype(np.int64)
    done = equal | before.fill_in(digest_a, digest_b, of_a, of_b)
    tried = np.zeros(len(done), bool)
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
    rows = np.stack([pairs.a, pairs.b, of_a, of_b], axis=1)
    return rows[tried].astype(np.uint32)


def _in_order(tried: U4) -> Aligned:
    turned = tried[:, 0] > tried[:, 1]
    low = np.where(turned, tried[:, 1], tried[:, 0])
    high = np.where(turned, tried[:, 0], tried[:, 1])
    order = np.argsort(low.astype(np.uint64) << np.uint64(32) | high)
    of_low = np.where(turned, tried[:, 3], tried[:, 2])
    of_high = np.where(turned, tried[:, 2], tried[:, 3])
    return Aligned(low[order], high[order], of_low[order], of_high[order])


class _Known:
    """What an earlier file says of two texts, whichever stood first."""

    def __init__(self, known: AlikeArrays | None) -> None:
        self._known = known if known is not None and len(known.pair_a) else None
        if self._known is not None:
            first, second = (
                self._known.report_digest[pair] for pair in (self._known.pair_a, self._known.pair_b)
            )
            keys = np.concatenate([_key(first, second), _key(second, first)])
            self._order = np.argsort(keys)
            self._keys = keys[self._order]

    def fill_in(self, digest_a: U8, digest_b: U8, of_a: Ints, of_b: Ints) -> Bools:
        """Fill in what was known of these texts; which pairs these are."""
        known = self._known
        if known is None:
            return np.zeros(len(of_a), bool)
        wanted = _key(digest_a, digest_b)
        place = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        there: Bools = self._keys[place] == wanted
        pair = self._order[place[there]]
        turned, pair = pair >= len(known.pair_a), pair % len(known.pair_a)
        of_a[there] = np.where(turned, known.pair_of_b[pair], known.pair_of_a[pair])
        of_b[there] = np.where(turned, known.pair_of_a[pair], known.pair_of_b[pair])
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
