"""Pairs of sentences that may be twins, by the pairs of characters that they have in common.

Of each sentence's pairs the smallest by some hash is drawn, ROWS times a band: two sentences are drawn alike
in a band with probability J ** ROWS, where J is the share of their pairs that both have (MinHash: Broder
1997; bands: Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4). Where one character in five is
another one, J is 0.41 to 0.5: with BANDS bands fewer than 1 pair in 100 is drawn apart in all of them.

Sentences drawn alike stand beside each other in the order of what was drawn. Each is held against the
WINDOW that follow it: what more than that are drawn alike is common anyway, and 1 in 20 of its twins is missed
(of the work reports' 500 drawn sentences, none of those with fewer than 60 twins missed one). So time grows with the number of
sentences, and not with its square. Of FEW sentences each is held against all others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.arrays.distinct import distinct
from indexer.arrays.segment import U4, U8, Bools, Ints
from indexer.echoes.measure import MOST, most_changes

BANDS = 80
ROWS = 3
WINDOW = 64
"""So many others that are drawn alike are looked at in a band."""
FEW = 1_000
"""So few sentences are tried with each other: nothing is missed by chance in a small corpus."""

_AT_ONCE = 8
"""Bands whose keys are held in memory."""
_CHUNK = 1 << 16
"""Characters whose pairs are hashed at a time: what a processor keeps near."""
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xFF51AFD7ED558CCD], np.uint64)
_HALF, _LOW = np.uint64(32), np.uint64((1 << 32) - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Hashed:
    """Sentences to be drawn from. `number`: of each, its number among all; `length`: its code points; `marks`:
    128 bits, those that its characters set. `chunks`: the hashes of pairs of some sentences, and where
    those of each begin."""

    number: Ints
    length: Ints
    marks: U8
    chunks: list[tuple[U4, Ints]]


def candidates(texts: Sequence[str], told: Callable[[int], None]) -> U8:
    """Pairs of numbers of sentences, the smaller one << 32 | the other one; each once, ascending. `told`
    is called with the number of bands that were looked at since."""
    hashed = _hashed(texts)
    if len(hashed.number) <= FEW:
        told(BANDS)
        return _numbered(_every_pair(hashed), hashed.number)
    draw = np.random.default_rng(1)  # whoever looks twice finds the same
    found = np.zeros(0, np.uint64)
    for _ in range(0, BANDS, _AT_ONCE):
        keys = _keys(hashed, draw.integers(1 << 32, size=(_AT_ONCE, ROWS, 2)).astype(np.uint32))
        found = distinct(np.concatenate([found, *(_beside(hashed, key) for key in keys)]))
        told(_AT_ONCE)
    return _numbered(found, hashed.number)


def _every_pair(hashed: Hashed) -> U8:
    """All pairs of sentences that could be twins."""
    a, b = np.triu_indices(len(hashed.number), 1)
    likely = _likely(hashed, a, b)
    found: U8 = a[likely].astype(np.uint64) << _HALF | b[likely].astype(np.uint64)
    return found


def _numbered(pairs: U8, number: Ints) -> U8:
    """Pairs of places of `number` as pairs of what stands there, which ascends."""
    numbers = number.astype(np.uint64)
    first, second = pairs >> _HALF, pairs & _LOW
    found: U8 = numbers[first.astype(np.int64)] << _HALF | numbers[second.astype(np.int64)]
    return found


def _hashed(texts: Sequence[str]) -> Hashed:
    every = np.array([len(text) for text in texts], np.int64)
    number = np.flatnonzero(every <= MOST)
    length = every[number]
    marks = np.zeros((len(number), 2), np.uint64)
    chunks: list[tuple[U4, Ints]] = []
    part = np.append(0, np.cumsum(length))[:-1] // _CHUNK
    for here in np.split(np.arange(len(number)), np.flatnonzero(np.diff(part)) + 1):
        if len(here):
            text = "".join([texts[at] for at in number[here].tolist()])
            points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
            starts = np.cumsum(length[here]) - length[here]
            marks[here] = _marks(points, starts)
            chunks.append((_pairs(points, starts), starts - np.arange(len(starts))))
    return Hashed(number, length, marks, chunks)


def _marks(points: U4, starts: Ints) -> U8:
    """Of each sentence, a bit of 128 for each character in it."""
    bit = (points * np.uint32(0x9E3779B1)) >> np.uint32(25)
    one = np.uint64(1) << (bit & np.uint32(63)).astype(np.uint64)
    halves = [np.where(bit >> np.uint32(6) == half, one, np.uint64(0)) for half in (0, 1)]
    return np.stack([np.bitwise_or.reduceat(half, starts) for half in halves], axis=1)


def _pairs(points: U4, starts: Ints) -> U4:
    """Hashes of the pairs of characters that stand beside each other within a sentence."""
    wide = points.astype(np.uint64)
    hashes = wide[:-1] * _MIX[0] + wide[1:] * _MIX[1]
    hashes ^= hashes >> np.uint64(29)
    hashes *= _MIX[2]
    within = np.ones(len(hashes), bool)
    within[starts[1:] - 1] = False
    found: U4 = (hashes[within] >> _HALF).astype(np.uint32)
    return found


def _keys(hashed: Hashed, drawn: U4) -> U8:
    """For each band and sentence, what was drawn, as one number."""
    keys = np.zeros((len(drawn), len(hashed.number)), np.uint64)
    done = 0
    for pairs, starts in hashed.chunks:
        here = slice(done, done + len(starts))
        done += len(starts)
        for band, rows in enumerate(drawn):
            for flip, factor in rows:
                mixed = (pairs ^ flip) * (factor | np.uint32(1))
                mixed ^= mixed >> np.uint32(15)
                mixed *= np.uint32(0x2C1B3C6D)
                least = np.minimum.reduceat(mixed, starts).astype(np.uint64)
                key = keys[band, here] * _MIX[0] + least
                keys[band, here] = key ^ (key >> np.uint64(31))
    return keys


def _beside(hashed: Hashed, keys: U8) -> U8:
    """The pairs of sentences with the same key, of those that could be twins."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    found = [np.zeros(0, np.uint64)]
    at = np.arange(len(order))
    for step in range(1, WINDOW + 1):
        at = at[at + step < len(order)]
        at = at[ordered[at] == ordered[at + step]]
        a, b = order[at], order[at + step]
        likely = _likely(hashed, a, b)
        a, b = a[likely], b[likely]
        first, second = np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64)
        found.append(first << _HALF | second)
    return distinct(np.concatenate(found))


def _likely(hashed: Hashed, a: Ints, b: Ints) -> Bools:
    """Whether lengths and characters differ by no more than twins may: each change takes one character
    away, or adds one, or both."""
    lengths = hashed.length[a], hashed.length[b]
    most = most_changes_of(np.maximum(*lengths))
    near: Bools = np.abs(lengths[0] - lengths[1]) <= most
    differ = np.bitwise_count(hashed.marks[a] ^ hashed.marks[b]).sum(axis=1, dtype=np.int64)
    found: Bools = near & (differ <= 2 * most)
    return found


def most_changes_of(lengths: Ints) -> Ints:
    """`most_changes` of each length."""
    table = np.array([most_changes(length) for length in range(MOST + 1)], np.int64)
    found: Ints = table[lengths]
    return found
