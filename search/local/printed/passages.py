"""The passages that a result shows: the parts of lines that hold hits, with their context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.segment import U4, Bools, Ints, SegmentArrays
from indexer.model import Place
from search.links import checksum
from search.local.printed.repeats import first_alike
from search.model import Fragment, Passage, SectionRef
from search.wording import STOPS

SPAN = 150
"""Hits of one line within so many folded code units share a passage."""
BEFORE = 45
AFTER = 90
"""Context in code points; it is cut where a sentence begins or ends, if one does."""
LONGEST_HIT = 400
"""Code points printed of one hit: the separators in it may be any number."""
ELLIPSIS = Fragment("…", False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The passages to show, in reading order: the first hit of each, how many hits it is for, and how
    many later ones of its report are alike."""

    firsts: Ints
    counts: Ints
    repeats: Ints


def choose(
    segment: SegmentArrays, report: Ints, lines: Ints, starts: U4, ends: U4, most: int
) -> Chosen:
    """For each report, the passages with most and longest hits, `most` of them at most; of those in
    equal lines, the first.

    A hit counts by the square of its length: a chunk in one piece more than its words.

    Hits are given in order. Hits of one line share a passage if each begins within SPAN of the one
    before, all of them within SPAN of the first; what goes on beyond is the next passage.
    """
    far = np.diff(starts.astype(np.int64), prepend=0) > SPAN
    chains = np.maximum.accumulate(np.where(far | _changes(lines), np.arange(len(lines)), 0))
    cells = (starts - starts[chains]) // SPAN
    firsts = np.flatnonzero(_changes(chains) | _changes(cells))
    counts = np.diff(firsts, append=len(starts))
    worth = np.add.reduceat((ends - starts).astype(np.int64) ** 2, firsts)
    alike = first_alike(segment, report[firsts], lines[firsts], starts[firsts].astype(np.int64))
    repeats = np.bincount(alike, minlength=len(firsts)) - 1
    own = np.flatnonzero(repeats >= 0)
    order = own[np.lexsort((own, -worth[own], report[firsts[own]]))]
    ordered = report[firsts][order]
    rank = np.arange(len(order)) - np.searchsorted(ordered, ordered)  # in its report
    best = np.sort(order[rank < most])
    return Chosen(firsts[best], counts[best], repeats[best])


def _changes(values: NDArray[np.generic]) -> Bools:
    """Where a value differs from the one before; the first one does."""
    return np.concatenate([np.ones(1, bool), values[1:] != values[:-1]])


class PrintedPart(NamedTuple):
    """Part of a line that holds a passage, long enough for its context.

    `start` is its offset in the canonical text, `hits` the line's hits in it as (start, end) in
    `text`, by where they begin in folded text; the passage is for those in `own`. `begins` and `ends`
    tell whether the line does, `repeats` how many later lines are alike, `place` where the line is
    printed.
    """

    section: SectionRef
    text: str
    start: int
    hits: Sequence[tuple[int, int]]
    own: slice
    begins: bool
    ends: bool
    repeats: int
    place: Place


def passage(part: PrintedPart) -> Passage:
    """What is shown: the hits with their context, cut at sentences."""
    hits = sorted(part.hits[part.own])
    first, end = hits[0]
    last = max(end for _, end in hits)
    begin, stop = _window(part.text, first, last)
    shown = sorted(hit for hit in part.hits if hit[0] < stop and hit[1] > begin)
    fragments = tuple(_fragments(part.text, begin, stop, shown))
    head = () if begin == 0 and part.begins else (ELLIPSIS,)
    tail = () if stop == len(part.text) and part.ends else (ELLIPSIS,)
    return Passage(
        section=part.section,
        fragments=(*head, *fragments, *tail),
        start=part.start + first,
        end=part.start + end,
        check=checksum(part.text[first:end]),
        repeats=part.repeats,
        place=part.place,
    )


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    """The part of the line around [first, last) that is shown."""
    start = max(0, first - BEFORE)
    if start > 0:
        sentence = max(text.rfind(stop, start, first) for stop in STOPS)
        start = sentence + 1 if sentence >= 0 else start
    end = min(len(text), last + AFTER)
    if end < len(text):
        stops = [at for stop in STOPS if (at := text.find(stop, last, end)) >= 0]
        end = max(stops) + 1 if stops else end
    return start, end


def _fragments(
    text: str, start: int, end: int, hits: Sequence[tuple[int, int]]
) -> Iterator[Fragment]:
    """The text [start, end) cut at its hits; overlapping hits are one fragment."""
    done = start
    for first, last in _merged(hits):
        first, last = max(first, start), min(last, end)
        if first > done:
            yield Fragment(text[done:first], False)
        if last - first > LONGEST_HIT:
            yield Fragment(text[first : first + LONGEST_HIT // 2], True)
            yield ELLIPSIS
            first = last - LONGEST_HIT // 2
        yield Fragment(text[first:last], True)
        done = last
    if done < end:
        yield Fragment(text[done:end], False)


def _merged(hits: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping hits joined; neighbours stay apart."""
    merged: list[tuple[int, int]] = []
    for start, end in hits:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
