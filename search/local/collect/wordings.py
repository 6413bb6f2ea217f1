"""What each report says of what is looked for, for many at once: see search/wording.py."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from indexer.arrays.distinct import first_of_each
from indexer.arrays.locate import holding
from indexer.arrays.segment import NEWLINE, Bools, Ints, SegmentArrays
from search.budget import checkpoint
from search.local.hits.in_files import spans_in_files
from search.local.hits.spans import Spans
from search.local.plan import Plan
from search.local.printed.origins import origins
from search.wording import STOPS, digest

_AT_ONCE = 256
"""Reports whose lines are in memory at a time."""
_ENDS: Bools = np.zeros(1 << 16, bool)
_ENDS[[NEWLINE, *map(ord, STOPS)]] = True


def wordings(plan: Plan, reports: Collection[str] | None) -> Iterator[tuple[str, str]]:
    """The id of each report that is found, of those in `reports`, and its digest. Raises DamagedIndexError."""
    found = np.flatnonzero(plan.passing)
    wanted = None if reports is None else np.array([int(one, 16) for one in reports], np.uint64)
    for number, searched in enumerate(plan.columns.segments):
        arrays, first = searched.arrays, searched.first_file
        own = found[slice(*np.searchsorted(found, [first, first + arrays.file_count]))] - first
        if wanted is not None:
            own = own[np.isin(arrays.file_id[own], wanted)]
        for at in range(0, len(own), _AT_ONCE):
            checkpoint()
            files = own[at : at + _AT_ONCE]
            spans = spans_in_files(plan.columns, number, files, plan.answer.counted, plan.leaves)
            ids = (f"{one:012x}" for one in arrays.file_id[files].tolist())
            yield from zip(ids, _digests(arrays, files, spans), strict=True)


def _digests(segment: SegmentArrays, files: Ints, spans: Spans) -> Iterator[str]:
    """Of each file. The lines with hits are laid end to end, and cut into sentences all at once."""
    of_hit = holding(segment.line_folded, spans.starts)
    firsts = first_of_each(of_hit)
    lines = of_hit[firsts]
    begins = segment.line_printed[lines].astype(np.int64)
    sizes = segment.line_printed[lines + 1] - begins
    segment.file.require_each("printed", begins, begins + sizes)
    laid = np.cumsum(sizes) - sizes
    units = segment.printed.take(np.arange(sizes.sum()) + np.repeat(begins - laid, sizes))
    moved = np.repeat(laid - begins, np.diff(firsts, append=len(of_hit)))
    ends = np.flatnonzero(_ENDS[units])
    kept = _kept(ends, *(_printed(segment, spans) + moved))
    lengths = np.diff(ends, prepend=-1)
    said = units[np.repeat(kept, lengths)]
    so_far = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths * kept)])
    blocks = segment.block_line[segment.file_block[np.stack([files, files + 1])]]
    sentences = np.searchsorted(ends, np.append(laid, len(units))[np.searchsorted(lines, blocks)])
    for begin, end in so_far[sentences].T.tolist():
        yield digest(said[begin:end].tobytes())


def _printed(segment: SegmentArrays, spans: Spans) -> Ints:
    """Where each hit begins (first row) and ends in print; quotes around it are in its sentence anyhow."""
    places = np.stack([spans.starts, spans.ends - np.uint32(1)], axis=1).ravel()
    printed: Ints = origins(segment, places).reshape(-1, 2).T + np.array([[0], [1]])
    return printed


def _kept(ends: Ints, firsts: Ints, lasts: Ints) -> Bools:
    """Which sentences a hit stands in; `ends`: of each sentence, its last code unit."""
    count = len(ends) + 1
    begun = np.bincount(np.searchsorted(ends, firsts), minlength=count)
    done = np.bincount(np.searchsorted(ends, lasts) + 1, minlength=count)
    kept: Bools = np.cumsum(begun - done)[:-1] > 0
    return kept
