"""Every hit in one report, where it stands in print."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.arrays.segment import Ints, SegmentArrays
from search.local.hits.in_files import spans_in_files
from search.local.hits.quotes import printed_bounds
from search.local.hits.spans import Spans
from search.local.plan import Plan
from search.local.printed.origins import code_points
from search.model import Hit


def report_hits(plan: Plan, file: int) -> tuple[Hit, ...]:
    """The hits of one file, in order."""
    searched, local = plan.columns.segment_of_file(file)
    number = plan.columns.segments.index(searched)
    spans = spans_in_files(
        plan.columns, number, np.array([local]), plan.answer.counted, plan.leaves
    )
    printed = printed_spans(searched.arrays, local, spans)
    pairs = zip(printed.starts.tolist(), printed.ends.tolist(), strict=True)
    # of two that begin at one character, the longer may take a quote before it along
    return tuple(Hit(start, end) for start, end in sorted(pairs))


@dataclass(frozen=True, slots=True)
class PrintedSpans:
    """Hits in code points of the canonical text of their report."""

    starts: Ints
    ends: Ints


def printed_spans(segment: SegmentArrays, file: int, spans: Spans) -> PrintedSpans:
    """The hits of one file where they stand in print."""
    line = segment.block_line[segment.file_block[file]]
    start = code_points(segment, segment.line_printed[[line]].astype(np.int64))
    firsts, ends = printed_bounds(segment, spans)
    return PrintedSpans(
        code_points(segment, firsts) - start, code_points(segment, ends - 1) + 1 - start
    )
