"""The hits of a page's reports: found for all of them at once, shown passage by passage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from indexer.arrays.locate import holding
from indexer.arrays.records import places
from indexer.arrays.segment import U4, Ints, SegmentArrays
from search.budget import checkpoint
from search.local.facts.columns import Columns
from search.local.hits.in_files import spans_in_files
from search.local.hits.leaves import Leaves
from search.local.hits.quotes import printed_bounds
from search.local.hits.spans import Spans
from search.local.printed.headings import section_refs
from search.local.printed.origins import code_points
from search.local.printed.passages import AFTER, BEFORE, Chosen, PrintedPart, choose, passage
from search.model import Passage
from search.query.tree import Leaf

_REACH = 18 * (2 * max(BEFORE, AFTER) + 2)
"""Folded code units around a passage whose hits may be printed in it: a character becomes 18 at most."""


def passages_of(
    columns: Columns,
    files: Sequence[int],
    counted: Mapping[Leaf, U4],
    leaves: Leaves,
    most: int,
) -> dict[int, tuple[Passage, ...]]:
    """The passages of the reports of a page, at most so many of each."""
    found: dict[int, tuple[Passage, ...]] = dict.fromkeys(files, ())
    for number, searched in enumerate(columns.segments):
        end = searched.first_file + searched.arrays.file_count
        own = np.sort([file for file in files if searched.first_file <= file < end])
        if not len(own) or not most:
            continue
        local = own.astype(np.int64) - searched.first_file
        spans = spans_in_files(columns, number, local, counted, leaves)
        for file, shown in _passages(searched.arrays, local, spans, most):
            found[file + searched.first_file] = shown
    return found


def _passages(
    segment: SegmentArrays, files: Ints, spans: Spans, most: int
) -> Iterator[tuple[int, tuple[Passage, ...]]]:
    """The passages of each file that has hits."""
    if not len(spans):
        return
    lines = holding(segment.line_folded, spans.starts)
    begins = segment.block_start[segment.file_block[files]]
    report = holding(begins, spans.starts)
    chosen = choose(segment, report, lines, spans.starts, spans.ends, most)
    shown = _around(segment, lines, spans, chosen)
    hits = Spans(spans.starts[shown], spans.ends[shown])
    at = np.searchsorted(shown, chosen.firsts)
    parts = _parts(segment, files[report[chosen.firsts]], lines[shown], hits, at, chosen)
    by_report: dict[int, list[Passage]] = {}
    for row, part in zip(report[chosen.firsts].tolist(), parts, strict=True):
        by_report.setdefault(row, []).append(passage(part))
    for row, found in by_report.items():
        yield int(files[row]), tuple(found)


def _around(segment: SegmentArrays, lines: Ints, spans: Spans, chosen: Chosen) -> Ints:
    """The hits that may stand in the printed context of the chosen ones, in their lines."""
    line = lines[chosen.firsts]
    ends = spans.ends[chosen.firsts + chosen.counts - 1].astype(np.int64)
    first = np.maximum(
        spans.starts[chosen.firsts].astype(np.int64) - _REACH, segment.line_folded[line]
    )
    last = np.minimum(ends + _REACH, segment.line_folded[line + 1])
    marks = np.zeros(len(spans) + 1, np.int64)
    np.add.at(marks, np.searchsorted(spans.starts, first), 1)
    np.add.at(marks, np.searchsorted(spans.starts, last), -1)
    return np.flatnonzero(np.cumsum(marks[:-1]))


def _parts(
    segment: SegmentArrays, files: Ints, lines: Ints, hits: Spans, at: Ints, chosen: Chosen
) -> Iterator[PrintedPart]:
    """The parts of lines to show. For each: its file, the index of its first hit, how many hits it is for.

    `lines`: for each hit, its line. Everything is worked out in printed code units and for all parts of
    the page at once, as one array a quantity: one call of numpy for a page costs what one for a part
    would. So the loop below goes through thirteen columns, of which a row tells all of one part.
    """
    counts = chosen.counts
    firsts, ends = printed_bounds(segment, hits)
    line = lines[at]
    begin = segment.line_printed[line].astype(np.int64)
    end = segment.line_printed[line + 1].astype(np.int64) - 1
    groups = np.stack([at, at + counts], axis=1).ravel()
    last = np.maximum.reduceat(np.append(ends, 0), groups)[::2]
    earliest = np.minimum.reduceat(np.append(firsts, firsts[-1]), groups)[::2]
    start = np.maximum(begin, earliest - 2 * BEFORE - 2)
    stop = np.minimum(end, last + 2 * AFTER + 2)
    # The hits of a part's whole line: those beside its own that are printed in it are marked, too.
    inside = np.stack([np.searchsorted(lines, line), np.searchsorted(lines, line, "right")])
    report = segment.line_printed[segment.block_line[segment.file_block[files]]].astype(np.int64)
    blocks = holding(segment.block_line, line)
    origin = code_points(segment, start)
    shown = list(
        zip(
            firsts.tolist(),
            ends.tolist(),
            code_points(segment, firsts).tolist(),
            (code_points(segment, ends - 1) + 1).tolist(),
            strict=True,
        )
    )
    for (
        a,
        b,
        first,
        count,
        begins,
        stops,
        zero,
        offset,
        section,
        starts_line,
        ends_line,
        same,
        place,
    ) in zip(
        *inside.tolist(),
        at.tolist(),
        counts.tolist(),
        start.tolist(),
        stop.tolist(),
        origin.tolist(),
        (origin - code_points(segment, report)).tolist(),
        section_refs(segment, blocks),
        (start == begin).tolist(),
        (stop == end).tolist(),
        chosen.repeats.tolist(),
        places(segment, line),
        strict=True,
    ):
        checkpoint()
        kept = [n for n in range(a, b) if shown[n][0] >= begins and shown[n][1] <= stops]
        own = kept.index(first)
        yield PrintedPart(
            section=section,
            text=segment.printed_text(begins, stops),
            start=offset,
            hits=[(shown[n][2] - zero, shown[n][3] - zero) for n in kept],
            own=slice(own, own + count),
            begins=starts_line,
            ends=ends_line,
            repeats=same,
            place=place,
        )
