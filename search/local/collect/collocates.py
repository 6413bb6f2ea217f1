"""The words that stand beside hits, counted."""

from __future__ import annotations

from functools import partial

import numpy as np

from indexer.arrays.distinct import distinct
from indexer.arrays.segment import U2, U8, Bools, Ints
from indexer.text.fold_array import text_of
from search.budget import checkpoint, room
from search.local.collect.beside import words_beside
from search.local.collect.keys import IN_KEY, in_order, packed
from search.local.collect.located import LocatedHits, hits_in
from search.local.collect.ranked import hits_by_file
from search.local.collect.warnings import warnings
from search.local.facts.columns import Columns
from search.local.plan import Plan
from search.spread import Collocate, Collocates, Side

_BYTES = 64
"""Of a word beside a hit: where it stands, its keys, their order and the word's number."""


def collocates(plan: Plan, side: Side, limit: int) -> Collocates:
    """The first `limit` of the words beside the hits of the files that pass the filters."""
    columns, found = plan.columns, plan.answer
    files = np.flatnonzero(plan.passing & (hits_by_file(plan) > 0))
    hits = hits_in(columns, files, found.counted, plan.leaves)
    every = words_beside(columns, hits, side)
    room(_BYTES * len(every))
    numbers, words = _distinct_words(columns, every)
    return Collocates(
        canonical=plan.canonical,
        warnings=warnings(plan),
        finds_text=found.finds_text,
        hits=len(hits),
        bare=len(hits) - len(every),
        words=len(words),
        found=_most_frequent(columns, every, numbers, words, limit),
    )


def _most_frequent(
    columns: Columns, every: LocatedHits, numbers: Ints, words: LocatedHits, limit: int
) -> tuple[Collocate, ...]:
    """`numbers`: which of the `words` each of all those beside hits is."""
    hits = np.bincount(numbers, minlength=len(words))
    checkpoint()
    of_reports = distinct(numbers * columns.files + every.files(columns)) // max(1, columns.files)
    reports = np.bincount(of_reports, minlength=len(words))
    last = np.partition(hits, -limit)[-limit] if limit < len(hits) else 0
    near = np.flatnonzero(hits >= last)
    keys = _keys(columns, words.at(near))
    first = near[np.lexsort((*keys[::-1], -reports[near], -hits[near]))][:limit]
    shown = words.at(first)
    texts = (
        text_of(columns.segments[number].arrays.folded[start:end])
        for number, start, end in zip(
            shown.segments.tolist(), shown.starts.tolist(), shown.ends.tolist(), strict=True
        )
    )
    counts = zip(hits[first].tolist(), reports[first].tolist(), strict=True)
    return tuple(Collocate(text, *count) for text, count in zip(texts, counts, strict=True))


def _distinct_words(columns: Columns, every: LocatedHits) -> tuple[Ints, LocatedHits]:
    """For each word a number, which equal words share; and for each number one of its words.

    Those that one key holds, as most are, are told apart by it, the few longer ones by several.
    """
    long = every.ends - every.starts > IN_KEY
    numbers = np.zeros(len(every), np.int64)
    ones = np.zeros(0, np.int64)
    for group in (np.flatnonzero(~long), np.flatnonzero(long)):
        keys = _keys(columns, every.at(group))
        order = in_order(keys, group)
        checkpoint()
        keys = keys[:, order]
        other = np.append(True, (keys[:, 1:] != keys[:, :-1]).any(axis=0))[: len(group)]
        numbers[group[order]] = len(ones) - 1 + np.cumsum(other)
        ones = np.append(ones, group[order[other]])
    return numbers, every.at(ones)


def _keys(columns: Columns, words: LocatedHits) -> U8:
    """For each word (a column) its keys, with zeros after its last code unit."""
    longest = int((words.ends - words.starts).max(initial=1))
    keys = np.zeros((-(-longest // IN_KEY), len(words)), np.uint64)
    for number, searched in enumerate(columns.segments):
        own = np.flatnonzero(words.segments == number)
        at, ends = (edge[own].astype(np.int64) for edge in (words.starts, words.ends))
        folded, before = searched.arrays.folded, partial(_before, ends)
        keys[:, own] = packed(folded, at, 1, len(keys), before)
    return keys


def _before(ends: Ints, at: Ints, _: U2) -> Bools:
    inside: Bools = at < ends
    return inside
