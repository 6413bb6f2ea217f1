"""Paragraphs that a report repeats word for word: of their passages one is shown."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.distinct import first_of_each
from indexer.arrays.segment import Ints, SegmentArrays


def first_alike(segment: SegmentArrays, report: Ints, lines: Ints, starts: Ints) -> Ints:
    """For each passage, the first one of its report that stands at the same place of an equal line.

    Passages are given by report, line and folded position of their first hit, in order of positions;
    the answer is indexes of these. Lines are equal by their fold.
    """
    begin = segment.line_folded[lines].astype(np.int64)
    end = segment.line_folded[lines + 1].astype(np.int64)
    first = np.arange(len(lines))
    candidates = _sharing((report, end - begin, starts - begin))
    seen: dict[tuple[int, int, bytes], int] = {}
    for at in candidates.tolist():
        text = segment.folded[begin[at] : end[at]].tobytes()
        key = int(report[at]), int(starts[at] - begin[at]), text
        first[at] = seen.setdefault(key, at)
    return first


def _sharing(keys: tuple[NDArray[np.generic], ...]) -> Ints:
    """The items, ascending, that have all keys in common with another one."""
    order = np.lexsort(keys)
    changes = np.zeros(len(order), bool)
    for key in keys:
        ordered = key[order]
        changes[1:] |= ordered[1:] != ordered[:-1]
    group = np.cumsum(changes)
    firsts = first_of_each(group)
    sizes = np.diff(firsts, append=len(group))
    return np.sort(order[np.repeat(sizes, sizes) > 1])
